use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::grant::JsonTokenRequest;
use grantkit::provider::Provider;
use grantkit::{Error, OAuthClient, OAuthToken, Result};
use http::StatusCode;

use super::{Qci, expiry};

/// Asks for a token anew each time: the API token stays as it is.
pub(super) struct QciToken {
    request: JsonTokenRequest,
}

impl QciToken {
    pub(super) fn new(request: JsonTokenRequest) -> Self {
        Self { request }
    }
}

#[async_trait]
impl OAuthClient for QciToken {
    fn name(&self) -> &str {
        Qci::NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let token = self.request.get_token().await.map_err(explained)?;
        match expiry::stated_in(&token)? {
            Some(expires_at) => Ok(token.with_expires_at(expires_at)),
            None => Ok(token),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        self.request.fingerprint()
    }
}

/// The API token is the configuration's, whatever the service says in its body: there is no login to repeat.
fn explained(error: Error) -> Error {
    let is_refused = matches!(error.status(), Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN));
    if !is_refused && !error.needs_login() {
        return error;
    }
    let refusal =
        Error::configuration(format!("QCi refuses the API token: check `token`, or make a new one ({error})"));
    let refusal = match error.status() {
        Some(status) => refusal.with_status(status),
        None => refusal,
    };
    refusal.with_source(error)
}
