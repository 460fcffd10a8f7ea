use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::grant::JsonTokenRequest;
use grantkit::provider::Provider;
use grantkit::{Error, OAuthClient, OAuthToken, Result};
use http::StatusCode;

use super::{Qci, expiry};

/// Asks for a token anew each time: the API token stays as it is.
pub(super) struct QciClient {
    request: JsonTokenRequest,
}

impl QciClient {
    pub(super) fn new(request: JsonTokenRequest) -> Self {
        Self { request }
    }
}

#[async_trait]
impl OAuthClient for QciClient {
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

/// The service says by a bare status what OAuth has `invalid_client` for.
fn explained(error: Error) -> Error {
    match error.status() {
        Some(status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)) if error.oauth_code().is_none() => {
            Error::configuration(format!("QCi refuses the API token: check `token`, or make a new one ({error})"))
                .with_status(status)
                .with_source(error)
        }
        _ => error,
    }
}
