//! Introspection answers that are JWTs (RFC 9701).

use grantkit::Client;
use serde_json::json;

use crate::real_server::RealServer;
use crate::support::{Answer, ID, SECRET, Scripted, verdict};

#[tokio::test]
async fn a_signed_answer_is_asked_for_and_verified() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("signed-introspection").await;
    let introspection = client.introspection().unwrap().signed();
    let token = client.client_credentials().get_token().await.unwrap();
    let seen = introspection.access_token(token.access_token().secret()).await.unwrap();
    assert_eq!((seen.active, seen.client_id.as_deref()), (true, Some("signed-introspection")));
    assert!(!introspection.access_token("never-issued").await.unwrap().active);
}

#[tokio::test]
async fn an_answer_that_is_not_signed_is_refused() {
    let server = Scripted::start([]).await;
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .introspection_endpoint(&server.url("/introspect"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build();
    // {"alg":"none","typ":"token-introspection+jwt"}
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoidG9rZW4taW50cm9zcGVjdGlvbitqd3QifQ.e30.".to_owned();
    for body in [json!({ "active": true }).to_string(), unsigned, String::new()] {
        server.now_answer([Answer::status(200).body(body)]);
        let error = client.introspection().signed().access_token("t").await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{error}");
    }
    let asked = server.asked();
    assert_eq!(asked[0].header("accept"), Some("application/token-introspection+jwt"));
}
