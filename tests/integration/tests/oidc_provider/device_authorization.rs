use grantkit::grant::DeviceAuthorization;

use crate::real_server::RealServer;

async fn device(server: &RealServer) -> DeviceAuthorization {
    server.public().await.device_authorization().unwrap().scope("openid").scope("offline_access")
}

#[tokio::test]
async fn a_person_agrees_on_another_device() {
    let server = RealServer::oidc_provider().start();
    let grant = device(&server).await;
    let mut pending = grant.start().await.unwrap();
    assert!(pending.verification_uri().starts_with(server.issuer()));
    assert!(pending.verification_uri_complete().unwrap().contains(pending.user_code()));

    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    server.person_agrees(pending.user_code()).await;
    let login = grant.poll(&mut pending).await.unwrap().unwrap();
    assert!(login.token().refresh_token().is_some());
    assert_eq!(login.claims().unwrap().subject(), "alice");

    // A device code is used once.
    assert_eq!(grant.poll(&mut pending).await.unwrap_err().oauth_code(), Some("invalid_grant"));
}

#[tokio::test]
async fn a_device_waits_until_the_person_agrees() {
    let server = RealServer::oidc_provider().start();
    let grant = device(&server).await;
    let pending = grant.start().await.unwrap();
    let code = pending.user_code().to_owned();
    let waiting = tokio::spawn(async move { grant.wait(pending).await });
    // Not before it has asked for the first time.
    while server.stats().await.token_errors("authorization_pending") == 0 {
        tokio::task::yield_now().await;
    }
    server.person_agrees(&code).await;
    let login = waiting.await.unwrap().unwrap();
    assert_eq!(login.claims().unwrap().subject(), "alice");

    // From here on the user has nothing to do.
    let credentials = login.credentials("on-another-device").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    let renewed = credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    assert_ne!(renewed.authorization(), headers.authorization());
}

#[tokio::test]
async fn a_code_that_was_not_entered_expires() {
    let server = RealServer::oidc_provider().setting("DEVICE_CODE_TTL", "1").start();
    let grant = device(&server).await;
    let error = grant.wait(grant.start().await.unwrap()).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
}

#[tokio::test]
async fn a_client_that_may_not_is_told_so() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("code-only").await;
    let error = client.device_authorization().unwrap().start().await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
}
