//! What goes over the wire, to the byte. The shapes are those that servers are known to accept from other libraries,
//! in RFC form where those libraries depart from it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use grantkit::authorize::RedirectUri;
use grantkit::token::RefreshToken;
use grantkit::transport::Transport;
use grantkit::{Client, OAuthToken};
use grantkit_integration_tests::support;
use serde_json::json;

use support::{Answer, Asked, CALLBACK, ID, SECRET, Scripted, client_at};

/// All that a request has.
const HEADERS: [&str; 6] = ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
const HEADERS_WITHOUT_BASIC: [&str; 5] = ["accept", "content-length", "content-type", "host", "user-agent"];

async fn answering_with_tokens() -> Scripted {
    Scripted::start([Answer::token("t")]).await
}

fn assert_form_request(asked: &Asked, path: &str, body: &str) {
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", path));
    assert_eq!(asked.header("accept"), Some("application/json"));
    // Exactly so: some servers refuse a `; charset=utf-8`.
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.body(), body);
    assert_eq!(asked.header("content-length"), Some(body.len().to_string().as_str()));
}

fn basic_of(asked: &Asked) -> String {
    let encoded = asked.header("authorization").unwrap().strip_prefix("Basic ").unwrap();
    String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap()
}

#[tokio::test]
async fn client_credentials_with_basic_authentication() {
    let server = answering_with_tokens().await;
    let grant = client_at(&server.url("/token")).client_credentials().scope("read:invoices").scope("write");
    grant.audience("https://api.example").resource("urn:a b").parameter("x", "ä&=+%").get_token().await.unwrap();
    let asked = server.only();
    let body = "grant_type=client_credentials&scope=read%3Ainvoices+write&audience=https%3A%2F%2Fapi.example\
                &resource=urn%3Aa+b&x=%C3%A4%26%3D%2B%25";
    assert_form_request(&asked, "/token", body);
    assert_eq!(asked.header_names(), HEADERS);
    assert_eq!(basic_of(&asked), format!("{ID}:{SECRET}"));
}

#[tokio::test]
async fn client_credentials_with_the_secret_in_the_form() {
    let server = answering_with_tokens().await;
    let client = Client::builder()
        .client_id("a client")
        .client_secret_post("p&q=r+s/t ü")
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    client.client_credentials().scope("a").get_token().await.unwrap();
    let body = "grant_type=client_credentials&scope=a&client_id=a+client&client_secret=p%26q%3Dr%2Bs%2Ft+%C3%BC";
    assert_form_request(&server.only(), "/token", body);
    assert_eq!(server.only().header_names(), HEADERS_WITHOUT_BASIC);
}

#[tokio::test]
async fn id_and_secret_are_form_encoded_before_base64() {
    // RFC 6749 §2.3.1 and appendix B; most libraries leave it out, and then a colon in the ID breaks the pair.
    let cases = [
        ("billing", "s3cret", "billing:s3cret"),
        ("my:client", "s:e", "my%3Aclient:s%3Ae"),
        ("100%", "50%25", "100%25:50%2525"),
        ("a+b", "c+d", "a%2Bb:c%2Bd"),
        ("a b", " c ", "a+b:+c+"),
        ("jürgen", "пароль", "j%C3%BCrgen:%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C"),
        ("https://app.example/", "~-_.*", "https%3A%2F%2Fapp.example%2F:%7E-_.*"),
        ("a\r\nx: y", "\u{0}", "a%0D%0Ax%3A+y:%00"),
    ];
    for (id, secret, pair) in cases {
        let server = answering_with_tokens().await;
        let client = Client::builder().client_id(id).client_secret_basic(secret).token_endpoint(&server.url("/token"));
        client.unwrap().build().client_credentials().get_token().await.unwrap();
        assert_eq!(basic_of(&server.only()), pair);
        assert_eq!(server.only().body(), "grant_type=client_credentials");
    }
}

#[tokio::test]
async fn a_public_client_says_its_name_and_nothing_else() {
    let server = answering_with_tokens().await;
    let client = Client::builder().client_id("tool").public().token_endpoint(&server.url("/token")).unwrap().build();
    client.client_credentials().get_token().await.unwrap();
    assert_form_request(&server.only(), "/token", "grant_type=client_credentials&client_id=tool");
    assert_eq!(server.only().header_names(), HEADERS_WITHOUT_BASIC);
}

#[tokio::test]
async fn a_code_goes_with_its_redirect_uri_and_verifier() {
    let server = answering_with_tokens().await;
    let login = Client::builder()
        .client_id("app")
        .client_secret_post("s3")
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build()
        .authorization_code(RedirectUri::new("https://app.example/cb?x=1%202").unwrap())
        .scope("a")
        .audience("b");
    let (_, pending) = login.start().unwrap();
    let verifier = serde_json::to_value(&pending).unwrap()["code_verifier"].as_str().unwrap().to_owned();
    let callback = format!("code=SplxlOBeZQQYbYS6WxSbIA%2F%2B+x&state={}", pending.state());
    login.finish(pending, callback).await.unwrap();
    let body = format!(
        "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA%2F%2B+x\
         &redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fx%3D1%25202&code_verifier={verifier}&audience=b\
         &client_id=app&client_secret=s3"
    );
    assert_form_request(&server.only(), "/token", &body);
    assert_eq!(server.only().header_names(), HEADERS_WITHOUT_BASIC);
}

