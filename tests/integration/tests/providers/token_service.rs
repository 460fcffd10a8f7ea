use std::sync::{Arc, Mutex};

use httpmock::prelude::*;
use httpmock::{HttpMockRequest, HttpMockResponse};
use serde_json::{Value, json};

/// A token service that gives its answers in turn, the last one for good, and keeps what it was sent. With a 503 it asks to
/// be asked again at once.
pub(crate) struct TokenService {
    server: &'static MockServer,
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<Vec<(u16, String)>>>,
}

/// One request, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path_and_query: String,
    /// In alphabetical order, without `host` and `content-length`.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl TokenService {
    pub(crate) async fn answering(answers: impl IntoIterator<Item = (u16, Value)>) -> Self {
        Self::answering_text(answers.into_iter().map(|(status, body)| (status, body.to_string()))).await
    }

    pub(crate) async fn answering_text(answers: impl IntoIterator<Item = (u16, impl Into<String>)>) -> Self {
        Self::answering_with(answers, "x-answer").await
    }

    /// Google's metadata server, by the header of its answers. The first answer is to the question whether it is one.
    pub(crate) async fn metadata(answers: impl IntoIterator<Item = (u16, impl Into<String>)>) -> Self {
        Self::answering_with(answers, "metadata-flavor").await
    }

    async fn answering_with(answers: impl IntoIterator<Item = (u16, impl Into<String>)>, header: &'static str) -> Self {
        let answers: Vec<(u16, String)> = answers.into_iter().map(|(status, body)| (status, body.into())).collect();
        let answers = Arc::new(Mutex::new(answers));
        let server = grantkit_integration_tests::support::mock_server().await;
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        let script = Arc::clone(&answers);
        server
            .mock_async(|when, then| {
                when.any_request();
                then.respond_with(move |request: &HttpMockRequest| {
                    let mut log = log.lock().unwrap();
                    let answers = script.lock().unwrap();
                    let (status, body) = &answers[log.len().min(answers.len() - 1)];
                    log.push(Received::of(request));
                    let mut response = HttpMockResponse::builder().status(*status);
                    if *status == 503 {
                        response = response.header("retry-after", "0");
                    }
                    response
                        .header("content-type", "application/json")
                        .header(header, "Google")
                        .body(body.clone())
                        .build()
                });
            })
            .await;
        Self { server, received, answers }
    }

    /// Gives these answers, for those who have to know the address first.
    pub(crate) fn now_answer(&self, answers: impl IntoIterator<Item = (u16, Value)>) {
        *self.answers.lock().unwrap() = answers.into_iter().map(|(status, body)| (status, body.to_string())).collect();
    }

    pub(crate) fn url(&self, path: &str) -> String {
        self.server.url(path)
    }

    /// Everything that came in.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The only request that came in.
    pub(crate) fn only(&self) -> Received {
        let all = self.received();
        assert_eq!(all.len(), 1, "{all:#?}");
        all.into_iter().next().unwrap()
    }

    /// The bodies of all that came in.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.received().into_iter().map(|received| received.body).collect()
    }
}

impl Received {
    fn of(request: &HttpMockRequest) -> Self {
        let mut headers: Vec<_> = request
            .headers_vec()
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .filter(|(name, _)| name != "host" && name != "content-length")
            .collect();
        headers.sort();
        let uri = request.uri();
        let path_and_query = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        Self { method: request.method_str().to_owned(), path_and_query, headers, body: request.body_string() }
    }
}

/// Names and values, in order of the names, with the header that goes with every request.
pub(crate) fn headers<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    let user_agent = concat!("grantkit/", env!("CARGO_PKG_VERSION"));
    let all = pairs.into_iter().chain([("user-agent", user_agent)]);
    let mut all: Vec<_> = all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    all.sort();
    all
}

/// The headers of a form, with no authentication and nothing else.
pub(crate) fn form_headers() -> Vec<(String, String)> {
    headers([("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")])
}

/// A successful answer.
pub(crate) fn bearer(token: &str) -> (u16, Value) {
    (200, json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 }))
}

/// An OAuth error answer.
pub(crate) fn oauth_error(status: u16, code: &str, description: &str) -> (u16, Value) {
    (status, json!({ "error": code, "error_description": description }))
}
