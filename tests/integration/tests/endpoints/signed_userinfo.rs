//! Userinfo answers that are JWTs (OpenID Connect Core §5.3.2).

use grantkit::authorize::RedirectUri;
use grantkit::{Client, OAuthToken};
use serde_json::json;

use crate::real_server::{CALLBACK, RealServer, log_in};
use crate::support::{Answer, ID, SECRET, Scripted, verdict};

#[tokio::test]
async fn a_signed_answer_is_verified() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("signed-userinfo").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let done = log_in(&login.scope("openid").scope("email")).await.unwrap();
    let claims = client.userinfo().unwrap().fetch(done.token(), "alice").await.unwrap();
    assert_eq!(claims.get("email").unwrap(), "alice@example.com");
}

/// As the client is registered, and no other.
#[tokio::test]
async fn an_answer_is_accepted_by_the_algorithm_that_is_registered_alone() {
    let server = RealServer::oidc_provider().start();
    for (client_id, algorithm, is_accepted) in [
        ("signed-userinfo", "ES256", true),
        ("signed-userinfo", "RS256", false),
        ("signed-userinfo", "HS256", false),
        // It is plain.
        ("basic", "ES256", false),
    ] {
        let client = Client::builder()
            .client_id(client_id)
            .client_secret_basic(server.secret())
            .userinfo_signed_response_alg(algorithm)
            .discover(server.issuer())
            .await
            .unwrap();
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        let done = log_in(&login).await.unwrap();
        let fetched = client.userinfo().unwrap().fetch(done.token(), "alice").await;
        assert_eq!(fetched.is_ok(), is_accepted, "{client_id} {algorithm}");
        assert!(fetched.is_ok_and(|claims| claims.subject() == "alice") || !is_accepted);
    }
    let client = Client::builder().client_id(ID).public().userinfo_signed_response_alg("none");
    let client = client.discover(server.issuer()).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let error = login.start().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("\"none\""), "{error}");
}

#[tokio::test]
async fn an_answer_that_the_issuer_did_not_sign_is_refused() {
    let server = Scripted::start([]).await;
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .userinfo_endpoint(&server.url("/userinfo"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build();
    // {"alg":"none"} and {"alg":"HS256"}; {"iss":"https://as.example","aud":"billing","sub":"alice"}
    let claims = "eyJpc3MiOiJodHRwczovL2FzLmV4YW1wbGUiLCJhdWQiOiJiaWxsaW5nIiwic3ViIjoiYWxpY2UifQ";
    let rs256 = format!("eyJhbGciOiJSUzI1NiJ9.{claims}.AAAA");
    for jwt in
        [format!("eyJhbGciOiJub25lIn0.{claims}."), format!("eyJhbGciOiJIUzI1NiJ9.{claims}.AAAA"), rs256, String::new()]
    {
        let jwks = Answer::json(200, &json!({ "keys": [] }));
        let userinfo = Answer::status(200).header("content-type", "application/jwt; charset=utf-8").body(jwt);
        server.now_answer([userinfo, jwks]);
        let error = client.userinfo().fetch(&OAuthToken::new("t").unwrap(), "alice").await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{error}");
    }
}
