//! RFC 6749 §4.4.

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit_testkit::{AuthorizationServer, ProtectedApi};

use crate::support::{Browser, ID, SECRET, billing, http_client, server, server_builder, verdict};

fn post_client(server: &AuthorizationServer, secret: &str) -> Client<Endpoints> {
    Client::builder().client_id(ID).client_secret_post(secret).token_endpoint(&server.token_endpoint()).unwrap().build()
}

#[tokio::test]
async fn a_token_got_with_basic_authentication_opens_the_api() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let token = billing(&server).client_credentials().scope("read:invoices").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read:invoices"));
    assert_eq!(token.expires_in().unwrap().as_secs(), 3600);
    assert!(token.refresh_token().is_none());

    let response = http_client()
        .get(api.url("/v1/whoami"))
        .header("authorization", token.authorization_header())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let request = &server.requests()[0];
    assert!(request.header("authorization").unwrap().starts_with("Basic "));
    assert_eq!((request.form_value("client_id"), request.form_value("client_secret")), (None, None));
}

#[tokio::test]
async fn a_token_comes_with_the_secret_in_the_form_too() {
    let server = server().await;
    post_client(&server, SECRET).client_credentials().get_token().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.form_value("client_id").as_deref(), Some(ID));
    assert_eq!(request.form_value("client_secret").as_deref(), Some(SECRET));
}

#[tokio::test]
async fn scopes_in_one_text_are_as_many_as_it_names() {
    let server = server().await;
    let grant = billing(&server).client_credentials().scope("a b").scopes("c  d").scopes(["e", "a f"]);
    grant.get_token().await.unwrap();
    assert_eq!(server.requests()[0].form_value("scope").as_deref(), Some("a b c d e f"));
    let list = ["a", "b", "c", "d", "e", "f"];
    assert_eq!(grant.identity(), billing(&server).client_credentials().scopes(list).identity());
    assert!(billing(&server).client_credentials().scope("").get_token().await.unwrap_err().is_configuration());
}

#[tokio::test]
async fn everything_that_is_asked_for_is_asked_for() {
    let server = server().await;
    let token = billing(&server)
        .client_credentials()
        .scope("a")
        .scopes(["b:c", "https://scope.example/d"])
        .audience("https://one.example")
        .audiences(["two"])
        .resource("https://three.example/?a=1&b=2")
        .parameter("organization", "Ünïcode & co")
        .get_token()
        .await
        .unwrap();
    assert_eq!(token.scope(), Some("a b:c https://scope.example/d"));
    let form = server.requests()[0].form();
    let expected = [
        ("grant_type", "client_credentials"),
        ("scope", "a b:c https://scope.example/d"),
        ("audience", "https://one.example"),
        ("audience", "two"),
        ("resource", "https://three.example/?a=1&b=2"),
        ("organization", "Ünïcode & co"),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn nothing_asked_for_sends_no_scope_at_all() {
    let server = server().await;
    let token = billing(&server).client_credentials().get_token().await.unwrap();
    assert_eq!(token.scope(), None);
    assert_eq!(server.requests()[0].form(), [("grant_type".to_owned(), "client_credentials".to_owned())]);
}

#[tokio::test]
async fn a_parameter_that_the_sdk_sets_is_refused_before_anything_is_sent() {
    let server = server().await;
    let reserved = [
        "grant_type",
        "client_id",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "code",
        "code_verifier",
        "device_code",
        "redirect_uri",
        "refresh_token",
        "scope",
        "state",
        "nonce",
        "response_type",
        "code_challenge",
        "code_challenge_method",
    ];
    for name in reserved {
        let error = billing(&server).client_credentials().parameter(name, "x").get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{name}: {error}");
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_scope_that_is_none_is_refused_before_anything_is_sent() {
    let server = server().await;
    for scope in ["", "a\tb", "a\"b", "a\\b", "ä", "a\n", "\u{7f}"] {
        let error = billing(&server).client_credentials().scope(scope).get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{scope:?}");
        assert!(error.to_string().contains(&format!("{scope:?}")), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_wrong_secret_is_a_mistake_in_the_configuration_either_way() {
    let server = server().await;
    let basic = Client::builder()
        .client_id(ID)
        .client_secret_basic("not-the-secret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build();
    for client in [basic, post_client(&server, "not-the-secret")] {
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert_eq!(error.oauth_code(), Some("invalid_client"));
        assert_eq!(error.status().unwrap(), 401);
        assert!(error.error_description().is_some());
        assert!(error.to_string().contains("check the client ID, the secret"), "{error}");
    }
    assert_eq!(server.counters().token_requests, 2, "it is not asked again");
}

#[tokio::test]
async fn a_scope_that_is_not_granted_names_itself() {
    let server = server_builder().allowed_scopes(["read"]).start().await.unwrap();
    let error = billing(&server).client_credentials().scope("write").get_token().await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_scope"), vec!["configuration"]));
    assert!(error.to_string().contains("check the scopes"), "{error}");
}

#[tokio::test]
async fn a_public_client_hears_that_the_grant_is_not_for_it() {
    let server = server().await;
    let client = Client::builder().client_id("cli").public().token_endpoint(&server.token_endpoint()).unwrap().build();
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("unauthorized_client"), vec!["configuration"]));
    assert_eq!(server.requests()[0].form_value("client_id").as_deref(), Some("cli"));
}

#[tokio::test]
async fn handles_of_one_name_share_a_token_only_if_they_ask_for_the_same() {
    let server = server().await;
    let client = billing(&server);
    let ask = || client.client_credentials().audience("https://api.example");
    let one = ask().scope("a").scope("b").credentials("sharing").token().await.unwrap();
    let same = ask().scope("b").scope("a").credentials("sharing").token().await.unwrap();
    let fewer = ask().scope("a").credentials("sharing").token().await.unwrap();
    let elsewhere = client.client_credentials().scopes(["a", "b"]).credentials("sharing").token().await.unwrap();
    assert_eq!(one.access_token(), same.access_token());
    assert_ne!(one.access_token(), fewer.access_token());
    assert_ne!(one.access_token(), elsewhere.access_token());
    assert_eq!(server.counters().client_credentials, 3);
}

#[tokio::test]
async fn a_parameter_named_like_a_part_of_the_cache_key_does_not_confuse_it() {
    let (one, other) = (server().await, server().await);
    // Each server's clients ask for a parameter that names the other server.
    let ask = |server: &AuthorizationServer, named: &AuthorizationServer| {
        let grant = billing(server).client_credentials().parameter("token_endpoint", named.token_endpoint());
        grant.credentials("confusing")
    };
    let first = ask(&one, &other).token().await.unwrap();
    let second = ask(&other, &one).token().await.unwrap();
    assert_ne!(first.access_token(), second.access_token());
}

#[tokio::test]
async fn the_token_endpoint_may_have_a_query_of_its_own() {
    let server = server().await;
    let endpoint = format!("{}?tenant=a%20b", server.token_endpoint());
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET).token_endpoint(&endpoint).unwrap().build();
    client.client_credentials().get_token().await.unwrap();
    assert_eq!(server.requests()[0].query.as_deref(), Some("tenant=a%20b"));
    // And the same page by a browser is no token.
    assert_eq!(Browser::new().get(&endpoint).await.status(), 405);
}
