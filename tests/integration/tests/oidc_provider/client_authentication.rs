//! How a client proves who it is, by the server's own checks.

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::authorize::RedirectUri;
use grantkit::client_auth::{AssertionAudience, AssertionFile, AssertionSource};
use grantkit::credentials::Fingerprint;
use grantkit::keys::{HmacAlgorithm, Signer, SigningAlgorithm, SigningKey};
use grantkit::{Client, Result, SecretString};
use serde_json::json;

use crate::real_server::{CALLBACK, RealServer, log_in};

const ALGORITHMS: [SigningAlgorithm; 10] = [
    SigningAlgorithm::Rs256,
    SigningAlgorithm::Rs384,
    SigningAlgorithm::Rs512,
    SigningAlgorithm::Ps256,
    SigningAlgorithm::Ps384,
    SigningAlgorithm::Ps512,
    SigningAlgorithm::Es256,
    SigningAlgorithm::Es384,
    SigningAlgorithm::Es512,
    SigningAlgorithm::EdDsa,
];

/// A key for each, under the algorithm's name.
fn keys() -> Vec<SigningKey> {
    let new = |algorithm: SigningAlgorithm| SigningKey::generate(algorithm).unwrap().with_key_id(algorithm.name());
    ALGORITHMS.into_iter().map(new).collect()
}

/// A server that the client `private-key-jwt` gave the public halves of its keys to.
fn server_that_knows(keys: &[SigningKey]) -> RealServer {
    let jwks: Vec<_> = keys.iter().map(SigningKey::public_jwk).collect();
    let clients = json!([{
        "client_id": "private-key-jwt",
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": { "keys": jwks },
    }]);
    RealServer::oidc_provider().setting("CLIENTS", &clients.to_string()).start()
}

async fn discovered(server: &RealServer, key: &SigningKey) -> Client {
    Client::builder().client_id("private-key-jwt").signing_key(key.clone()).discover(server.issuer()).await.unwrap()
}

async fn assert_token(client: &Client, what: impl std::fmt::Debug) {
    let token = client.client_credentials().scope("read").get_token().await;
    assert_eq!(token.unwrap_or_else(|error| panic!("{what:?}: {error}")).scope(), Some("read"));
}

async fn assert_refused(client: &Client) {
    let error = client.client_credentials().scope("read").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_client"), "{error}");
    assert!(error.is_configuration() && !error.is_retryable() && !error.needs_login());
    assert!(!format!("{error} {error:?}").contains("eyJ"), "{error}");
}

#[tokio::test]
async fn an_assertion_is_accepted_by_each_algorithm() {
    let keys = keys();
    let server = server_that_knows(&keys);
    for key in &keys {
        assert_token(&discovered(&server, key).await, key.algorithm()).await;
    }
}

/// As one in a cloud: it is asked each time, and keeps the key to itself.
#[derive(Debug)]
struct KeyService(SigningKey);

#[async_trait]
impl Signer for KeyService {
    fn identity(&self) -> Fingerprint {
        self.0.identity()
    }

    fn algorithm(&self) -> SigningAlgorithm {
        self.0.algorithm()
    }

    fn key_id(&self) -> Option<&str> {
        self.0.key_id()
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let (key, message) = (self.0.clone(), message.to_vec());
        tokio::spawn(async move { key.sign(&message).await }).await.unwrap()
    }
}

#[tokio::test]
async fn an_assertion_is_accepted_that_a_key_service_signed() {
    let keys = keys();
    let server = server_that_knows(&keys);
    for key in keys {
        let algorithm = key.algorithm();
        let builder = Client::builder().client_id("private-key-jwt").private_key_jwt(KeyService(key));
        assert_token(&builder.discover(server.issuer()).await.unwrap(), algorithm).await;
    }
}

#[tokio::test]
async fn assertion_is_accepted_for_issuer_and_token_endpoint_alone() {
    let keys = [SigningKey::generate(SigningAlgorithm::Es256).unwrap()];
    let server = server_that_knows(&keys);
    let client = async |audience: AssertionAudience| {
        let builder = Client::builder().client_id("private-key-jwt").private_key_jwt(keys[0].clone());
        builder.assertion_audience(audience).discover(server.issuer()).await.unwrap()
    };
    assert_token(&client(AssertionAudience::Issuer).await, "issuer").await;
    assert_token(&client(AssertionAudience::TokenEndpoint).await, "token endpoint").await;
    assert_refused(&client(AssertionAudience::Exactly("https://elsewhere.example".to_owned())).await).await;
}

