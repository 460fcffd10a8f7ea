use url::Url;

use crate::api::{ApiClient, ApiClientBuilder};
use crate::credentials::Credentials;

/// Asks for the nonce that a server wants in the proofs of requests (RFC 9449 §9): of an answer rmcp shows the challenge alone, which says
/// that one is missing and not which.
#[derive(Clone, Default)]
pub(super) struct Nonces {
    pub(super) allows_plain_http: bool,
    /// In place of the one of API clients.
    pub(super) http: Option<reqwest::Client>,
}

impl Nonces {
    /// By a request of our own, which has no effect there: the API client keeps the nonce of its answer with the key. Where none comes of
    /// it, the server's refusal stands.
    pub(super) async fn fetch(&self, credentials: &Credentials, url: &Url) {
        let mut url = url.clone();
        url.set_query(None);
        url.set_fragment(None);
        let api = ApiClient::builder(url.as_str(), credentials).error_for_status(false);
        let api = if self.allows_plain_http { api.danger_allow_plain_http() } else { api };
        let api = self.http.iter().cloned().fold(api, ApiClientBuilder::http_client);
        if let Ok(api) = api.build() {
            let _ = api.head(()).send().await;
        }
    }
}
