use grantkit::Client;

use crate::real_server::RealServer;

#[tokio::test]
async fn a_secret_with_special_characters_arrives_in_a_header() {
    let server = RealServer::authlib().start();
    let client = server.confidential("basic").await;
    let token = client.client_credentials().scope("read").scope("write").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read write"));
    assert_eq!(token.expires_in().map(|lifetime| lifetime.as_secs()), Some(3600));
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert_eq!((seen.active, seen.client_id.as_deref()), (true, Some("basic")));
}

#[tokio::test]
async fn a_secret_with_special_characters_arrives_among_the_parameters() {
    let server = RealServer::authlib().start();
    let client = Client::builder()
        .client_id("post")
        .client_secret_post(server.secret())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    assert_eq!(client.client_credentials().scope("read").get_token().await.unwrap().scope(), Some("read"));
}

#[tokio::test]
async fn a_wrong_secret_is_a_matter_of_configuration() {
    let server = RealServer::authlib().start();
    let start = |id: &str| Client::builder().client_id(id);
    for client in [
        start("basic").client_secret_basic("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
        start("post").client_secret_post("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
        start("unknown").client_secret_basic("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
    ] {
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(error.oauth_code(), Some("invalid_client"), "{error}");
        assert!(error.is_configuration() && !error.is_retryable() && !error.needs_login());
        assert!(!format!("{error} {error:?}").contains("wrong"));
    }
}

#[tokio::test]
async fn a_grant_or_scope_that_is_not_allowed_is_a_matter_of_configuration() {
    let server = RealServer::authlib().start();
    let scope = server.confidential("basic").await.client_credentials().scope("fly").get_token().await.unwrap_err();
    assert_eq!(scope.oauth_code(), Some("invalid_scope"));
    let grant = server.confidential("code-only").await.client_credentials().get_token().await.unwrap_err();
    assert_eq!(grant.oauth_code(), Some("unauthorized_client"));
    assert!(scope.is_configuration() && grant.is_configuration());
}
