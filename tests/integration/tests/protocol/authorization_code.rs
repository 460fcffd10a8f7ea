//! RFC 6749 §4.1 with PKCE (RFC 7636) and the issuer in the answer (RFC 9207).

mod received_code;
mod response;

use std::collections::HashSet;

use grantkit::authorize::RedirectUri;
use grantkit::{AuthorizationCode, Client};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use url::Url;

use crate::support::{
    Answer, Browser, CALLBACK, CLI_CALLBACK, Scripted, billing, cli, http_client, log_in, query, server, verdict,
};

fn login_of_billing(server: &AuthorizationServer) -> AuthorizationCode {
    billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap())
}

fn login_of_cli(server: &AuthorizationServer) -> AuthorizationCode {
    cli(server).authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap())
}

#[tokio::test]
async fn a_public_client_gets_a_token_for_the_person_who_logged_in() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let login = login_of_cli(&server).scope("read:invoices");
    let (url, pending) = login.start().unwrap();
    let back = Browser::new().log_in(&url).await;
    let done = login.finish(pending, &back).await.unwrap();
    assert_eq!(done.token().scope(), Some("read:invoices"));
    assert!(done.token().refresh_token().is_some());
    assert!(done.claims().is_none(), "no ID token was asked for");

    let request = http_client().get(api.url("/v1/whoami"));
    let response = request.header("authorization", done.token().authorization_header()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let exchange = server.requests().into_iter().find(|request| request.path == "/token").unwrap();
    let names: Vec<_> = exchange.form().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["grant_type", "code", "redirect_uri", "code_verifier", "client_id"]);
    assert_eq!(exchange.form_value("redirect_uri").as_deref(), Some(CLI_CALLBACK));
}

#[tokio::test]
async fn a_confidential_client_authenticates_and_uses_pkce_as_well() {
    let server = server().await;
    let login = login_of_billing(&server);
    let (url, pending) = login.start().unwrap();
    assert_eq!(query(&url, "code_challenge_method").as_deref(), Some("S256"));
    let back = Browser::new().log_in(&url).await;
    login.finish(pending, back.query().unwrap()).await.unwrap();
    let exchange = server.requests().into_iter().find(|request| request.path == "/token").unwrap();
    assert!(exchange.header("authorization").unwrap().starts_with("Basic "));
    assert_eq!(exchange.form_value("client_id"), None);
    assert_eq!(exchange.form_value("code_verifier").unwrap().len(), 43);
}

#[tokio::test]
async fn the_callback_may_be_a_url_a_query_or_a_query_with_its_question_mark() {
    let server = server().await;
    let login = login_of_cli(&server);
    for shape in [
        |back: &Url| back.to_string(),
        |back: &Url| back.query().unwrap().to_owned(),
        |back: &Url| format!("?{}", back.query().unwrap()),
        |back: &Url| format!("{}?{}", back.path(), back.query().unwrap()),
        |back: &Url| format!("{back}#_=_"),
    ] {
        let (url, pending) = login.start().unwrap();
        let back = Browser::new().log_in(&url).await;
        login.finish(pending, shape(&back)).await.unwrap();
    }
}

#[test]
fn the_address_of_the_login_page_has_all_that_the_server_needs() {
    let client = Client::builder()
        .client_id("a client & co")
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize?tenant=7")
        .unwrap()
        .build();
    let login = client
        .authorization_code(RedirectUri::new("https://app.example/cb?x=1").unwrap())
        .scopes(["a", "b"])
        .audience("https://api.example")
        .login_parameter("prompt", "login consent");
    let (url, pending) = login.start().unwrap();
    let parameters: Vec<_> = url.query_pairs().into_owned().collect();
    let names: Vec<_> = parameters.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "tenant",
            "response_type",
            "client_id",
            "state",
            "code_challenge",
            "code_challenge_method",
            "redirect_uri",
            "scope",
            "audience",
            "prompt"
        ]
    );
    let value = |name| query(&url, name).unwrap();
    assert_eq!((value("tenant"), value("response_type")), ("7".to_owned(), "code".to_owned()));
    assert_eq!(value("client_id"), "a client & co");
    assert_eq!(value("redirect_uri"), "https://app.example/cb?x=1");
    assert_eq!((value("scope"), value("prompt")), ("a b".to_owned(), "login consent".to_owned()));
    // 256 bits in base64url.
    assert_eq!((value("state").len(), value("code_challenge").len()), (43, 43));
    assert_eq!(value("state"), pending.state());
    assert_eq!(query(&url, "nonce"), None);
}

#[tokio::test]
async fn state_nonce_and_verifier_are_new_for_every_login() {
    let server = server().await;
    let login = login_of_billing(&server).scope("openid");
    let mut seen = HashSet::new();
    for _ in 0..50 {
        let (url, pending) = login.start().unwrap();
        let state = query(&url, "state").unwrap();
        assert_eq!(state, pending.state());
        for value in [state, query(&url, "nonce").unwrap(), query(&url, "code_challenge").unwrap()] {
            assert_eq!(value.len(), 43);
            assert!(seen.insert(value));
        }
    }
}

#[tokio::test]
async fn a_refusal_is_no_token_and_no_request() {
    let server = server().await;
    server.deny_next_login("access_denied");
    let login = login_of_cli(&server);
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("access_denied"));
    assert!(!error.is_retryable() && !error.is_configuration() && !error.is_security());
    assert_eq!(server.counters().token_requests, 0);
}

