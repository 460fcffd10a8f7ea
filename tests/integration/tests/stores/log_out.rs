//! `log_out`: what is at the server is revoked, what is here and in the store is forgotten.

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, TokenStore};
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::support::{CALLBACK, FullClient, billing, log_in, server};

async fn login(client: &FullClient) -> grantkit::grant::Login {
    log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap()
}

/// Another process.
fn process(client: &FullClient, store: impl TokenStore) -> Credentials {
    client.stored_login("alice").credentials_builder().cache(&CredentialCache::new(16, None)).store(store).build()
}

/// What was revoked, in order.
fn revoked(server: &AuthorizationServer) -> Vec<(String, String)> {
    let requests = server.requests();
    let revocations = requests
        .iter()
        .filter_map(|request| Some((request.form_value("token_type_hint")?, request.form_value("token")?)));
    revocations.collect()
}

fn both(refresh_token: &RefreshToken, access_token: &str) -> Vec<(String, String)> {
    vec![
        ("refresh_token".to_owned(), refresh_token.secret().to_owned()),
        ("access_token".to_owned(), access_token.to_owned()),
    ]
}

#[tokio::test]
async fn log_out_revokes_the_refresh_token_that_is_in_the_store() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let login = login(&client).await;
    let refresh_token = login.token().refresh_token().unwrap().clone();
    login.credentials_builder("alice").cache(&CredentialCache::new(16, None)).store(store.clone()).await.unwrap();

    // A process that has had no more than the access token of it.
    let second = process(&client, store.clone());
    let token = second.token().await.unwrap();
    assert!(token.refresh_token().is_none(), "or this shows nothing");
    let requests = server.counters().token_requests;
    second.log_out(&client.revocation()).await.unwrap();
    assert_eq!(revoked(&server), both(&refresh_token, token.access_token().secret()));

    for credentials in [second, process(&client, store)] {
        assert!(credentials.token().await.unwrap_err().needs_login());
    }
    assert_eq!(server.counters().token_requests, requests, "nothing was renewed, nothing is sent that is over");
}

#[tokio::test]
async fn log_out_revokes_the_successor_that_another_process_has_got() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let first = login(&client).await.credentials_builder("alice").cache(&CredentialCache::new(16, None));
    let first = first.store(store.clone()).await.unwrap();
    let second = process(&client, store);
    second.token().await.unwrap();
    second.refresh().await.unwrap();
    first.log_out(&client.revocation()).await.unwrap();
    let of_refresh_token = revoked(&server).swap_remove(0).1;
    let spent: Vec<_> = server.requests().iter().filter_map(|request| request.form_value("refresh_token")).collect();
    assert!(!spent.contains(&of_refresh_token), "it is the newest, which nobody has spent");
    assert!(second.refresh().await.unwrap_err().needs_login());
    assert_eq!((server.counters().reused_refresh_tokens, server.counters().refresh_token), (0, 1));
}

#[tokio::test]
async fn log_out_forgets_what_cannot_be_revoked() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let credentials = login(&client).await.credentials_builder("alice").store(store.clone()).await.unwrap();
    server.faults().always("/revoke", Fault::status(500));
    let requests = server.counters().token_requests;
    assert!(credentials.log_out(&client.revocation()).await.is_err());
    assert!(credentials.token().await.unwrap_err().needs_login());
    assert!(process(&client, store).token().await.unwrap_err().needs_login());
    assert_eq!(server.counters().token_requests, requests);
}

#[tokio::test]
async fn log_out_without_a_store_revokes_both_tokens_and_renews_none() {
    let server = server().await;
    let client = billing(&server);
    let login = login(&client).await;
    let (refresh_token, access_token) =
        (login.token().refresh_token().unwrap().clone(), login.token().access_token().secret().to_owned());
    let credentials = login.credentials("log-out-without-a-store").await.unwrap();
    let requests = server.counters().token_requests;
    credentials.log_out(&client.revocation()).await.unwrap();
    assert_eq!(revoked(&server), both(&refresh_token, &access_token));
    assert!(credentials.token().await.unwrap_err().needs_login());
    assert_eq!(server.counters().token_requests, requests);
    // A second time there is nothing left to revoke.
    credentials.log_out(&client.revocation()).await.unwrap();
    assert_eq!(revoked(&server).len(), 2);
}

#[tokio::test]
async fn log_out_during_a_renewal_revokes_what_the_renewal_brings() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let credentials = login(&client).await.credentials_builder("alice").store(store).await.unwrap();
    server.faults().next("/token", 1, Fault::delay_answer(std::time::Duration::from_millis(100)));
    let renewal = tokio::spawn({
        let credentials = credentials.clone();
        async move { credentials.refresh().await }
    });
    crate::support::eventually("the renewal to be under way", async || {
        (server.counters().refresh_token == 1).then_some(())
    })
    .await;
    credentials.log_out(&client.revocation()).await.unwrap();
    let renewed = renewal.await.unwrap();
    let spent: Vec<_> = server.requests().iter().filter_map(|request| request.form_value("refresh_token")).collect();
    assert!(!spent.contains(&revoked(&server)[0].1), "the successor is what is revoked");
    drop(renewed);
    assert!(credentials.token().await.unwrap_err().needs_login());
}
