//! Logout (OpenID Connect RP-Initiated Logout).

use reqwest::header::LOCATION;

use crate::support::{builder, encode, http, login, text};

#[tokio::test]
async fn user_is_sent_to_a_registered_address_alone() {
    let server = builder().post_logout_redirect_uri("cli", "https://app.example/bye").start().await.unwrap();
    let hint = text(&login(&server, "openid").await, "id_token");
    let end = async |parameters: &[(&str, &str)]| {
        let url = format!("{}?{}", server.end_session_endpoint(), encode(parameters));
        http().get(url).send().await.unwrap()
    };
    let to = ("post_logout_redirect_uri", "https://app.example/bye");
    let back = end(&[("id_token_hint", &hint), to, ("state", "s-1")]).await;
    assert_eq!(back.status(), 302);
    assert_eq!(back.headers()[LOCATION], "https://app.example/bye?state=s-1");
    assert_eq!(end(&[("client_id", "cli"), to]).await.status(), 302);
    assert_eq!(end(&[("id_token_hint", &hint)]).await.status(), 200);
    assert_eq!(server.counters().logouts, 3);

    assert_eq!(end(&[to]).await.status(), 400, "nobody's address");
    assert_eq!(end(&[("id_token_hint", "e30.e30.e30"), to]).await.status(), 400);
    assert_eq!(end(&[("id_token_hint", &hint), ("client_id", "billing")]).await.status(), 400);
    let elsewhere = ("post_logout_redirect_uri", "https://evil.example/");
    assert_eq!(end(&[("id_token_hint", &hint), elsewhere]).await.status(), 400);
    assert_eq!(server.counters().logouts, 3);
}

#[tokio::test]
async fn client_of_an_unknown_name_has_no_address() {
    let error = builder().post_logout_redirect_uri("nobody", "https://app.example/bye").start().await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}
