//! Logins: the authorization endpoint, PKCE and the redemption of codes.

use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use reqwest::header::LOCATION;

use crate::support::{
    BILLING_CALLBACK, CHALLENGE, CLI_CALLBACK, VERIFIER, ask, ask_as_cli, assert_error, authorize, cli_login, code,
    encode, form, http, json, query, redeem, server, text,
};

const BILLING_LOGIN: [(&str, &str); 3] =
    [("response_type", "code"), ("client_id", "billing"), ("redirect_uri", BILLING_CALLBACK)];

#[tokio::test]
async fn login_comes_back_with_code_state_and_issuer() {
    let server = server().await;
    let back = authorize(&server, &cli_login(&[("state", "x y&z"), ("scope", "openid a")])).await;
    assert!(back.as_str().starts_with(&format!("{CLI_CALLBACK}?")));
    assert_eq!(query(&back, "state").as_deref(), Some("x y&z"));
    assert_eq!(query(&back, "iss"), Some(server.issuer()));
    let answer = json(redeem(&server, &query(&back, "code").unwrap()).await).await;
    assert!(text(&answer, "access_token").starts_with("at_"));
    assert!(text(&answer, "refresh_token").starts_with("rt_"));
    assert_eq!(answer["scope"], "openid a");
    assert!(answer["id_token"].is_string());
}

#[tokio::test]
async fn login_by_post_works_too() {
    let server = server().await;
    let request = form(http().post(server.authorization_endpoint()), &cli_login(&[]));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 302);
    assert!(response.headers()[LOCATION].to_str().unwrap().contains("code="));
}

#[tokio::test]
async fn confidential_client_may_do_without_pkce() {
    let server = server().await;
    let code = code(&server, &BILLING_LOGIN).await;
    let redeem = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", BILLING_CALLBACK)];
    let downgraded = [&redeem[..], &[("code_verifier", VERIFIER)]].concat();
    assert_error(ask(&server, &downgraded).await, 400, "invalid_grant").await;
    assert_eq!(ask(&server, &redeem).await.status(), 200);
}

#[tokio::test]
async fn unknown_client_or_redirect_uri_is_a_page_and_no_redirect() {
    let server = server().await;
    let wrong = [
        vec![("response_type", "code"), ("redirect_uri", CLI_CALLBACK)],
        vec![("client_id", "nobody"), ("redirect_uri", CLI_CALLBACK)],
        vec![("client_id", "cli"), ("redirect_uri", "http://127.0.0.1:1/other")],
        vec![("client_id", "cli"), ("redirect_uri", "https://127.0.0.1/callback")],
        vec![("client_id", "cli"), ("redirect_uri", "http://localhost/callback")],
        vec![("client_id", "cli"), ("redirect_uri", "http://127.0.0.1/callback#f")],
        vec![("client_id", "billing"), ("redirect_uri", "https://app.example/cb/")],
        vec![("client_id", "billing"), ("redirect_uri", "https://app.example:8443/cb")],
    ];
    for parameters in wrong {
        let url = format!("{}?{}", server.authorization_endpoint(), encode(&parameters));
        let response = http().get(url).send().await.unwrap();
        assert_eq!(response.status(), 400, "{parameters:?}");
        assert!(response.headers().get(LOCATION).is_none());
    }
}