#[tokio::test]
async fn a_refresh_sends_the_refresh_token_and_no_scope() {
    let server = Scripted::start([
        Answer::json(
            200,
            &json!({ "access_token": "one", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "rt/+ 1" }),
        ),
        Answer::token("two"),
    ])
    .await;
    let login = Client::builder()
        .client_id("app")
        .client_secret_basic("s3")
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build()
        .authorization_code(RedirectUri::new(CALLBACK).unwrap())
        .scope("a")
        .resource("https://b.example");
    let (_, pending) = login.start().unwrap();
    let callback = format!("code=c&state={}", pending.state());
    let credentials = login.finish(pending, callback).await.unwrap().credentials("wire-refresh").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_form_request(
        &asked[1],
        "/token",
        "grant_type=refresh_token&refresh_token=rt%2F%2B+1&resource=https%3A%2F%2Fb.example",
    );
    assert_eq!(asked[1].header_names(), HEADERS);
}

#[tokio::test]
async fn revocation_and_introspection_hint_at_the_kind_of_token() {
    let server = Scripted::start([Answer::json(200, &json!({ "active": false }))]).await;
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint("https://as.example/token")
        .unwrap()
        .revocation_endpoint(&server.url("/revoke"))
        .unwrap()
        .introspection_endpoint(&server.url("/introspect"))
        .unwrap()
        .build();
    let token = OAuthToken::new("a/t+=").unwrap();
    client.revocation().access_token(token.access_token()).await.unwrap();
    client.revocation().refresh_token(&RefreshToken::new("r t")).await.unwrap();
    client.introspection().access_token("a/t+=").await.unwrap();
    client.introspection().refresh_token("r t").await.unwrap();
    let asked = server.asked();
    for (asked, (path, body)) in asked.iter().zip([
        ("/revoke", "token=a%2Ft%2B%3D&token_type_hint=access_token"),
        ("/revoke", "token=r+t&token_type_hint=refresh_token"),
        ("/introspect", "token=a%2Ft%2B%3D&token_type_hint=access_token"),
        ("/introspect", "token=r+t&token_type_hint=refresh_token"),
    ]) {
        assert_form_request(asked, path, body);
        assert_eq!(asked.header_names(), HEADERS);
        assert_eq!(basic_of(asked), format!("{ID}:{SECRET}"));
    }
}

#[tokio::test]
async fn userinfo_is_a_get_with_the_token_in_its_header() {
    let server = Scripted::start([Answer::json(200, &json!({ "sub": "alice" }))]).await;
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint("https://as.example/token")
        .unwrap()
        .userinfo_endpoint(&server.url("/userinfo?schema=openid"))
        .unwrap()
        .build();
    client.userinfo().fetch(&OAuthToken::new("a/t+=").unwrap(), "alice").await.unwrap();
    let asked = server.only();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/userinfo?schema=openid"));
    assert_eq!(asked.header("authorization"), Some("Bearer a/t+="));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header_names(), ["accept", "authorization", "host", "user-agent"]);
    assert_eq!(asked.body(), "");
}

#[tokio::test]
async fn what_is_configured_on_the_transport_goes_along() {
    let server = answering_with_tokens().await;
    let transport = Transport::builder().configure(|reqwest| reqwest.user_agent("billing/1.0")).build().unwrap();
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .transport(transport)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    client.client_credentials().get_token().await.unwrap();
    assert_eq!(server.only().header("user-agent"), Some("billing/1.0"));
}

#[tokio::test]
async fn a_server_is_told_what_asks_it() {
    let server = answering_with_tokens().await;
    let client = client_at(&server.url("/token"));
    client.client_credentials().get_token().await.unwrap();
    assert_eq!(server.only().header("user-agent"), Some(concat!("grantkit/", env!("CARGO_PKG_VERSION"))));
}

#[tokio::test]
async fn redirects_stay_off_whatever_is_configured_on_the_transport() {
    let server = Scripted::start([Answer::status(307).header("location", "/elsewhere"), Answer::token("t")]).await;
    let follow = |reqwest: reqwest::ClientBuilder| reqwest.redirect(reqwest::redirect::Policy::limited(5));
    let transport = Transport::builder().configure(follow).build().unwrap();
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .transport(transport)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    assert!(client.client_credentials().get_token().await.unwrap_err().is_invalid_response());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn nothing_is_sent_where_the_configuration_is_wrong() {
    let server = answering_with_tokens().await;
    let url = server.url("/token");
    let at = || Client::builder().token_endpoint(&url).unwrap();
    let wrong = [
        at().client_id("").client_secret_basic("s").build().client_credentials(),
        at().client_id(" \t").client_secret_basic("s").build().client_credentials(),
        at().client_id("a").client_secret_basic("").build().client_credentials(),
        at().client_id("a").client_secret_post("").build().client_credentials(),
        at().client_id("").public().build().client_credentials(),
        at().client_id("a").public().build().client_credentials().scope("a\"b"),
        at().client_id("a").public().build().client_credentials().parameter("client_id", "b"),
    ];
    for grant in wrong {
        let error = grant.get_token().await.unwrap_err();
        assert!(error.is_configuration() && !error.is_retryable(), "{error}");
    }
    assert_eq!(server.count(), 0);
}
