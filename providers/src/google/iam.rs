//! The IAM Credentials API, by which one account acts as another.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grantkit::transport::{ServiceAnswer, ServiceRequest, Transport};
use grantkit::{Error, OAuthToken, Result};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::options::USER_PROJECT;
use super::{id_token, retry};

/// One account, reached by another's token.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// Up to the verb: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{email}`.
    pub(super) url: String,
    pub(super) delegates: Vec<String>,
    pub(super) transport: Option<Transport>,
}

/// What an ID token names its account by in `azp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AuthorizedParty {
    Id,
    /// As in those that the account gets at the token endpoint.
    Email,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GeneratedToken {
    access_token: String,
    expire_time: String,
}

impl Account {
    pub(super) async fn access_token(
        &self,
        by: &OAuthToken,
        scopes: &[String],
        lifetime: Duration,
    ) -> Result<OAuthToken> {
        let lifetime = format!("{}s", lifetime.as_secs());
        let body = json!({ "delegates": self.delegates(), "scope": scopes, "lifetime": lifetime });
        let answer: GeneratedToken = self.call("generateAccessToken", by, &body).await?.json()?;
        let expires_at: jiff::Timestamp = answer.expire_time.parse().map_err(|_| {
            Error::invalid_response(
                "Google's IAM Credentials API answered with an `expireTime` that is no time (RFC 3339)",
            )
        })?;
        let token = OAuthToken::new(answer.access_token)?.with_expires_at(SystemTime::from(expires_at));
        Ok(if scopes.is_empty() { token } else { token.with_scope(scopes.join(" ")) })
    }

    pub(super) async fn id_token(&self, by: &OAuthToken, audience: &str, party: AuthorizedParty) -> Result<OAuthToken> {
        let mut body = json!({ "audience": audience, "delegates": self.delegates(), "includeEmail": true });
        if party == AuthorizedParty::Email {
            body["useEmailAzp"] = true.into();
        }
        let answer: Value = self.call("generateIdToken", by, &body).await?.json()?;
        id_token::token(text(&answer, "token")?)
    }

    pub(super) async fn sign_jwt(&self, by: &OAuthToken, claims: &Value) -> Result<String> {
        let body = json!({ "delegates": self.delegates(), "payload": claims.to_string() });
        let answer: Value = self.call("signJwt", by, &body).await?.json()?;
        text(&answer, "signedJwt").map(str::to_owned)
    }

    pub(super) async fn sign_blob(&self, by: &OAuthToken, message: &[u8]) -> Result<Vec<u8>> {
        let body = json!({ "delegates": self.delegates(), "payload": STANDARD.encode(message) });
        let answer: Value = self.call("signBlob", by, &body).await?.json()?;
        STANDARD.decode(text(&answer, "signedBlob")?).map_err(|_| {
            Error::invalid_response("Google's IAM Credentials API answered with a `signedBlob` that is no base64")
        })
    }

    /// Each account of the chain by its full name.
    fn delegates(&self) -> Vec<String> {
        let full = |name: &String| {
            if name.contains('/') { name.clone() } else { format!("projects/-/serviceAccounts/{name}") }
        };
        self.delegates.iter().map(full).collect()
    }

    /// None of its calls spends anything.
    async fn call(&self, verb: &str, by: &OAuthToken, body: &Value) -> Result<ServiceAnswer> {
        retry::while_busy(|| self.call_once(verb, by, body)).await
    }

    async fn call_once(&self, verb: &str, by: &OAuthToken, body: &Value) -> Result<ServiceAnswer> {
        let url = format!("{}:{verb}", self.url);
        let request = ServiceRequest::get("IAM Credentials API", url).post_json(body).bearer(by.access_token());
        let project = by.request_headers().iter().find(|(name, _)| *name == USER_PROJECT);
        let request =
            project.into_iter().fold(request, |request, (name, value)| request.header(name.clone(), value.clone()));
        let request = self.transport.iter().cloned().fold(request, ServiceRequest::transport);
        let answer = request.send().await?;
        if answer.status().is_success() { Ok(answer) } else { Err(failure(&answer)) }
    }
}

fn text<'a>(answer: &'a Value, member: &str) -> Result<&'a str> {
    answer.get(member).and_then(Value::as_str).ok_or_else(|| {
        Error::invalid_response(format!("the answer of Google's IAM Credentials API has no `{member}` that is a text"))
    })
}

/// With the cure, where it is the configuration that is wrong.
fn failure(answer: &ServiceAnswer) -> Error {
    let error = answer.failure();
    let cure = match answer.status() {
        StatusCode::FORBIDDEN => {
            "give the caller the role roles/iam.serviceAccountTokenCreator on the account that it acts as (on each delegate, the role of \
             the one before it), and enable the API iamcredentials.googleapis.com"
        }
        StatusCode::NOT_FOUND => "there is no such service account: check its e-mail address",
        StatusCode::BAD_REQUEST => {
            "check the scopes, the lifetime (an hour at most unless the organization allows more) and the delegates"
        }
        _ => return error,
    };
    Error::configuration(format!("the account cannot be acted as: {cure}; {error}"))
        .with_status(answer.status())
        .with_source(error)
}
