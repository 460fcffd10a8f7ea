use grantkit::client::EndpointRequest;
use grantkit::grant::TokenAnswer;
use serde_json::Value;

use crate::catalogue::{Entry, Quirk};

/// A service without refresh tokens, whose access token is itself exchanged for one that lives longer: it stands for the refresh token, so
/// that the token is renewed as every other.
pub(super) struct Exchange {
    grant_type: &'static str,
    /// Which parameter has the token.
    parameter: &'static str,
}

/// How the service exchanges its tokens, where it is one of those and all its exchanges are alike.
pub(super) fn of(entry: &Entry) -> Option<Exchange> {
    // Facebook Login, "Long-lived access tokens". Those of Instagram and Threads have one address for the first exchange and another for
    // the others.
    let is_known = entry.has_quirk(Quirk::LongLivedExchange) && entry.name() == "facebook";
    is_known.then_some(Exchange { grant_type: "fb_exchange_token", parameter: "fb_exchange_token" })
}

impl Exchange {
    pub(super) fn write(&self, request: &mut EndpointRequest) {
        request.set("grant_type", self.grant_type);
        request.rename("refresh_token", self.parameter);
    }
}

/// Puts the access token in the refresh token's place. A token of the program itself, which says nothing of its life, is asked for anew.
pub(super) fn keep(answer: &mut TokenAnswer) {
    let is_of_person = answer.get("expires_in").is_some() && answer.get("refresh_token").is_none_or(Value::is_null);
    if let Some(Value::String(token)) = answer.get("access_token").cloned().filter(|_| is_of_person) {
        answer.insert("refresh_token", token);
    }
}
