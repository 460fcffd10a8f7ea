use grantkit::Result;
use grantkit::client::EndpointRequest;
use grantkit::credentials::Fingerprint;
use grantkit::grant::TokenAnswer;
use serde_json::Value;

use super::values::Values;
use crate::catalogue::{Endpoint, Entry, Quirk};

/// A service without refresh tokens, whose access token is itself exchanged for one that lives longer: it stands for the refresh token, so
/// that the token is renewed as every other.
#[derive(Clone)]
pub(super) struct Exchange {
    grants: GrantTypes,
    /// Which parameter has the token.
    parameter: &'static str,
    /// Where a token is exchanged for the first time, if that is another request than a renewal.
    first: Option<String>,
}

#[derive(Clone, Copy)]
struct GrantTypes {
    first: &'static str,
    renewal: &'static str,
}

/// Stands before a token that was not exchanged yet, where that takes another request than a renewal. No token of these services has a
/// colon.
const SHORT_LIVED: &str = "short-lived:";

/// What a service calls its exchanges.
fn grant_types(entry: &Entry) -> Option<GrantTypes> {
    Some(match entry.name() {
        // Facebook Login, "Long-lived access tokens".
        "facebook" => GrantTypes { first: "fb_exchange_token", renewal: "fb_exchange_token" },
        // Instagram Platform, "Business Login for Instagram": "Get a long-lived access token", "Refresh a long-lived token".
        "instagram" => GrantTypes { first: "ig_exchange_token", renewal: "ig_refresh_token" },
        // Threads API, "Long-Lived Tokens".
        "threads" => GrantTypes { first: "th_exchange_token", renewal: "th_refresh_token" },
        _ => return None,
    })
}

pub(super) fn is_of(entry: &Entry) -> bool {
    entry.has_quirk(Quirk::LongLivedExchange) && grant_types(entry).is_some()
}

impl Exchange {
    /// How the service exchanges its tokens, where it is one of those.
    pub(super) fn of(entry: &Entry, values: &Values) -> Option<Self> {
        let grants = grant_types(entry).filter(|_| entry.has_quirk(Quirk::LongLivedExchange))?;
        let first = values.endpoint(Endpoint::Exchange);
        let parameter = if first.is_some() { "access_token" } else { grants.first };
        Some(Self { grants, parameter, first })
    }

    /// What it exchanges, and where.
    pub(super) fn identity(&self) -> Fingerprint {
        let Self { grants: GrantTypes { first: first_grant, renewal }, parameter, first } = self;
        let builder = Fingerprint::builder()
            .parameter("first_grant", *first_grant)
            .parameter("renewal", *renewal)
            .parameter("parameter", *parameter);
        match first {
            Some(url) => builder.parameter("first", url).build(),
            None => builder.build(),
        }
    }

    pub(super) fn write(&self, request: &mut EndpointRequest) -> Result<()> {
        let Some(first) = &self.first else {
            request.set("grant_type", self.grants.first);
            request.rename("refresh_token", self.parameter);
            return Ok(());
        };
        let token = request.get("refresh_token").unwrap_or_default().to_owned();
        request.remove("refresh_token");
        request.remove("client_id");
        if let Some(token) = token.strip_prefix(SHORT_LIVED) {
            request.set_secret(self.parameter, token);
            request.set("grant_type", self.grants.first);
            request.send_to(first)?;
        } else {
            request.set_secret(self.parameter, &token);
            request.set("grant_type", self.grants.renewal);
            request.remove("client_secret");
        }
        request.danger_in_query();
        Ok(())
    }
}

/// Takes the answer out of the list of one that it may stand in.
pub(super) fn open(answer: &mut TokenAnswer) {
    if answer.get("access_token").is_none()
        && let Some(Value::Object(members)) = answer.get("data").and_then(|data| data.get(0)).cloned()
    {
        answer.remove("data");
        answer.members_mut().extend(members);
    }
}

/// Puts the access token in the refresh token's place. A token of the program itself, which says nothing of its life, is asked for anew.
pub(super) fn keep(entry: &Entry, answer: &mut TokenAnswer) {
    if !answer.get("refresh_token").is_none_or(Value::is_null) {
        return;
    }
    let Some(Value::String(token)) = answer.get("access_token").cloned() else { return };
    let has_end = answer.get("expires_in").is_some();
    if entry.endpoint(Endpoint::Exchange).is_none() {
        if has_end {
            answer.insert("refresh_token", token);
        }
        return;
    }
    // The answer to a code alone says whose token it is, and not how long it lives.
    if has_end && answer.get("user_id").is_none() {
        answer.insert("refresh_token", token);
    } else {
        answer.insert("refresh_token", format!("{SHORT_LIVED}{token}"));
        if !has_end && let Some(seconds) = entry.access_token_lifetime_seconds() {
            answer.insert("expires_in", seconds);
        }
    }
}
