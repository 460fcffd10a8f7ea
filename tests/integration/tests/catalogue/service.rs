//! A service whose answers are given in turn, for the exact requests that it is sent.

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::provider::ProviderSettings;
use grantkit::store::MemoryStore;
use grantkit::{Credentials, Error, ProviderClient};
use grantkit_integration_tests::support::{Answer, Asked, Scripted};
use serde_json::Value;

/// One request: method, path with query, `Authorization`, body.
pub(crate) type Sent = (String, String, String, String);

/// A service at all of whose paths these answers are given in turn.
pub(crate) struct Service(Scripted);

impl Service {
    pub(crate) async fn answering<const N: usize>(answers: [Value; N]) -> Self {
        Self(Scripted::start(answers.map(|answer| Answer::json(200, &answer))).await)
    }

    pub(crate) fn client(&self, name: &str) -> ProviderClient {
        self.client_with(name, ProviderSettings::new())
    }

    pub(crate) fn client_with(&self, name: &str, settings: ProviderSettings) -> ProviderClient {
        let settings = settings.with("client_id", "app").with("provider_base_url", self.url());
        let settings = if name == "lichess" { settings } else { settings.with("client_secret", "s3cret") };
        ProviderClient::connect(name, settings).unwrap()
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        self.0.url("")
    }

    /// What was sent since the last time.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        let sent_by = |asked: Asked| {
            sent(&asked.method, &asked.path, asked.header("authorization").unwrap_or_default(), asked.body())
        };
        self.0.take_asked().into_iter().map(sent_by).collect()
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
