use grantkit::Client;

use crate::real_server::RealServer;

#[tokio::test]
async fn a_secret_full_of_special_characters_arrives_in_a_header() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let token = client.client_credentials().scope("read").scope("write").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read write"));
    assert_eq!(token.expires_in().map(|lifetime| lifetime.as_secs()), Some(3600));

    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert!(seen.active);
    assert_eq!((seen.client_id.as_deref(), seen.scope.as_deref()), (Some("basic"), Some("read write")));
    assert_eq!(seen.iss.as_deref(), Some(server.issuer()));
}

#[tokio::test]
async fn a_secret_full_of_special_characters_arrives_among_the_parameters() {
    let server = RealServer::oidc_provider().start();
    let client = Client::builder()
        .client_id("post")
        .client_secret_post(server.secret())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    let token = client.client_credentials().scope("read").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read"));
}

#[tokio::test]
async fn a_wrong_secret_is_a_matter_of_configuration() {
    let server = RealServer::oidc_provider().start();
    let start = || Client::builder().client_id("basic");
    for client in [
        start().client_secret_basic("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
        start().client_secret_post("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
        start().public().token_endpoint(&server.url("/token")).unwrap().build(),
    ] {
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(error.oauth_code(), Some("invalid_client"), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        assert!(error.is_configuration() && !error.is_retryable() && !error.needs_login());
        assert!(!format!("{error} {error:?}").contains("wrong"));
    }
}

#[tokio::test]
async fn a_scope_that_the_client_may_not_have_is_a_matter_of_configuration() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("read-only").await;
    assert_eq!(client.client_credentials().scope("read").get_token().await.unwrap().scope(), Some("read"));
    let error = client.client_credentials().scope("write").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_scope"));
    assert!(error.is_configuration());
}

#[tokio::test]
async fn a_token_is_for_the_api_that_it_was_asked_for() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let grant = client.client_credentials().scope("read");
    let token = grant.clone().resource("https://api.example/invoices").get_token().await.unwrap();
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert_eq!(seen.aud, ["https://api.example/invoices"]);

    let error = grant.resource("https://elsewhere.example/").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_target"));
    assert!(error.is_configuration());
}