#[tokio::test]
async fn another_key_is_a_matter_of_configuration() {
    let algorithms = [SigningAlgorithm::Rs256, SigningAlgorithm::Es256, SigningAlgorithm::EdDsa];
    let server = server_that_knows(&algorithms.map(|algorithm| SigningKey::generate(algorithm).unwrap()));
    for algorithm in algorithms {
        assert_refused(&discovered(&server, &SigningKey::generate(algorithm).unwrap()).await).await;
    }
}

#[tokio::test]
async fn every_endpoint_takes_an_assertion_and_a_login_goes_on_with_them() {
    let key = SigningKey::generate(SigningAlgorithm::Ps256).unwrap();
    let server = server_that_knows(std::slice::from_ref(&key));
    let client = discovered(&server, &key).await;
    let token = client.client_credentials().scope("read").get_token().await.unwrap();
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert!(seen.active);
    client.revocation().unwrap().access_token(token.access_token()).await.unwrap();
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert!(!seen.active);

    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scopes(["openid", "read"]);
    log_in(&login).await.unwrap();
}

#[tokio::test]
async fn an_assertion_with_the_secret_is_accepted_by_each_algorithm() {
    let server = RealServer::oidc_provider().start();
    let start = || Client::builder().client_id("secret-jwt");
    for algorithm in [HmacAlgorithm::Hs256, HmacAlgorithm::Hs384, HmacAlgorithm::Hs512] {
        let client =
            start().client_secret_jwt_with(algorithm, server.secret()).discover(server.issuer()).await.unwrap();
        assert_token(&client, algorithm).await;
    }
    let wrong = "wrong and long enough for HS256: ......................";
    assert_refused(&start().client_secret_jwt(wrong).discover(server.issuer()).await.unwrap()).await;
}

#[tokio::test]
async fn a_secret_alone_is_used_in_the_way_that_the_metadata_lists() {
    let server = RealServer::oidc_provider().start();
    let client = Client::builder().client_id("basic").client_secret(server.secret()).discover(server.issuer());
    assert_token(&client.await.unwrap(), "basic").await;
}

/// Gives the same assertion whenever it is asked.
#[derive(Debug)]
struct Stale(SecretString);

#[async_trait]
impl AssertionSource for Stale {
    fn identity(&self) -> Fingerprint {
        Fingerprint::unique()
    }

    async fn assertion(&self, _: &str) -> Result<SecretString> {
        Ok(self.0.clone())
    }
}

/// An operator makes it, with another library.
fn assertion_from_outside(server: &RealServer, key: &jsonwebtoken::EncodingKey, id: &str) -> String {
    let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::ES256);
    header.typ = Some("JWT".to_owned());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let client = "private-key-jwt";
    let claims =
        json!({ "iss": client, "sub": client, "aud": server.issuer(), "iat": now, "exp": now + 60, "jti": id });
    jsonwebtoken::encode(&header, &claims, key).unwrap()
}

#[tokio::test]
async fn an_assertion_from_outside_is_accepted_once() {
    let pair = rcgen::KeyPair::generate().unwrap();
    let server = server_that_knows(&[SigningKey::from_pem(pair.serialize_pem()).unwrap()]);
    let key = jsonwebtoken::EncodingKey::from_ec_pem(pair.serialize_pem().as_bytes()).unwrap();
    let client = async |source: Arc<dyn AssertionSource>| {
        let builder = Client::builder().client_id("private-key-jwt").client_assertion(source);
        builder.discover(server.issuer()).await.unwrap()
    };
    let stale = client(Arc::new(Stale(assertion_from_outside(&server, &key, "one").into()))).await;
    assert_token(&stale, "first").await;
    // Which is why the SDK's own are new for each request.
    assert_refused(&stale).await;

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let kept_fresh = client(Arc::new(AssertionFile::new(&path))).await;
    for id in ["two", "three"] {
        std::fs::write(&path, assertion_from_outside(&server, &key, id)).unwrap();
        assert_token(&kept_fresh, id).await;
    }
}
