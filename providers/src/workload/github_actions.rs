use std::fmt;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::header::AUTHORIZATION;
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use url::Url;

use super::environment::{required, secret_header};

/// The ID token of a job in GitHub Actions (GitHub Docs, "OpenID Connect").
///
/// The job, or the workflow, needs `permissions: id-token: write`. The token's `sub` says repository and branch, such as
/// `repo:acme/shop:ref:refs/heads/main`; it is good for some minutes.
#[derive(Clone)]
pub struct GitHubActions {
    url: Url,
    request_token: SecretString,
}

const OTHERWISE: &str = "run this in GitHub Actions, in a job with `permissions: id-token: write`";

impl GitHubActions {
    /// The token of the job that this program runs in: from `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it runs elsewhere, or without the permission.
    pub fn from_env() -> Result<Self> {
        let url = required("ACTIONS_ID_TOKEN_REQUEST_URL", OTHERWISE)?;
        let request_token = required("ACTIONS_ID_TOKEN_REQUEST_TOKEN", OTHERWISE)?;
        Self::new(&url, request_token)
    }

    /// The token that is got at this URL, with this token for the request.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is no URL.
    pub fn new(url: &str, request_token: impl Into<SecretString>) -> Result<Self> {
        let url = Url::parse(url).map_err(|error| {
            Error::configuration(format!("ACTIONS_ID_TOKEN_REQUEST_URL is not a valid URL: {OTHERWISE}"))
                .with_source(error)
        })?;
        Ok(Self { url, request_token: request_token.into() })
    }
}

#[derive(Deserialize)]
struct Answer {
    value: SecretString,
}

#[async_trait]
impl AssertionSource for GitHubActions {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair("audience", audience);
        let token = self.request_token.expose_secret();
        let authorization = secret_header("ACTIONS_ID_TOKEN_REQUEST_TOKEN", &format!("Bearer {token}"))?;
        let request = ServiceRequest::get("ID token service of GitHub Actions", url);
        let answer = request.header(AUTHORIZATION, authorization).secret(token).send().await?.success()?;
        Ok(answer.json::<Answer>()?.value)
    }

    fn identity(&self) -> Fingerprint {
        let Self { url, request_token } = self;
        let whole = Fingerprint::builder().parameter("github-actions", url.as_str());
        whole.secret("request_token", request_token.expose_secret()).build()
    }

    /// Its identity is the digest of a secret that no other job has.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

impl fmt::Debug for GitHubActions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GitHubActions").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}
