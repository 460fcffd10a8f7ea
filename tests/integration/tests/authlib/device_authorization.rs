use std::time::Duration;

use grantkit::grant::DeviceAuthorization;

use crate::real_server::RealServer;

async fn device(server: &RealServer) -> DeviceAuthorization {
    server.public().await.device_authorization().unwrap().scope("read")
}

#[tokio::test]
async fn a_person_agrees_on_another_device() {
    let server = RealServer::authlib().start();
    let grant = device(&server).await;
    let mut pending = grant.start().await.unwrap();
    assert!(pending.verification_uri_complete().unwrap().contains(pending.user_code()));
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    server.person_agrees(pending.user_code()).await;
    let login = grant.poll(&mut pending).await.unwrap().unwrap();
    let token = login.token();
    assert_eq!(token.scope(), Some("read"));
    assert!(token.refresh_token().is_some());
}

/// The interval is as long as the test's patience, so that the second poll comes too early however slow the machine is.
#[tokio::test]
async fn a_device_that_polls_too_often_slows_down() {
    let server = RealServer::authlib().setting("POLL_INTERVAL", "100").start();
    let grant = device(&server).await;
    let mut pending = grant.start().await.unwrap();
    assert_eq!(pending.interval(), Duration::from_secs(100));
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    assert_eq!(pending.interval(), Duration::from_secs(105));
    let stats = server.stats().await;
    assert_eq!((stats.token_errors("authorization_pending"), stats.token_errors("slow_down")), (1, 1));
}

#[tokio::test]
async fn a_device_waits_at_the_pace_that_the_server_asks_for() {
    let server = RealServer::authlib().start();
    let grant = device(&server).await;
    let pending = grant.start().await.unwrap();
    let code = pending.user_code().to_owned();
    let waiting = tokio::spawn(async move { grant.wait(pending).await });
    while server.stats().await.token_errors("authorization_pending") < 2 {
        tokio::task::yield_now().await;
    }
    server.person_agrees(&code).await;
    assert_eq!(waiting.await.unwrap().unwrap().token().scope(), Some("read"));
    assert_eq!(server.stats().await.token_errors("slow_down"), 0);
}
