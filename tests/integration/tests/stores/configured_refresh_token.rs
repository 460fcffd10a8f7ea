//! A refresh token that a program was configured with, and the server replaces.

use std::time::Duration;

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::{AuthorizationServer, Fault, ManualClock};

use crate::support::{CALLBACK, billing, log_in, server};

fn process(server: &AuthorizationServer, configured: &RefreshToken, scope: &str, store: &MemoryStore) -> Credentials {
    let grant = billing(server).refresh_token_grant(configured.clone()).scope(scope).named("robot");
    Credentials::builder(grant).cache(&CredentialCache::new(16, None)).store(store.clone()).build()
}

#[tokio::test]
async fn its_successor_outlasts_the_process() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let login = log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read").scope("write"))
        .await
        .unwrap();
    let configured = login.token().refresh_token().unwrap().clone();
    for scope in ["read", "write", "read", "write"] {
        let credentials = process(&server, &configured, scope, &store);
        let headers = credentials.headers().await.unwrap();
        credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    }
    // To clear a token is not to forget what became of the configuration.
    let credentials = process(&server, &configured, "read", &store);
    credentials.clear().await.unwrap();
    credentials.token().await.unwrap();
    assert_eq!(server.counters().reused_refresh_tokens, 0);
    assert_eq!(server.counters().revoked_families, 0);
}

/// Each name has access tokens of its own; all of them go on from the newest refresh token, and end with it.
#[tokio::test]
async fn one_under_two_names_is_sent_once_and_logged_out_once() {
    for store in [None, Some(MemoryStore::new())] {
        let server = server().await;
        let client = billing(&server);
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read").scope("write");
        let configured = log_in(&login).await.unwrap().token().refresh_token().unwrap().clone();
        let of = |name: &str, scope: &str| {
            let grant = client.refresh_token_grant(configured.clone()).scope(scope).named(name);
            let builder = Credentials::builder(grant).cache(&CredentialCache::new(1, None));
            match &store {
                Some(store) => builder.store(store.clone()).build(),
                None => builder.build(),
            }
        };
        let (mail, files) = (of("mail", "read"), of("files", "write"));
        for credentials in [&mail, &files, &mail, &files] {
            credentials.refresh().await.unwrap();
        }
        assert_eq!(mail.token().await.unwrap().scope(), Some("read"));
        assert_eq!(files.token().await.unwrap().scope(), Some("write"));
        let counters = server.counters();
        assert_eq!((counters.refresh_token, counters.reused_refresh_tokens, counters.revoked_families), (4, 0, 0));
        // Clearing the token of one name leaves that of the other.
        mail.clear().await.unwrap();
        mail.token().await.unwrap();
        files.refresh().await.unwrap();

        mail.log_out(&client.revocation()).await.unwrap();
        files.token().await.unwrap();
        for credentials in [&mail, &files] {
            assert!(credentials.refresh().await.unwrap_err().needs_login());
        }
        assert_eq!(server.counters().reused_refresh_tokens, 0);
    }
}

