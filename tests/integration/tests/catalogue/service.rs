//! A service whose answers are given in turn, for the exact requests that it is sent.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::provider::ProviderSettings;
use grantkit::store::MemoryStore;
use grantkit::{Credentials, Error, ProviderClient};
use httpmock::prelude::*;
use httpmock::{HttpMockRequest, HttpMockResponse};
use serde_json::Value;

/// One request: method, path with query, `Authorization`, body.
pub(crate) type Sent = (String, String, String, String);

/// A service at all of whose paths these answers are given in turn.
pub(crate) struct Service {
    server: &'static MockServer,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Service {
    pub(crate) async fn answering<const N: usize>(answers: [Value; N]) -> Self {
        let server = grantkit_integration_tests::support::mock_server().await;
        let sent: Arc<Mutex<Vec<Sent>>> = Arc::default();
        let (log, answered) = (Arc::clone(&sent), AtomicUsize::new(0));
        server
            .mock_async(|when, then| {
                when.any_request();
                then.respond_with(move |request: &HttpMockRequest| {
                    let answer = answers[answered.fetch_add(1, Ordering::SeqCst).min(N - 1)].to_string();
                    let header = |wanted: &str| {
                        let headers = request.headers_vec().iter();
                        let found = headers.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
                        found.map(|(_, value)| value.clone()).next().unwrap_or_default()
                    };
                    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
                    log.lock().unwrap().push((
                        request.method_str().to_owned(),
                        path,
                        header("authorization"),
                        request.body_string(),
                    ));
                    HttpMockResponse::builder()
                        .status(200)
                        .header("content-type", "application/json")
                        .body(answer)
                        .build()
                });
            })
            .await;
        Self { server, sent }
    }

    pub(crate) fn client(&self, name: &str) -> ProviderClient {
        self.client_with(name, ProviderSettings::new())
    }

    pub(crate) fn client_with(&self, name: &str, settings: ProviderSettings) -> ProviderClient {
        let settings = settings.with("client_id", "app").with("provider_base_url", self.server.base_url());
        let settings = if name == "lichess" { settings } else { settings.with("client_secret", "s3cret") };
        ProviderClient::connect(name, settings).unwrap()
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        self.server.base_url()
    }

    /// What was sent since the last time.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

pub(crate) async fn log_in(client: &ProviderClient) -> Result<Login, Error> {
    let code = client.login(RedirectUri::new("https://app.example/cb").unwrap())?;
    let (url, pending) = code.start()?;
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    code.finish(pending, &format!("https://app.example/cb?code=c-1&state={state}")).await
}

pub(crate) async fn stored(client: &ProviderClient) -> Credentials {
    log_in(client).await.unwrap().credentials_in(MemoryStore::new(), "alice").await.unwrap()
}

pub(crate) fn sent(method: &str, path: &str, authorization: &str, body: &str) -> Sent {
    (method.to_owned(), path.to_owned(), authorization.to_owned(), body.to_owned())
}
