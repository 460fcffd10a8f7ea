//! The keys of an ID token are fetched before the question whose answer may spend a device code, or a backchannel request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use grantkit::client_auth::AssertionSource as _;
use grantkit::grant::{BackchannelAuthentication, BackchannelHint, DeviceAuthorization, JwtAssertion};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use grantkit::time::TokioClock;
use grantkit::transport::{Responder, Transport};
use http::{Request, Response};
use serde_json::{Value, json};

const ISSUER: &str = "https://as.example";

/// A person who has agreed already, at a server whose keys may not be had.
struct Server {
    keys: Value,
    id_token: String,
    /// The statuses of the next requests for the keys; the last one stays.
    key_answers: Mutex<VecDeque<u16>>,
    asked: Mutex<Vec<String>>,
}

impl Server {
    async fn new(key_answers: &[u16]) -> Arc<Self> {
        let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
        let keys = json!({ "keys": [key.public_jwk()] });
        let id_token = JwtAssertion::new(key, ISSUER, "alice").assertion("till").await.unwrap();
        let key_answers = Mutex::new(key_answers.iter().copied().collect());
        let id_token = id_token.expose_secret().to_owned();
        Arc::new(Self { keys, id_token, key_answers, asked: Mutex::default() })
    }

    fn client(self: &Arc<Self>) -> Client {
        Client::builder()
            .client_id("till")
            .public()
            .transport(Transport::builder().responder(Arc::clone(self)).build().unwrap())
            .clock(TokioClock::new())
            .id_token_signed_response_alg("ES256")
            .token_endpoint(&format!("{ISSUER}/token"))
            .unwrap()
            .device_authorization_endpoint(&format!("{ISSUER}/device"))
            .unwrap()
            .backchannel_authentication_endpoint(&format!("{ISSUER}/bc-authorize"))
            .unwrap()
            .issuer(ISSUER)
            .unwrap()
            .jwks_uri(&format!("{ISSUER}/jwks"))
            .unwrap()
            .build()
            .erased()
    }

    fn device(self: &Arc<Self>) -> DeviceAuthorization {
        self.client().device_authorization().unwrap().scope("openid")
    }

    fn backchannel(self: &Arc<Self>) -> BackchannelAuthentication {
        self.client().backchannel_authentication(BackchannelHint::login_hint("alice")).unwrap()
    }

    fn now_answer_keys(&self, status: u16) {
        *self.key_answers.lock().unwrap() = [status].into();
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }

    /// A device code or a request that is spent before the keys are there may be lost with its login.
    fn assert_keys_came_first(&self) {
        let asked = self.asked.lock().unwrap();
        assert_eq!(asked.iter().rposition(|path| path == "/jwks").map(|at| at + 1), Some(asked.len() - 1), "{asked:?}");
        assert_eq!(asked.last().unwrap(), "/token");
    }
}

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: Request<Bytes>) -> Response<Vec<u8>> {
        let path = request.uri().path().to_owned();
        let (status, body) = match &*path {
            "/jwks" => {
                let mut answers = self.key_answers.lock().unwrap();
                let status = if answers.len() > 1 { answers.pop_front() } else { answers.front().copied() };
                (status.unwrap(), self.keys.clone())
            }
            "/token" => {
                let token = json!({
                    "access_token": "t", "token_type": "Bearer", "expires_in": 3600, "id_token": self.id_token,
                });
                (200, token)
            }
            _ => {
                let begun = json!({
                    "device_code": "d", "user_code": "u", "verification_uri": "https://as.example/d", "auth_req_id": "r",
                    "expires_in": 120, "interval": 5,
                });
                (200, begun)
            }
        };
        self.asked.lock().unwrap().push(path);
        Response::builder().status(status).body(body.to_string().into()).unwrap()
    }
}

/// Each question asks for the keys again, until they are there.
#[tokio::test(start_paused = true)]
async fn keys_that_are_away_for_a_while_cost_no_login() {
    let away = [&[503; 8][..], &[200]].concat();
    let server = Server::new(&away).await;
    let device = server.device();
    let login = device.wait(device.start().await.unwrap()).await.unwrap();
    assert_eq!(login.claims().unwrap().subject(), "alice");
    server.assert_keys_came_first();

    let server = Server::new(&away).await;
    let backchannel = server.backchannel();
    let login = backchannel.wait(backchannel.start().await.unwrap()).await.unwrap();
    assert_eq!(login.claims().unwrap().subject(), "alice");
    server.assert_keys_came_first();
}

#[tokio::test(start_paused = true)]
async fn poll_without_keys_asks_nothing_and_is_not_the_end() {
    let server = Server::new(&[503]).await;
    let device = server.device();
    let mut pending = device.start().await.unwrap();
    assert!(device.poll(&mut pending).await.unwrap().is_none());
    assert_eq!(server.asked("/token"), 0);
    server.now_answer_keys(200);
    tokio::time::sleep(pending.interval()).await;
    assert!(device.poll(&mut pending).await.unwrap().is_some());
    server.assert_keys_came_first();

    let server = Server::new(&[503]).await;
    let backchannel = server.backchannel();
    let mut pending = backchannel.start().await.unwrap();
    assert!(backchannel.poll(&mut pending).await.unwrap().is_none());
    assert_eq!(server.asked("/token"), 0);
    server.now_answer_keys(200);
    tokio::time::sleep(pending.interval()).await;
    assert!(backchannel.poll(&mut pending).await.unwrap().is_some());
    server.assert_keys_came_first();
}

#[tokio::test(start_paused = true)]
async fn keys_that_do_not_come_in_time_are_named_at_the_end() {
    let server = Server::new(&[503]).await;
    let device = server.device();
    let mut pending = device.start().await.unwrap();
    let error = device.wait(pending.clone()).await.unwrap_err();
    assert_eq!((error.oauth_code(), error.needs_login()), (Some("expired_token"), true));
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<Error>());
    assert!(cause.is_some_and(Error::is_retryable), "{error:?}");
    let error = device.poll(&mut pending).await.unwrap_err();
    assert!(error.is_retryable() && error.oauth_code().is_none(), "{error:?}");
    assert_eq!(server.asked("/token"), 0);
}

/// Waiting would not bring them.
#[tokio::test(start_paused = true)]
async fn keys_that_are_not_there_at_all_end_the_wait_at_once() {
    let server = Server::new(&[404]).await;
    let device = server.device();
    let begun = tokio::time::Instant::now();
    let error = device.wait(device.start().await.unwrap()).await.unwrap_err();
    assert!(error.to_string().contains("404") && !error.is_retryable(), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert_eq!(server.asked("/token"), 0);
}
