//! What the server encrypts to the client, and the client to the server (RFC 7516).

use grantkit::authorize::{LoopbackListener, LoopbackOutcome, LoopbackPage, RedirectUri, ResponseMode};
use grantkit::client::ClientBuilder;
use grantkit::grant::Login;
use grantkit::keys::{ContentEncryption, DecryptionKey, KeyManagementAlgorithm, SigningAlgorithm, SigningKey};
use grantkit::{Client, Result};
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

const ECDH: KeyManagementAlgorithm = KeyManagementAlgorithm::EcdhEs;
const ALGORITHMS: [&str; 13] = [
    "RSA-OAEP",
    "RSA-OAEP-256",
    "ECDH-ES",
    "ECDH-ES+A128KW",
    "ECDH-ES+A192KW",
    "ECDH-ES+A256KW",
    "A128KW",
    "A192KW",
    "A256KW",
    "A128GCMKW",
    "A192GCMKW",
    "A256GCMKW",
    "dir",
];
const ENCRYPTIONS: [&str; 6] = ["A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"];

fn key() -> DecryptionKey {
    DecryptionKey::generate(ECDH).unwrap().with_key_id("enc-1")
}

/// A server whose client `basic` has this key, and this in its registration.
fn server_with(key: &DecryptionKey, mut registration: Value) -> RealServer {
    registration["client_id"] = "basic".into();
    registration["jwks"] = json!({ "keys": [key.public_jwk().unwrap()] });
    RealServer::oidc_provider().setting("CLIENTS", &json!([registration]).to_string()).start()
}

fn builder(
    server: &RealServer,
    client_id: &str,
) -> ClientBuilder<grantkit::client::state::AlreadyGiven, grantkit::client::state::AlreadyGiven> {
    Client::builder().client_id(client_id).client_secret_basic(server.secret())
}

async fn log_in_as(client: &Client) -> Result<Login> {
    log_in(&client.authorization_code(RedirectUri::new(CALLBACK)?)?.scope("openid")).await
}

#[track_caller]
fn assert_refused(outcome: Result<impl Sized>, word: &str) {
    let error = outcome.err().expect(word);
    assert!(error.is_security() && error.to_string().contains(word), "{error}");
}

#[tokio::test]
async fn an_id_token_is_decrypted_by_every_algorithm_and_then_verified() {
    let rsa = DecryptionKey::generate(KeyManagementAlgorithm::RsaOaep).unwrap();
    let rsa = rsa.with_algorithms([KeyManagementAlgorithm::RsaOaep, KeyManagementAlgorithm::RsaOaep256]).unwrap();
    let x25519 = r#"{ "kty": "OKP", "crv": "X25519", "x": "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",
                     "d": "XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os" }"#;
    let x25519 = DecryptionKey::from_jwk(x25519).unwrap();
    // Each algorithm with one content encryption, and one algorithm with all.
    let cases: Vec<_> = ALGORITHMS
        .into_iter()
        .zip(ENCRYPTIONS.into_iter().cycle())
        .chain(ENCRYPTIONS.into_iter().map(|encryption| ("ECDH-ES", encryption)))
        .collect();
    let jwks = json!({ "keys": [rsa.public_jwk().unwrap(), x25519.public_jwk().unwrap()] });
    let clients: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(number, (algorithm, encryption))| {
            json!({
                "client_id": format!("encrypted-{number}"), "jwks": jwks,
                "id_token_encrypted_response_alg": algorithm, "id_token_encrypted_response_enc": encryption,
            })
        })
        .collect();
    let server = RealServer::oidc_provider().setting("CLIENTS", &json!(clients).to_string()).start();
    for (number, (name, encryption)) in cases.into_iter().enumerate() {
        let algorithm: KeyManagementAlgorithm = name.parse().unwrap();
        let encryption: ContentEncryption = encryption.parse().unwrap();
        let key = match name {
            name if name.starts_with("RSA") => rsa.clone(),
            name if name.starts_with("ECDH") => x25519.clone(),
            _ => DecryptionKey::from_client_secret(server.secret()),
        };
        let client = builder(&server, &format!("encrypted-{number}"))
            .decryption_key(key.with_algorithms([algorithm]).unwrap().with_content_encryptions([encryption]).unwrap())
            .id_token_encrypted_response_alg(algorithm)
            .discover(server.issuer())
            .await
            .unwrap();
        let done = log_in_as(&client).await.unwrap_or_else(|error| panic!("{name} {encryption}: {error}"));
        assert_eq!(done.claims().unwrap().subject(), "alice", "{name} {encryption}");
        assert_eq!(done.token().id_token().unwrap().split('.').count(), 5);
    }
}

