//! What changes nothing about whose token it is: it is seen by what is sent, and by the verdict on what comes back.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use grantkit::Client;
use grantkit::client_auth::AssertionSource as _;
use grantkit::credentials::CacheKey;
use grantkit::grant::JwtAssertion;
use grantkit::prelude::*;
use grantkit::token::RefreshTokenRotation;
use grantkit::transport::{Responder, Transport};
use grantkit_testkit::ManualClock;
use serde_json::json;

use crate::authentication::{Ready, key};
use crate::inputs::set;

const ISSUER: &str = "https://as.example";
const CALLBACK: &str = "https://app.example/callback";

/// A server that never repeats a nonce, with what was sent to it where tokens come from.
#[derive(Default)]
struct Server {
    sent: Mutex<Vec<String>>,
}

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let path = request.uri().path().to_owned();
        if ["/token", "/device"].contains(&path.as_str()) {
            // What is another in each login.
            let form = form_urlencoded::parse(request.body()).filter(|(name, _)| name != "code_verifier");
            let form: Vec<_> = form.map(|(name, value)| format!("{name}={value}")).collect();
            self.sent.lock().unwrap().push(format!("{path} {:?} {form:?}", request.headers()));
        }
        let answer = match path.as_str() {
            "/jwks" => json!({ "keys": [key().public_jwk()] }),
            "/device" => json!({
                "device_code": "d", "user_code": "u", "verification_uri": "https://as.example/go", "expires_in": 3600,
            }),
            "/token" => {
                let id_token = JwtAssertion::new(key(), ISSUER, "alice").assertion("billing").await.unwrap();
                json!({
                    "access_token": "t", "token_type": "Bearer", "expires_in": 3600, "id_token": id_token.expose_secret(),
                })
            }
            _ => json!({
                "issuer": ISSUER, "token_endpoint": "https://as.example/token", "jwks_uri": "https://as.example/jwks",
                "response_types_supported": ["code"],
            }),
        };
        http::Response::new(answer.to_string().into_bytes())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Device,
    Code,
}

struct Case {
    setter: &'static str,
    set: fn(Ready) -> Ready,
    kind: Kind,
    /// How far the client's clock is ahead of the server's.
    ahead: Duration,
    /// Whether the answer is taken, without the setting and with it.
    is_taken: [bool; 2],
    /// Whether a refreshed ID token is judged by it: then each client of the process has its own, of one login in a store.
    judges_refreshes: bool,
}

impl Case {
    const fn without_effect(setter: &'static str, set: fn(Ready) -> Ready) -> Self {
        let (kind, ahead) = (Kind::Device, Duration::ZERO);
        Self { setter, set, kind, ahead, is_taken: [true, true], judges_refreshes: false }
    }
}

fn cases() -> Vec<Case> {
    let same = Case::without_effect;
    vec![
        same("refresh_token_rotation", |ready| ready.refresh_token_rotation(RefreshTokenRotation::Never)),
        same("danger_allow_plain_http", grantkit::client::ClientBuilder::danger_allow_plain_http),
        // Of answers that are no tokens.
        same("authorization_signed_response_alg", |ready| ready.authorization_signed_response_alg("RS256")),
        same("userinfo_signed_response_alg", |ready| ready.userinfo_signed_response_alg("RS256")),
        Case {
            kind: Kind::Code,
            is_taken: [false, true],
            ..same("danger_accept_missing_nonce", grantkit::client::ClientBuilder::danger_accept_missing_nonce)
        },
        Case {
            is_taken: [true, false],
            judges_refreshes: true,
            ..same("id_token_signed_response_alg", |ready| ready.id_token_signed_response_alg("RS256"))
        },
        Case {
            ahead: Duration::from_mins(10),
            is_taken: [false, true],
            judges_refreshes: true,
            ..same("clock_leeway", |ready| ready.clock_leeway(Duration::from_hours(1)))
        },
        Case {
            judges_refreshes: true,
            ..same("discover_jwks_uri", |ready| ready.discover_jwks_uri("https://as.example"))
        },
    ]
}

/// The setters of which this shows what they do.
pub(crate) fn setters() -> BTreeSet<String> {
    set(cases().iter().map(|case| case.setter))
}

fn client(ready: Ready, has_jwks_uri: bool) -> Client {
    let builder = ready.token_endpoint("https://as.example/token").unwrap().issuer(ISSUER).unwrap();
    let builder = builder.authorization_endpoint("https://as.example/authorize").unwrap();
    let builder = builder.device_authorization_endpoint("https://as.example/device").unwrap();
    if has_jwks_uri {
        builder.jwks_uri("https://as.example/jwks").unwrap().build().erased()
    } else {
        builder.build().erased()
    }
}

async fn logs_in(client: &Client, kind: Kind) -> bool {
    let login = match kind {
        Kind::Device => {
            let grant = client.device_authorization().unwrap().scope("openid");
            let mut pending = grant.start().await.unwrap();
            grant.poll(&mut pending).await.map(|login| assert!(login.is_some()))
        }
        Kind::Code => {
            let grant = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
            let (url, pending) = grant.start().unwrap();
            let (_, state) = url.query_pairs().find(|(name, _)| name == "state").unwrap();
            grant.finish(pending, format!("{CALLBACK}?code=c&state={state}&iss={ISSUER}")).await.map(drop)
        }
    };
    login.inspect_err(|error| assert!(error.is_security(), "{error}")).is_ok()
}

#[tokio::test]
async fn a_setting_of_the_answers_changes_nothing_that_is_sent() {
    for case in cases() {
        let Case { setter, set, kind, ahead, is_taken, judges_refreshes } = case;
        let server = Arc::new(Server::default());
        let transport = Transport::builder().responder(Arc::clone(&server)).build().unwrap();
        let clock = ManualClock::at(SystemTime::now() + ahead);
        let ready = || {
            let ready = Client::builder().client_id("billing").client_secret_basic("s3cret");
            ready.transport(transport.clone()).clock(clock.clone())
        };
        let without = client(ready(), true);
        let with = client(set(ready()), setter != "discover_jwks_uri");
        let mut sent = Vec::new();
        for (client, is_taken) in [&without, &with].into_iter().zip(is_taken) {
            client.client_credentials().get_token().await.unwrap();
            assert_eq!(logs_in(client, kind).await, is_taken, "{setter}");
            sent.push(std::mem::take(&mut *server.sent.lock().unwrap()));
        }
        assert_eq!(sent[0], sent[1], "{setter}");
        assert!(sent[0].len() >= 2, "{setter}: {sent:?}");

        let own = |client: &Client| CacheKey::from_client(&client.client_credentials().named("x"));
        assert_eq!(own(&without), own(&with), "{setter}");
        let login = |client: &Client| client.stored_login("alice").named();
        let (one, other) = (login(&without), login(&with));
        assert_eq!(one.fingerprint().to_string(), other.fingerprint().to_string(), "{setter}");
        assert_eq!(one.refresh_key(), other.refresh_key(), "{setter}");
        assert_eq!(CacheKey::from_client(&one) != CacheKey::from_client(&other), judges_refreshes, "{setter}");
    }
}
