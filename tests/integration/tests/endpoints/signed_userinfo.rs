//! Userinfo answers that are JWTs (OpenID Connect Core §5.3.2).

use grantkit::{Client, OAuthToken, RedirectUri};
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
