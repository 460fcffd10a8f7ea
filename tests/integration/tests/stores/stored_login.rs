//! A command-line tool: the first run logs in, the next ones go on.

use std::time::Duration;

use grantkit::credentials::{CredentialCache, CredentialsBuilder};
use grantkit::grant::{Login, StoredLogin};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::ManualClock;

use crate::faulty_store::{Fault, FaultyStore};
use crate::support::{CALLBACK, FullClient, billing, log_in, server, server_builder};

async fn login(client: &FullClient) -> Login {
    log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid").scope("read")).await.unwrap()
}

/// The next run: a new process, a new client, a new cache.
fn next_run(stored: StoredLogin, store: &MemoryStore) -> Credentials {
    run(stored, store).build()
}

fn run(stored: StoredLogin, store: &MemoryStore) -> CredentialsBuilder {
    Credentials::builder(stored.named()).cache(&CredentialCache::new(16, None)).store(store.clone())
}

#[tokio::test]
async fn the_next_run_finds_the_login_of_an_earlier_one() {
    let (server, store) = (server().await, MemoryStore::new());
    let first = login(&billing(&server)).await.credentials_in(store.clone(), "the-next-run").await.unwrap();
    let token = first.token().await.unwrap();
    let requests = server.counters().token_requests;

    let second = next_run(billing(&server).stored_login("the-next-run"), &store);
    assert_eq!(second.token().await.unwrap().access_token(), token.access_token());
    assert_eq!(server.counters().token_requests, requests, "nobody was asked");

    let headers = second.headers().await.unwrap();
    second.refresh_rejected_token(&headers).await.unwrap().unwrap();
    first.refresh_rejected_token(&first.headers().await.unwrap()).await.unwrap().unwrap();
    assert_eq!(server.counters().refresh_token, 1, "the first run takes what the second has got");
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

#[tokio::test]
async fn without_a_login_one_is_needed() {
    let (server, store) = (server().await, MemoryStore::new());
    let credentials = next_run(billing(&server).stored_login("nobody"), &store);
    let error = credentials.token().await.unwrap_err();
    assert!(error.needs_login(), "{error}");
    assert_eq!(server.counters().token_requests, 0);
}

#[tokio::test]
async fn users_are_kept_apart_by_their_names() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let alice = login(&client).await;
    server.set_user(grantkit_testkit::User::new("bob"));
    let bob = login(&client).await;
    assert_ne!(alice.claims().unwrap().subject(), bob.claims().unwrap().subject());
    let of_alice = alice.token().access_token().clone();
    let of_bob = bob.token().access_token().clone();
    alice.credentials_in(store.clone(), "apart-alice").await.unwrap();
    bob.credentials_in(store.clone(), "apart-bob").await.unwrap();
    for (name, token) in [("apart-alice", of_alice), ("apart-bob", of_bob)] {
        let found = next_run(client.stored_login(name), &store).token().await.unwrap();
        assert_eq!(found.access_token(), &token, "{name}");
    }
}

#[tokio::test]
async fn other_clients_and_other_servers_find_nothing() {
    let (one, other, store) = (server().await, server().await, MemoryStore::new());
    login(&billing(&one)).await.credentials_in(store.clone(), "elsewhere").await.unwrap();
    assert!(next_run(billing(&other).stored_login("elsewhere"), &store).token().await.unwrap_err().needs_login());
    let public = Client::builder().client_id("cli").public().token_endpoint(&one.token_endpoint()).unwrap().build();
    assert!(next_run(public.stored_login("elsewhere"), &store).token().await.unwrap_err().needs_login());
    assert_eq!(one.counters().refresh_token + other.counters().refresh_token, 0);
}

#[tokio::test]
async fn one_login_is_asked_for_less_in_several_ways() {
    let (server, store) = (server().await, MemoryStore::new());
    login(&billing(&server)).await.credentials_in(store.clone(), "less").await.unwrap();
    let [read, openid] =
        ["read", "openid"].map(|scope| next_run(billing(&server).stored_login("less").scope(scope), &store));
    let (read, openid) = tokio::join!(read.token(), openid.token());
    assert_eq!(read.unwrap().scope(), Some("read"));
    assert_eq!(openid.unwrap().scope(), Some("openid"));
    assert_eq!(server.counters().refresh_token, 2);
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

/// Ten copies of a tool that are started together.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn copies_that_are_started_together_make_one_request() {
    let server = server_builder().latency(Duration::from_millis(50)).start().await.unwrap();
    let (store, clock) = (MemoryStore::new(), ManualClock::new());
    let builder = login(&billing(&server)).await.credentials_builder("copies").clock(clock.clone());
    builder.store(store.clone()).await.unwrap();
    clock.advance(Duration::from_hours(1));
    let copies = (0..10).map(|_| run(billing(&server).stored_login("copies"), &store).clock(clock.clone()).build());
    let mut tasks: tokio::task::JoinSet<_> =
        copies.map(|copy| async move { copy.token().await.unwrap().access_token().secret().to_owned() }).collect();
    let first = tasks.join_next().await.unwrap().unwrap();
    while let Some(token) = tasks.join_next().await {
        assert_eq!(token.unwrap(), first);
    }
    assert_eq!(server.counters().refresh_token, 1);
}

/// OpenID Connect Core §12.2, also where the login is of another run.
#[tokio::test]
async fn a_refresh_that_brings_another_person_is_refused() {
    let (server, store) = (server().await, MemoryStore::new());
    login(&billing(&server)).await.credentials_in(store.clone(), "same-person").await.unwrap();
    server.set_id_token_claim("sub", "mallory");
    let credentials = next_run(billing(&server).stored_login("same-person"), &store);
    let error = credentials.refresh_rejected_token(&credentials.headers().await.unwrap()).await.unwrap_err();
    assert!(error.is_security(), "{error}");
}

/// A login under a name replaces the one before, in all processes, and for good.
#[tokio::test]
async fn another_person_may_log_in_under_the_name() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    login(&client).await.credentials_in(store.clone(), "kiosk").await.unwrap();
    let elsewhere = next_run(client.stored_login("kiosk"), &store);
    elsewhere.token().await.unwrap();
    server.set_user(grantkit_testkit::User::new("bob"));
    let of_bob = login(&client).await.credentials_in(store.clone(), "kiosk").await.unwrap();
    for credentials in [&of_bob, &elsewhere] {
        let headers = credentials.headers().await.unwrap();
        credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    }
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

/// The store is told when a refresh token is being sent, and not while the server does not listen.
#[tokio::test]
async fn a_refresh_token_that_cannot_be_sent_is_not_marked() {
    let (server, store) = (server().await, MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let login = login(&billing(&server)).await;
    let credentials = login.credentials_in(faulty.clone(), "nobody-listens").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    drop(server);
    faulty.set(Fault::None);
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert!(error.is_connect() && !error.needs_login(), "{error:?}");
    // get, lease, get, get, put why it failed, release: neither a mark nor its taking back.
    assert_eq!(faulty.calls(), 6);
}