#[tokio::test]
async fn id_token_not_encrypted_as_registered_or_without_a_key_is_refused() {
    let key = key();
    let server = server_with(&key, json!({}));
    let strict = builder(&server, "basic").decryption_key(key.clone()).id_token_encrypted_response_alg(ECDH);
    assert_refused(log_in_as(&strict.discover(server.issuer()).await.unwrap()).await, "not encrypted");
    // A key alone asks for nothing.
    let lenient = builder(&server, "basic").decryption_key(key.clone()).discover(server.issuer()).await.unwrap();
    log_in_as(&lenient).await.unwrap();
    let keyless =
        builder(&server, "basic").id_token_encrypted_response_alg(ECDH).discover(server.issuer()).await.unwrap();
    assert!(log_in_as(&keyless).await.unwrap_err().is_configuration());

    let any = key.with_algorithms([ECDH, KeyManagementAlgorithm::EcdhEsA256Kw]).unwrap();
    let server = server_with(&any, json!({ "id_token_encrypted_response_alg": "ECDH-ES+A256KW" }));
    let error = log_in_as(&server.confidential("basic").await).await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("DecryptionKey"), "{error}");
    let with = |key: DecryptionKey| builder(&server, "basic").decryption_key(key);
    log_in_as(&with(any.clone()).discover(server.issuer()).await.unwrap()).await.unwrap();
    let other = with(any).id_token_encrypted_response_alg(ECDH).discover(server.issuer()).await.unwrap();
    assert_refused(log_in_as(&other).await, "is registered with is ECDH-ES");
    let foreign = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEsA256Kw).unwrap();
    let foreign = with(foreign).discover(server.issuer()).await.unwrap();
    assert_refused(log_in_as(&foreign).await, "cannot be decrypted");
}

