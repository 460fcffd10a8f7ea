use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::credentials::Fingerprint;
use grantkit::keys::{DpopKey, Signer, SigningAlgorithm, SigningKey};
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::bound;
use crate::support::{Answer, ID, Scripted, verdict};

async fn discovered(algorithms: &Value) -> grantkit::Result<()> {
    let server = Scripted::start([]).await;
    let mut document = json!({ "issuer": server.url(""), "token_endpoint": server.url("/token") });
    if !algorithms.is_null() {
        document["dpop_signing_alg_values_supported"] = algorithms.clone();
    }
    server.now_answer([Answer::json(200, &document)]);
    let client = Client::builder()
        .client_id(ID)
        .public()
        .dpop(SigningKey::generate(SigningAlgorithm::Es256).unwrap())
        .transport(Transport::builder().build().unwrap())
        .discover(&server.url(""))
        .await;
    client.map(drop)
}

#[tokio::test]
async fn a_key_for_an_algorithm_that_the_server_does_not_check_is_refused() {
    for fine in [Value::Null, json!([]), json!(["RS256", "ES256"])] {
        discovered(&fine).await.unwrap();
    }
    let error = discovered(&json!(["RS256", "EdDSA"])).await.unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    for told in ["ES256", "RS256, EdDSA", "`dpop_signing_alg_values_supported`", "give a key for one of those"] {
        assert!(error.to_string().contains(told), "{error}");
    }
}

/// Of the first proof that a client with this key sends to a server with this list.
async fn algorithm_of_a_proof(key: DpopKey, announced: &[&str]) -> String {
    let server = Scripted::start([]).await;
    let document = json!({
        "issuer": server.url(""),
        "token_endpoint": server.url("/token"),
        "dpop_signing_alg_values_supported": announced,
    });
    server.now_answer([Answer::json(200, &document), bound("t")]);
    let transport = Transport::builder().build().unwrap();
    let client = Client::builder().client_id(ID).client_secret("s").dpop(key).transport(transport);
    let client = client.discover(&server.url("")).await.unwrap();
    client.client_credentials().get_token().await.unwrap();
    let proof = server.asked()[1].header("dpop").unwrap().to_owned();
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(proof.split('.').next().unwrap()).unwrap()).unwrap();
    header["alg"].as_str().unwrap().to_owned()
}

/// Ed25519 at a key service.
#[derive(Debug)]
struct Elsewhere(SigningKey);

#[async_trait::async_trait]
impl Signer for Elsewhere {
    fn algorithm(&self) -> SigningAlgorithm {
        self.0.algorithm()
    }

    fn key_id(&self) -> Option<&str> {
        None
    }

    fn identity(&self) -> Fingerprint {
        self.0.identity()
    }

    async fn sign(&self, message: &[u8]) -> grantkit::Result<Vec<u8>> {
        self.0.sign(message).await
    }
}

#[tokio::test]
async fn a_key_goes_by_the_name_that_the_server_knows() {
    let key = |algorithm| SigningKey::generate(algorithm).unwrap();
    let ed25519 = [SigningAlgorithm::EdDsa, SigningAlgorithm::Ed25519];
    for (own, name) in ed25519.iter().flat_map(|own| ed25519.map(|name| (*own, name.name()))) {
        let here = key(own);
        let elsewhere = DpopKey::from_signer(Elsewhere(here.clone()), &here.public_jwk()).unwrap();
        for key in [DpopKey::from(here), elsewhere] {
            assert_eq!(algorithm_of_a_proof(key.clone(), &["ES256", name]).await, name);
            assert_eq!(
                algorithm_of_a_proof(key.clone(), &["EdDSA", "Ed25519"]).await,
                own.name(),
                "its own comes first"
            );
            assert_eq!(key.algorithm(), own, "the program's key stays what it was");
        }
    }
    let rsa = key(SigningAlgorithm::Rs256);
    assert_eq!(algorithm_of_a_proof(rsa.into(), &["PS256"]).await, "PS256");
}

#[tokio::test]
async fn tokens_that_are_bound_to_different_keys_or_to_none_are_kept_apart() {
    let client = |key: Option<&DpopKey>| {
        let builder = Client::builder().client_id(ID).public().token_endpoint("https://as.example/token").unwrap();
        match key {
            Some(key) => builder.dpop(key.clone()).build(),
            None => builder.build(),
        }
    };
    let (one, other) = (DpopKey::generate().unwrap(), DpopKey::generate().unwrap());
    let key_of =
        |key| grantkit::credentials::CacheKey::from_client(&client(key).client_credentials().named("kept apart"));
    let keys = [key_of(None), key_of(Some(&one)), key_of(Some(&other))];
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
    assert_eq!(key_of(Some(&one)), keys[1]);
}

#[test]
fn dpop_jkt_is_no_parameter_of_the_programs() {
    let client = Client::builder()
        .client_id(ID)
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build();
    let login = client.authorization_code(grantkit::authorize::RedirectUri::new(crate::support::CALLBACK).unwrap());
    let error = login.login_parameter("dpop_jkt", "mine").start().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`dpop_jkt`"), "{error}");
}