#[tokio::test]
async fn a_server_that_wants_the_person_to_act_says_so() {
    let server = server().await;
    for code in ["login_required", "interaction_required", "consent_required", "account_selection_required"] {
        server.deny_next_login(code);
        let login = login_of_cli(&server).login_parameter("prompt", "none");
        let error = log_in(&login).await.unwrap_err();
        assert_eq!((error.oauth_code(), verdict(&error)), (Some(code), vec!["needs login"]));
    }
}

/// RFC 6749 §3.1: an address that was copied from a browser, as a rule.
#[test]
fn a_parameter_in_the_endpoints_own_query_is_given_once() {
    let client = Client::builder().client_id("cli").public().token_endpoint("https://as.example/token").unwrap();
    let endpoint = "https://as.example/authorize?tenant=a%2Fb&client_id=other&scope=x";
    let client = client.authorization_endpoint(endpoint).unwrap().build();
    let login = client.authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap());
    let (url, _pending) = login.clone().scope("read").start().unwrap();
    let all = |name: &str| {
        url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (all("client_id"), all("scope"), all("tenant")),
        (vec!["cli".into()], vec!["read".into()], vec!["a/b".into()])
    );
    // What the request does not say stays as it stands there.
    let (url, _pending) = login.start().unwrap();
    assert!(url.as_str().contains("tenant=a%2Fb&scope=x"), "{url}");
}

/// A client that is registered for bound tokens, and does not know it: servers say so in the words of another error.
#[tokio::test]
async fn a_client_without_a_key_is_told_that_it_needs_one() {
    for (code, description) in [
        ("invalid_grant", "DPoP proof JWT not provided"),
        ("invalid_request", "a dpop proof is required"),
        ("invalid_dpop_proof", "no proof"),
    ] {
        let refusal = serde_json::json!({ "error": code, "error_description": description });
        let server = Scripted::start([Answer::json(400, &refusal)]).await;
        let client = Client::builder().client_id("cli").public().token_endpoint(&server.url("/token")).unwrap();
        let client = client.authorization_endpoint("https://as.example/authorize").unwrap().build();
        let login = client.authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap());
        let (_, pending) = login.start().unwrap();
        let callback = format!("code=c&state={}", pending.state());
        let error = login.finish(pending, callback).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{error}");
        assert!(!error.is_replay() && !error.to_string().contains("used before"), "{error}");
        assert!(error.to_string().contains("`.dpop(key)`") && error.to_string().contains(description), "{error}");
    }
}

#[tokio::test]
async fn audience_and_resource_go_with_the_login_and_with_the_code() {
    let server = server().await;
    let login = login_of_cli(&server).scope("a").audience("one").resource("https://two.example").parameter("x", "y");
    let login = login.login_parameter("login_hint", "alice");
    let (url, pending) = login.start().unwrap();
    login.finish(pending, Browser::new().log_in(&url).await).await.unwrap();
    let exchange = server.requests().into_iter().find(|request| request.path == "/token").unwrap();
    for (name, value) in [("audience", "one"), ("resource", "https://two.example"), ("x", "y")] {
        assert_eq!(query(&url, name).as_deref(), Some(value));
        assert_eq!(exchange.form_value(name).as_deref(), Some(value));
    }
    assert_eq!(query(&url, "login_hint").as_deref(), Some("alice"));
    assert_eq!((exchange.form_value("login_hint"), exchange.form_value("scope")), (None, None));
}

#[tokio::test]
async fn a_login_parameter_that_the_sdk_sets_is_refused() {
    let server = server().await;
    for name in [
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "client_secret",
    ] {
        for login in [login_of_cli(&server).login_parameter(name, "x"), login_of_cli(&server).parameter(name, "x")] {
            let error = login.start().unwrap_err();
            assert_eq!(verdict(&error), ["configuration"], "{name}");
            assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
        }
    }
}

/// More hangs on them than a parameter in a request, or they would be there twice (RFC 6749 §3.1, RFC 9101 §4).
#[tokio::test]
async fn what_has_a_method_of_its_own_comes_by_no_other_way() {
    let login = login_of_cli(&server().await).prompt(grantkit::authorize::Prompt::Login);
    for name in ["max_age", "response_mode", "request", "request_uri", "prompt"] {
        for login in [login.clone().login_parameter(name, "x"), login.clone().parameter(name, "x")] {
            let error = login.start().unwrap_err();
            assert!(error.is_configuration() && error.to_string().contains(&format!("`{name}`")), "{error}");
        }
    }
}

#[test]
fn an_empty_client_id_or_a_bad_scope_starts_no_login() {
    let login = |id: &str| {
        Client::builder()
            .client_id(id)
            .public()
            .token_endpoint("https://as.example/token")
            .unwrap()
            .authorization_endpoint("https://as.example/authorize")
            .unwrap()
            .build()
            .authorization_code(RedirectUri::new(CALLBACK).unwrap())
    };
    assert!(login(" ").start().unwrap_err().is_configuration());
    assert!(login("app").scope("a\"b").start().unwrap_err().is_configuration());
    assert!(login("app").scope("ab").start().is_ok());
}

#[test]
fn only_redirect_uris_that_are_safe_are_taken() {
    for good in [
        "https://app.example/callback",
        "https://app.example",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:4180/callback",
        "http://[::1]:4180/",
        "http://localhost:3000/cb",
        "com.example.app:/callback",
    ] {
        assert_eq!(RedirectUri::new(good).unwrap().as_str(), good, "it is sent as it stands");
    }
    for bad in [
        "",
        "/callback",
        "app.example/callback",
        "http://app.example/callback",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "https://app.example/callback#here",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "myapp:/callback",
        "https://",
    ] {
        assert!(RedirectUri::new(bad).unwrap_err().is_configuration(), "{bad}");
    }
}
