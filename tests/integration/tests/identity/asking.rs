//! How a person is asked, and how a request is sent: the same token comes of it, by the same request for it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use grantkit::Client;
use grantkit::client_auth::AssertionSource as _;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::grant::{BackchannelAuthentication, BackchannelHint, JwtAssertion};
use grantkit::prelude::*;
use grantkit::transport::{Responder, Transport};
use serde_json::json;

use crate::authentication::{key, other_key};
use crate::inputs::set;

const ISSUER: &str = "https://as.example";

/// Each of its tokens is another one; it keeps the requests for them, and those by which a person is asked.
#[derive(Default)]
struct Server {
    count: AtomicUsize,
    for_tokens: Mutex<Vec<String>>,
    asking: Mutex<Vec<Bytes>>,
}

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let answer = match request.uri().path() {
            "/jwks" => json!({ "keys": [key().public_jwk()] }),
            "/bc" => {
                self.asking.lock().unwrap().push(request.body().clone());
                json!({ "auth_req_id": "b", "expires_in": 600 })
            }
            _ => {
                self.for_tokens.lock().unwrap().push(format!("{:?} {:?}", request.headers(), request.body()));
                let id_token = JwtAssertion::new(key(), ISSUER, "alice").assertion("till").await.unwrap();
                json!({
                    "access_token": self.count.fetch_add(1, Ordering::SeqCst).to_string(),
                    "token_type": "Bearer", "expires_in": 3600, "id_token": id_token.expose_secret(),
                })
            }
        };
        http::Response::new(answer.to_string().into_bytes())
    }
}

type Grant = BackchannelAuthentication;

type Change = fn(Grant) -> Grant;

/// A setter, and a request without it and with it.
const ASKED: [(&str, Change, Change); 7] = [
    ("binding_message", |grant| grant, |grant| grant.binding_message("till-4711")),
    ("user_code", |grant| grant, |grant| grant.user_code("1234")),
    ("requested_expiry", |grant| grant, |grant| grant.requested_expiry(Duration::from_mins(1))),
    ("ping", |grant| grant, Grant::ping),
    (
        "client_notification_token",
        |grant| grant,
        |grant| grant.client_notification_token("no-token-is-longer-than-this-one"),
    ),
    ("signed_by", |grant| grant.signed_by(key()), |grant| grant.signed_by(other_key())),
    (
        "request_lifetime",
        |grant| grant.signed_by(key()),
        |grant| grant.signed_by(key()).request_lifetime(Duration::from_mins(1)),
    ),
];

/// The setters of which this shows what they do.
pub(crate) fn setters() -> BTreeSet<String> {
    let asked: Vec<String> = ASKED.iter().map(|(name, ..)| format!("BackchannelAuthentication::{name}")).collect();
    set(asked.iter().map(String::as_str).chain(["ExtensionGrant::repeatable"]))
}

fn client(server: &Arc<Server>) -> Client {
    let transport = Transport::builder().responder(Arc::clone(server)).build().unwrap();
    let client = Client::builder().client_id("till").client_secret_basic("s3cret").transport(transport);
    let client = client.token_endpoint("https://as.example/token").unwrap().issuer(ISSUER).unwrap();
    let client = client.jwks_uri("https://as.example/jwks").unwrap();
    client.backchannel_authentication_endpoint("https://as.example/bc").unwrap().build().erased()
}

#[tokio::test]
async fn however_a_person_is_asked_it_is_their_login() {
    for (setter, without, with) in ASKED {
        let (server, cache) = (Arc::new(Server::default()), CredentialCache::new(10, None));
        let client = client(&server);
        let mut handles = Vec::new();
        for change in [without, with] {
            let grant = client.backchannel_authentication(BackchannelHint::login_hint("alice")).unwrap();
            let grant = change(grant);
            let mut pending = grant.start().await.unwrap();
            let login = grant.poll(&mut pending).await.unwrap().unwrap();
            handles.push(login.credentials_builder("x").cache(&cache).await.unwrap());
        }
        let (for_tokens, asking) = (server.for_tokens.lock().unwrap().clone(), server.asking.lock().unwrap().clone());
        assert_eq!((for_tokens.len(), asking.len()), (2, 2), "{setter}");
        assert_eq!(for_tokens[0], for_tokens[1], "{setter}");
        assert_ne!(asking[0], asking[1], "{setter}");
        // The second takes the place of the first.
        for handle in handles {
            assert_eq!(handle.token().await.unwrap().access_token().secret(), "1", "{setter}");
        }
    }
}

#[tokio::test]
async fn a_request_that_may_be_sent_again_is_the_same_request() {
    let server = Arc::new(Server::default());
    let client = client(&server);
    let (once, repeatable) = (client.extension_grant("urn:ticket"), client.extension_grant("urn:ticket").repeatable());
    assert_eq!(CacheKey::from_client(&once.clone().named("x")), CacheKey::from_client(&repeatable.clone().named("x")));
    for grant in [once, repeatable] {
        grant.get_token().await.unwrap();
    }
    let sent = server.for_tokens.lock().unwrap().clone();
    assert_eq!(sent[0], sent[1]);
}
