mod in_program;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use http::Response;
use httpmock::{HttpMockResponse, MockServer};
use serde_json::Value;

pub use in_program::InProgram;

/// A server that answers from a script, and remembers what it was asked.
pub struct Scripted {
    server: &'static MockServer,
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    asked: Vec<Asked>,
    /// The last one is given again and again.
    answers: VecDeque<Answer>,
}

impl Script {
    fn answer(&mut self, asked: Asked) -> Answer {
        self.asked.push(asked);
        let answer = if self.answers.len() > 1 { self.answers.pop_front() } else { self.answers.front().cloned() };
        answer.unwrap_or_else(|| Answer::status(500))
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// An answer to give.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Scripted {
    /// Answers every request, whatever it asks for, with these in turn.
    pub async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let server = super::mock_server().await;
        let script = Arc::new(Mutex::new(Script { asked: Vec::new(), answers: answers.into_iter().collect() }));
        let shared = Arc::clone(&script);
        server
            .mock_async(|when, then| {
                when.any_request();
                then.respond_with(move |request| {
                    let asked = Asked {
                        method: request.method_str().to_owned(),
                        path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
                        headers: request.headers_vec().clone(),
                        body: request.body_vec(),
                    };
                    shared.lock().unwrap().answer(asked).into()
                });
            })
            .await;
        Self { server, script }
    }

    pub fn url(&self, path: &str) -> String {
        self.server.url(path)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.script.lock().unwrap().asked.clone()
    }

    /// What it was asked since the last call.
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.script.lock().unwrap().asked)
    }

    /// How many requests came.
    pub fn count(&self) -> usize {
        self.script.lock().unwrap().asked.len()
    }

    /// The only request that came.
    pub fn only(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked.into_iter().next().unwrap()
    }

    /// Puts further answers in place of those that are left.
    pub fn now_answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.script.lock().unwrap().answers = answers.into_iter().collect();
    }
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let first = values.next();
        assert!(values.next().is_none(), "{name} is there twice");
        first.map(String::as_str)
    }

    pub fn header_names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort();
        names
    }

    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Answer {
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::status(status).header("content-type", "application/json").body(body.to_string())
    }

    /// A good token.
    pub fn token(access_token: &str) -> Self {
        Self::json(
            200,
            &serde_json::json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": 3600 }),
        )
    }

    pub fn error(status: u16, code: &str) -> Self {
        Self::json(status, &serde_json::json!({ "error": code }))
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}

impl From<Answer> for Response<Vec<u8>> {
    fn from(answer: Answer) -> Self {
        let mut response = Response::builder().status(answer.status);
        for (name, value) in &answer.headers {
            response = response.header(name, value);
        }
        response.body(answer.body).unwrap()
    }
}

impl From<Answer> for HttpMockResponse {
    fn from(answer: Answer) -> Self {
        Self::builder().status(answer.status).headers(answer.headers).body(answer.body).build()
    }
}
