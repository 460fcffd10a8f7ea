use grantkit::Client;
use grantkit::keys::{DpopKey, SigningAlgorithm, SigningKey};
use grantkit::transport::Transport;
use serde_json::{Value, json};

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
    assert!(error.to_string().contains("ES256") && error.to_string().contains("RS256, EdDSA"), "{error}");
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
    let key_of = |key| grantkit::credentials::CacheKey::of(&client(key).client_credentials().named("kept apart"));
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
