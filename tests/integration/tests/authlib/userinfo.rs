use super::refresh::logged_in;
use crate::real_server::RealServer;

#[tokio::test]
async fn the_claims_are_of_the_person_who_logged_in() {
    let server = RealServer::authlib().start();
    let client = server.confidential("basic").await;
    let userinfo = client.userinfo().unwrap();
    let done = logged_in(&server).await;
    assert_eq!(userinfo.fetch(done.token(), done.claims().unwrap().subject()).await.unwrap().subject(), "alice");
    assert!(userinfo.fetch(done.token(), "bob").await.unwrap_err().is_security());

    client.revocation().unwrap().access_token(done.token().access_token()).await.unwrap();
    let error = userinfo.fetch(done.token(), "alice").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}
