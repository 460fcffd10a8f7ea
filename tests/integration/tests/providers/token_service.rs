use grantkit_integration_tests::support::{Answer, Asked, Scripted};
use serde_json::{Value, json};

/// A token service that gives its answers in turn, the last one for good, and keeps what it was sent. With a 503 it asks to
/// be asked again at once.
pub(crate) struct TokenService(Scripted);

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

    async fn answering_with(answers: impl IntoIterator<Item = (u16, impl Into<String>)>, header: &str) -> Self {
        let answers: Vec<_> =
            answers.into_iter().map(|(status, body)| answer(status, body.into()).header(header, "Google")).collect();
        Self(Scripted::start(answers).await)
    }

    /// Gives these answers, for tests that have to know the address first.
    pub(crate) fn now_answer(&self, answers: impl IntoIterator<Item = (u16, Value)>) {
        self.0.now_answer(answers.into_iter().map(|(status, body)| answer(status, body.to_string())));
    }

    pub(crate) fn url(&self, path: &str) -> String {
        self.0.url(path)
    }

    /// Everything that came in.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.0.asked().into_iter().map(Received::from).collect()
    }

    /// The only request that came in.
    pub(crate) fn only(&self) -> Received {
        self.0.only().into()
    }

    /// The bodies of all that came in.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.received().into_iter().map(|received| received.body).collect()
    }
}

impl From<Asked> for Received {
    fn from(asked: Asked) -> Self {
        let body = asked.body().to_owned();
        let headers = asked.headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
        let mut headers: Vec<_> = headers.filter(|(name, _)| name != "host" && name != "content-length").collect();
        headers.sort();
        Self { method: asked.method, path_and_query: asked.path, headers, body }
    }
}

fn answer(status: u16, body: String) -> Answer {
    let answer = Answer::status(status).header("content-type", "application/json").body(body);
    if status == 503 { answer.header("retry-after", "0") } else { answer }
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