/// Nor where there is no store: what the process knows of it stays.
#[tokio::test]
async fn clearing_does_not_bring_the_configured_one_back() {
    let server = server().await;
    let login =
        log_in(&billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap();
    let configured = login.token().refresh_token().unwrap().clone();
    let grant = billing(&server).refresh_token_grant(configured).scope("read").named("cleared robot");
    let credentials = Credentials::builder(grant).cache(&CredentialCache::new(1, None)).build();
    for _ in 0..3 {
        credentials.token().await.unwrap();
        credentials.clear().await.unwrap();
    }
    assert_eq!((server.counters().refresh_token, server.counters().reused_refresh_tokens), (3, 0));
}

/// What the process knows counts, not what it was configured with.
#[tokio::test]
async fn its_successor_outlasts_the_store_and_the_cache() {
    let (server, store) = (server().await, MemoryStore::new());
    let login =
        log_in(&billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap();
    let configured = login.token().refresh_token().unwrap().clone();
    for store in [store.clone(), store, MemoryStore::new(), MemoryStore::new()] {
        let credentials = process(&server, &configured, "read", &store);
        let headers = credentials.headers().await.unwrap();
        credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    }
    let grant = billing(&server).refresh_token_grant(configured.clone()).scope("read").named("robot");
    Credentials::builder(grant.clone()).cache(&CredentialCache::new(1, None)).build().token().await.unwrap();
    grant.get_token().await.unwrap();
    assert_eq!(server.counters().reused_refresh_tokens, 0);
    assert_eq!(server.counters().revoked_families, 0);
}

/// Also when its access token has ended, as no other process can begin with it but with the configured one, which is spent.
#[tokio::test]
async fn its_successor_outlasts_a_store_that_is_emptied_later() {
    let (server, clock) = (server().await, ManualClock::new());
    let login =
        log_in(&billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap();
    let configured = login.token().refresh_token().unwrap().clone();
    for _ in 0..3 {
        let grant =
            billing(&server).refresh_token_grant(configured.clone()).scope("read").named("robot of a lost store");
        let builder = Credentials::builder(grant).cache(&CredentialCache::new(1, None)).clock(clock.clone());
        builder.store(MemoryStore::new()).build().token().await.unwrap();
        clock.advance(Duration::from_hours(1));
    }
    assert_eq!((server.counters().refresh_token, server.counters().reused_refresh_tokens), (3, 0));
}

#[tokio::test]
async fn after_a_lost_answer_it_is_sent_once_more_and_the_configured_one_never() {
    for store in [None, Some(MemoryStore::new())] {
        let server = server().await;
        let login = log_in(&billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read"))
            .await
            .unwrap();
        let configured = login.token().refresh_token().unwrap().clone();
        let credentials = || {
            let grant = billing(&server).refresh_token_grant(configured.clone()).scope("read").named("robot");
            let builder = Credentials::builder(grant).cache(&CredentialCache::new(1, None));
            match &store {
                Some(store) => builder.store(store.clone()).build(),
                None => builder.build(),
            }
        };
        credentials().token().await.unwrap();
        let first = credentials();
        let headers = first.headers().await.unwrap();
        server.faults().next("/token", 1, Fault::lose_answer());
        assert!(first.refresh_rejected_token(&headers).await.unwrap_err().needs_login());
        let counters = server.counters();
        for _ in 0..2 {
            assert!(credentials().token().await.is_ok_and(|_| store.is_some()) || store.is_none());
        }
        // The successor once more, which this server takes for theft; the configured one not at all.
        assert_eq!(counters.reused_refresh_tokens, 1);
        assert_eq!(server.counters().reused_refresh_tokens, 1);
    }
}

/// As the error says: no request follows from what the configuration still has.
#[tokio::test]
async fn one_that_was_refused_by_mistake_is_sent_again_once_it_is_put_in_anew() {
    for store in [None, Some(MemoryStore::new())] {
        let server = server().await;
        let login = log_in(&billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read"))
            .await
            .unwrap();
        let configured = login.token().refresh_token().unwrap().clone();
        let grant = billing(&server).refresh_token_grant(configured.clone()).scope("read").named("robot");
        let builder = Credentials::builder(grant).cache(&CredentialCache::new(1, None));
        let credentials = match store {
            Some(store) => builder.store(store).build(),
            None => builder.build(),
        };
        server.faults().next("/token", 1, Fault::respond(400, r#"{"error":"invalid_grant"}"#));
        assert!(credentials.token().await.unwrap_err().needs_login());
        credentials.clear().await.unwrap();
        let requests = server.counters().refresh_token;
        let error = credentials.token().await.unwrap_err();
        assert!(error.needs_login() && error.to_string().contains("credentials.put("), "{error}");
        assert_eq!(server.counters().refresh_token, requests);
        let expired = OAuthToken::new("none").unwrap().with_refresh_token(configured);
        credentials.put(expired.with_expires_at(std::time::SystemTime::UNIX_EPOCH)).await.unwrap();
        credentials.token().await.unwrap();
        assert_eq!(server.counters().refresh_token, requests + 1);
    }
}

#[tokio::test]
async fn one_that_is_over_is_not_sent_again() {
    let (server, store) = (server().await, MemoryStore::new());
    let login =
        log_in(&billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap();
    let configured = login.token().refresh_token().unwrap().clone();
    process(&server, &configured, "read", &store).token().await.unwrap();
    server.revoke_all_refresh_tokens();
    let requests = server.counters().refresh_token;
    for _ in 0..3 {
        let credentials = process(&server, &configured, "read", &store);
        let headers = credentials.headers().await.unwrap();
        assert!(credentials.refresh_rejected_token(&headers).await.unwrap_err().needs_login());
    }
    assert_eq!(server.counters().refresh_token, requests + 1);
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}
