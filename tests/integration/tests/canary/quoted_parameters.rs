//! A server that quotes a parameter of the request, each in turn, in every encoding: what is secret of it is not shown.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::grant::{BackchannelHint, SecurityToken};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use grantkit::transport::{Responder, Transport};
use serde_json::json;

use crate::flows::{SECRET, server};
use crate::support::CALLBACK;
use crate::watch::{Watch, encodings};

const ID_TOKEN: &str = "CANARY-id-token-of-an-earlier-login";
const OTHER: &str = "CANARY-token-of-another-kind";

/// What it quotes, and what it was sent last.
#[derive(Clone, Default)]
struct Quoting(Arc<Mutex<Quote>>);

#[derive(Default)]
struct Quote {
    parameter: &'static str,
    encoding: usize,
    quoted: String,
}

#[async_trait]
impl Responder for Quoting {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let mut quote = self.0.lock().unwrap();
        let value = form_urlencoded::parse(request.body()).find(|(name, _)| name == quote.parameter);
        let (_, value) = value.unwrap_or_else(|| panic!("`{}` was not sent", quote.parameter));
        quote.quoted = value.clone().into_owned();
        let text = format!("what is {}?", encodings(&value).swap_remove(quote.encoding));
        let body = json!({ "error": "invalid_request", "error_description": text }).to_string();
        http::Response::builder().status(400).body(body.into_bytes()).unwrap()
    }
}

impl Quoting {
    /// Quotes the parameter in every encoding; gives its value.
    async fn quote(
        &self,
        watch: &mut Watch,
        parameter: &'static str,
        is_secret: bool,
        send: impl AsyncFn() -> Error,
    ) -> String {
        for encoding in 0..encodings("").len() {
            *self.0.lock().unwrap() = Quote { parameter, encoding, quoted: String::new() };
            let error = send().await;
            let quoted = self.0.lock().unwrap().quoted.clone();
            let said = error.error_description().unwrap_or_default().to_owned();
            assert!(said.starts_with("what is "), "{parameter}: {error:?}");
            if is_secret {
                assert!(said.contains("[redacted]"), "{parameter} {encoding}: {said}");
                watch.secret(quoted);
                watch.error(&error);
            } else if encoding == 0 {
                assert!(said.contains(&quoted), "{parameter}: {said}");
            }
        }
        self.0.lock().unwrap().quoted.clone()
    }
}

/// A client at a server that only quotes.
fn client(quoting: &Quoting) -> Client {
    let metadata = json!({
        "issuer": "https://as.example",
        "token_endpoint": "https://as.example/token",
        "authorization_endpoint": "https://as.example/authorize",
        "pushed_authorization_request_endpoint": "https://as.example/par",
        "backchannel_authentication_endpoint": "https://as.example/bc-authorize",
        "backchannel_token_delivery_modes_supported": ["poll"],
        "jwks_uri": "https://as.example/jwks",
    });
    let metadata = ServerMetadata::from_json(metadata.to_string()).unwrap();
    let transport = Transport::builder().responder(quoting.clone()).without_circuit_breaker().build().unwrap();
    let client = Client::builder().client_id("billing").client_secret_post(SECRET).transport(transport);
    client.build_with_metadata(&metadata).unwrap()
}

/// Whose logs are those of a program that sends.
async fn beside_others() -> Watch {
    let (mut watch, server) = (Watch::start(), server().await);
    let client = Client::builder().client_id("billing").client_secret_post(SECRET);
    client.token_endpoint(&server.token_endpoint()).unwrap().build().client_credentials().get_token().await.unwrap();
    watch.secret(SECRET);
    watch
}

#[tokio::test]
async fn a_pushed_request_that_is_quoted_shows_no_secret() {
    let (mut watch, quoting) = (beside_others().await, Quoting::default());
    let login = client(&quoting).pushed_authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let login = login.scope("openid").login_hint("alice@example.com");
    let by_method = login.clone().id_token_hint(ID_TOKEN);
    let by_name = login.clone().login_parameter("id_token_hint", ID_TOKEN);
    for login in [&by_method, &by_name] {
        watch.show(login);
        for (parameter, is_secret) in [
            ("id_token_hint", true),
            ("state", true),
            ("nonce", true),
            ("client_secret", true),
            ("login_hint", false),
            ("scope", false),
            ("code_challenge", false),
        ] {
            quoting.quote(&mut watch, parameter, is_secret, async || login.push().await.unwrap_err()).await;
        }
    }
    // All of it in one.
    let signed = by_method.request_signer(SigningKey::generate(SigningAlgorithm::Es256).unwrap());
    let push = async || signed.push().await.unwrap_err();
    let request = quoting.quote(&mut watch, "request", true, push).await;
    let payload = BASE64_URL_SAFE_NO_PAD.decode(request.split('.').nth(1).unwrap()).unwrap();
    assert!(String::from_utf8(payload).unwrap().contains(ID_TOKEN));
    watch.finish();
}

#[tokio::test]
async fn a_grant_that_is_quoted_shows_no_secret() {
    let (mut watch, quoting) = (beside_others().await, Quoting::default());
    let client = client(&quoting);
    for (parameter, hint) in [
        ("id_token_hint", BackchannelHint::id_token_hint(ID_TOKEN)),
        ("login_hint_token", BackchannelHint::login_hint_token(OTHER)),
    ] {
        let asked = client.backchannel_authentication(hint).unwrap().scope("openid");
        quoting.quote(&mut watch, parameter, true, async || asked.start().await.unwrap_err()).await;
    }
    let exchange = client.token_exchange(SecurityToken::id_token(ID_TOKEN)).actor(SecurityToken::jwt(OTHER));
    for parameter in ["subject_token", "actor_token"] {
        quoting.quote(&mut watch, parameter, true, async || exchange.exchange().await.unwrap_err()).await;
    }
    let by_assertion = client.jwt_bearer(SecretString::from(OTHER));
    quoting.quote(&mut watch, "assertion", true, async || by_assertion.get_token().await.unwrap_err()).await;
    // By a method that takes no secret.
    for parameter in ["assertion", "id_token_hint", "password"] {
        let grant = client.extension_grant("urn:example:grant").parameter(parameter, OTHER);
        quoting.quote(&mut watch, parameter, true, async || grant.get_token().await.unwrap_err()).await;
    }
    watch.finish();
}