#[tokio::test]
async fn other_mistakes_go_back_to_the_client() {
    let server = server().await;
    let cli = [("client_id", "cli"), ("redirect_uri", CLI_CALLBACK), ("state", "s")];
    let wrong: [(&[(&str, &str)], &str); 7] = [
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[], "invalid_request"),
        (&[("response_type", "code")], "invalid_request"),
        (&[("response_type", "code"), ("code_challenge", VERIFIER)], "invalid_request"),
        (
            &[("response_type", "code"), ("code_challenge", VERIFIER), ("code_challenge_method", "plain")],
            "invalid_request",
        ),
        (&[("response_type", "code"), ("code_challenge", "x"), ("code_challenge_method", "S256")], "invalid_request"),
        (
            &[
                ("response_type", "code"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
                ("scope", "a\"b"),
            ],
            "invalid_scope",
        ),
    ];
    for (parameters, error) in wrong {
        let back = authorize(&server, &[&cli, parameters].concat()).await;
        assert_eq!(query(&back, "error").as_deref(), Some(error), "{parameters:?}");
        assert_eq!(query(&back, "state").as_deref(), Some("s"));
        assert_eq!(query(&back, "iss"), Some(server.issuer()));
        assert_eq!(query(&back, "code"), None);
    }
}

#[tokio::test]
async fn denied_login_comes_back_with_the_error_once() {
    let server = server().await;
    server.deny_next_login("access_denied");
    let back = authorize(&server, &cli_login(&[("state", "s")])).await;
    assert_eq!(query(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(query(&back, "state").as_deref(), Some("s"));
    assert!(query(&authorize(&server, &cli_login(&[])).await, "code").is_some());
}

#[tokio::test]
async fn wrong_or_missing_verifier_is_refused() {
    let server = server().await;
    let code = code(&server, &cli_login(&[])).await;
    let redeem_with = async |more: &[(&str, &str)]| {
        let usual = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CLI_CALLBACK)];
        ask_as_cli(&server, &[&usual, more].concat()).await
    };
    let wrong = "x".repeat(43);
    assert_error(redeem_with(&[]).await, 400, "invalid_grant").await;
    assert_error(redeem_with(&[("code_verifier", &wrong)]).await, 400, "invalid_grant").await;
    assert_error(redeem_with(&[("code_verifier", "short")]).await, 400, "invalid_request").await;
    assert_eq!(redeem_with(&[("code_verifier", VERIFIER)]).await.status(), 200);
}

#[tokio::test]
async fn code_is_bound_to_its_client_and_redirect_uri() {
    let server = server().await;
    let code = code(&server, &cli_login(&[])).await;
    let verified = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    assert_error(ask_as_cli(&server, &verified).await, 400, "invalid_grant").await;
    let other_port = [&verified[..], &[("redirect_uri", "http://127.0.0.1:1/callback")]].concat();
    assert_error(ask_as_cli(&server, &other_port).await, 400, "invalid_grant").await;
    let right = [&verified[..], &[("redirect_uri", CLI_CALLBACK)]].concat();
    assert_error(ask(&server, &right).await, 400, "invalid_grant").await;
    assert_eq!(ask_as_cli(&server, &right).await.status(), 200);
}

#[tokio::test]
async fn second_redemption_revokes_what_the_first_one_yielded() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let code = code(&server, &cli_login(&[])).await;
    let answer = json(redeem(&server, &code).await).await;
    let call = || http().get(api.url("/v1/whoami")).bearer_auth(text(&answer, "access_token")).send();
    assert_eq!(call().await.unwrap().status(), 200);
    assert_error(redeem(&server, &code).await, 400, "invalid_grant").await;
    assert_eq!(call().await.unwrap().status(), 401);
    assert_eq!(server.counters().reused_codes, 1);
    assert_eq!(server.counters().revoked_families, 1);
}

#[tokio::test]
async fn redirect_uri_may_be_left_out_where_only_one_is_registered() {
    let server = server().await;
    let back = authorize(&server, &BILLING_LOGIN[..2]).await;
    assert!(back.as_str().starts_with(BILLING_CALLBACK));
    let code = query(&back, "code").unwrap();
    let response = ask(&server, &[("grant_type", "authorization_code"), ("code", &code)]).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn wrong_registrations_do_not_start() {
    let unknown = AuthorizationServer::builder().redirect_uri("nobody", "https://app.example/cb").start().await;
    assert_eq!(unknown.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    let relative = AuthorizationServer::builder().public_client("cli", ["/callback"]).start().await;
    assert_eq!(relative.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
}
