use crate::real_server::RealServer;

const PASSWORD: &str = "wonder land + 100%";

#[tokio::test]
async fn a_name_and_a_password_are_a_token_and_a_wrong_one_is_not() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let grant = client.danger_resource_owner_password("alice", PASSWORD).scope("read");
    assert_eq!(grant.get_token().await.unwrap().scope(), Some("read"));
    let error = client.danger_resource_owner_password("alice", "wrong").get_token().await.unwrap_err();
    assert_eq!((error.oauth_code(), error.needs_login()), (Some("invalid_grant"), true));
}

#[tokio::test]
async fn the_same_by_an_extension_grant() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let grant =
        client.extension_grant("password").parameter("username", "alice").secret_parameter("password", PASSWORD);
    assert!(grant.credentials("extension").token().await.is_ok());
    let error = client.extension_grant("urn:not:there").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("unsupported_grant_type"));
}