#[tokio::test]
async fn a_new_decryption_key_takes_over_from_the_old() {
    let (old, new) = (key(), DecryptionKey::generate(ECDH).unwrap().with_key_id("enc-2"));
    for registered in [&old, &new] {
        let server = server_with(registered, json!({ "id_token_encrypted_response_alg": "ECDH-ES" }));
        let client = builder(&server, "basic").decryption_key(old.clone()).decryption_key(new.clone());
        log_in_as(&client.discover(server.issuer()).await.unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn an_encrypted_authorization_response_is_decrypted_wherever_it_comes() {
    let key = key();
    let modes = ["jwt", "query.jwt", "fragment.jwt", "form_post.jwt"];
    let registration = |algorithm: Option<&str>| {
        let mut registration = json!({ "response_modes": modes });
        if let Some(algorithm) = algorithm {
            registration["authorization_encrypted_response_alg"] = algorithm.into();
        }
        registration
    };
    let login = async |server: &RealServer, mode| {
        let client = builder(server, "basic").decryption_key(key.clone()).authorization_encrypted_response_alg(ECDH);
        let client = client.discover(server.issuer()).await.unwrap();
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
        login.scope("openid").response_mode(mode)
    };
    let server = server_with(&key, registration(Some("ECDH-ES")));
    for mode in [ResponseMode::Jwt, ResponseMode::FragmentJwt] {
        let login = login(&server, mode).await;
        let (url, pending) = login.start().unwrap();
        let callback = Browser::new().visit(url.as_str()).await;
        assert_eq!(callback.split_once("response=").unwrap().1.split('.').count(), 5, "{callback}");
        login.finish(pending, callback).await.unwrap();
    }
    let login_by_form = login(&server, ResponseMode::FormPostJwt).await;
    let (url, pending) = login_by_form.start().unwrap();
    login_by_form.finish(pending, Browser::new().visit_to_form(url.as_str()).await).await.unwrap();
    assert!(log_in(&login(&server, ResponseMode::Jwt).await.login_hint("deny")).await.unwrap_err().is_denied());

    let server = server_with(&key, registration(None));
    assert_refused(log_in(&login(&server, ResponseMode::Jwt).await).await, "not encrypted");
}

/// A native login has the key: it shows the page of what came of the login, and not that there was an answer.
#[tokio::test]
async fn the_page_after_an_encrypted_answer_says_what_came_of_the_login() {
    let key = key();
    for (hint, shown) in [("alice", "welcome"), ("deny", "as you like")] {
        let listener = LoopbackListener::builder()
            .page(LoopbackOutcome::LoggedIn, LoopbackPage::html("welcome"))
            .page(LoopbackOutcome::Refused, LoopbackPage::html("as you like"))
            .page(LoopbackOutcome::Answered, LoopbackPage::html("answered"));
        let listener = listener.bind().await.unwrap();
        let redirect_uri = listener.redirect_uri().unwrap();
        let server = server_with(
            &key,
            json!({
                "redirect_uris": [redirect_uri.as_str()],
                "application_type": "native",
                "response_modes": ["jwt"],
                "authorization_encrypted_response_alg": "ECDH-ES",
            }),
        );
        let client = builder(&server, "basic").decryption_key(key.clone()).authorization_encrypted_response_alg(ECDH);
        let login = client.discover(server.issuer()).await.unwrap().authorization_code(redirect_uri).unwrap();
        let login = login.scope("openid").response_mode(ResponseMode::Jwt).login_hint(hint).native(listener);
        let (send, page) = oneshot::channel();
        let outcome = login.open_with(move |url| {
            Handle::current().block_on(async {
                let callback = Browser::new().visit(url.as_str()).await;
                let own = reqwest::Client::builder().no_proxy().build().unwrap();
                let answer = own.get(callback).send().await.unwrap().text().await.unwrap();
                send.send(answer).unwrap();
            });
            Ok(())
        });
        let outcome = outcome.await;
        assert_eq!(page.await.unwrap(), shown);
        assert_eq!(outcome.is_ok(), hint == "alice", "{outcome:?}");
    }
}

#[tokio::test]
async fn an_encrypted_userinfo_answer_is_decrypted_and_then_verified() {
    let key = key();
    let fetched = async |registration: Value, required: bool| {
        let server = server_with(&key, registration);
        let mut builder = builder(&server, "basic").decryption_key(key.clone());
        if required {
            builder = builder.userinfo_encrypted_response_alg(ECDH);
        }
        let client = builder.discover(server.issuer()).await.unwrap();
        let done = log_in_as(&client).await.unwrap();
        client.userinfo().unwrap().fetch(done.token(), "alice").await
    };
    let nested = json!({ "userinfo_encrypted_response_alg": "ECDH-ES", "userinfo_signed_response_alg": "ES256" });
    for required in [true, false] {
        assert_eq!(fetched(nested.clone(), required).await.unwrap().subject(), "alice");
    }
    assert_refused(fetched(json!({}), true).await, "not encrypted");
    assert_refused(fetched(json!({ "userinfo_signed_response_alg": "ES256" }), true).await, "not encrypted");
}

#[tokio::test]
async fn an_encrypted_introspection_answer_is_asked_for_decrypted_and_verified() {
    let key = key();
    let client_of = async |server: &RealServer| {
        let builder = builder(server, "basic").decryption_key(key.clone()).introspection_encrypted_response_alg(ECDH);
        builder.discover(server.issuer()).await.unwrap()
    };
    let registration =
        json!({ "introspection_encrypted_response_alg": "ECDH-ES", "introspection_signed_response_alg": "ES256" });
    let server = server_with(&key, registration);
    let client = client_of(&server).await;
    let token = client.client_credentials().get_token().await.unwrap();
    let introspection = client.introspection().unwrap();
    for introspection in [introspection.clone(), introspection.signed()] {
        assert!(introspection.access_token(token.access_token().secret()).await.unwrap().active);
    }
    let server = server_with(&key, json!({ "introspection_signed_response_alg": "ES256" }));
    let client = client_of(&server).await;
    let token = client.client_credentials().get_token().await.unwrap();
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await;
    assert_refused(seen, "not encrypted");
}

/// `oidc-provider` 8 takes requests that are encrypted with the client secret, and no others; for those with a public key see
/// `encryption_by_others.rs`.
#[tokio::test]
async fn a_request_is_signed_and_then_encrypted_by_itself_and_pushed() {
    let signing = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("jar-1");
    let clients = json!([{ "client_id": "jar", "jwks": { "keys": [signing.public_jwk()] } }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &clients.to_string()).start();
    let client = server.confidential("jar").await;
    let unsigned = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let login = unsigned.clone().request_signer(signing).scope("openid").login_hint("bob");
    let named = |(algorithm, encryption): (&str, &str)| {
        login.clone().encrypt_request_with(algorithm.parse().unwrap(), encryption.parse().unwrap())
    };
    let all = ALGORITHMS.into_iter().zip(ENCRYPTIONS.into_iter().cycle());
    let symmetric = all.filter(|(name, _)| name.starts_with('A') || *name == "dir");
    for login in symmetric.map(named).chain([login.clone().encrypt_request()]) {
        let (url, pending) = login.start_signed().await.unwrap();
        let request = url.query_pairs().find(|(name, _)| name == "request").unwrap().1.into_owned();
        assert_eq!(request.split('.').count(), 5);
        let done = login.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();
        assert_eq!(done.claims().unwrap().subject(), "bob");
    }
    let login = login.encrypt_request();
    let (url, pending) = login.push().await.unwrap();
    let done = login.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "bob");

    let error = unsigned.encrypt_request().start_signed().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("request_signer"), "{error}");
}
