//! `log_out` while other processes are at it too: what was to end does, and what has come since stays.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit_testkit::{AuthorizationServer, Fault};
use tokio::sync::Semaphore;

use crate::overtaken::StandingStill;
use crate::support::{CALLBACK, FullClient, billing, eventually, log_in, server};

/// A store that can be stopped just before it puts something, and can forget everything.
#[derive(Clone, Debug)]
struct HeldStore {
    behind: MemoryStore,
    held: Arc<Held>,
}

#[derive(Debug)]
struct Held {
    puts: Semaphore,
    waiting: Mutex<usize>,
    keys: Mutex<Vec<StoreKey>>,
}

const ALL: usize = 1000;

impl HeldStore {
    fn new() -> Self {
        let held = Held { puts: Semaphore::new(ALL), waiting: Mutex::default(), keys: Mutex::default() };
        Self { behind: MemoryStore::new(), held: Arc::new(held) }
    }

    /// Nothing is put from now on.
    fn hold(&self) {
        self.held.puts.forget_permits(ALL);
    }

    fn let_go(&self) {
        self.held.puts.add_permits(ALL);
    }

    async fn is_about_to_put(&self) {
        eventually("something is about to be put", async || (*self.held.waiting.lock().unwrap() > 0).then_some(()))
            .await;
    }

    /// `FLUSHALL`.
    async fn flush(&self) {
        let keys = self.held.keys.lock().unwrap().clone();
        for key in keys {
            self.behind.remove(&key).await.unwrap();
        }
    }
}

#[async_trait]
impl TokenStore for HeldStore {
    fn identity(&self) -> Fingerprint {
        self.behind.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.behind.get(key).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        self.held.keys.lock().unwrap().push(key.clone());
        *self.held.waiting.lock().unwrap() += 1;
        let permit = self.held.puts.acquire().await.unwrap();
        *self.held.waiting.lock().unwrap() -= 1;
        drop(permit);
        self.behind.put_if_newer(key, record).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.behind.remove(key).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        self.behind.lease(key, length).await
    }
}

/// Another process.
fn process(client: &FullClient, store: impl TokenStore) -> Credentials {
    client.stored_login("alice").credentials_builder().cache(&CredentialCache::new(16, None)).store(store).build()
}

/// One in which a person has just logged in.
async fn logged_in(client: &FullClient, store: impl TokenStore) -> (Credentials, RefreshToken) {
    let login = log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap();
    let refresh_token = login.token().refresh_token().unwrap().clone();
    let builder = login.credentials_builder("alice").cache(&CredentialCache::new(16, None));
    (builder.store(store).await.unwrap(), refresh_token)
}

fn revoked_refresh_tokens(server: &AuthorizationServer) -> Vec<String> {
    let requests = server.requests();
    let revocations =
        requests.iter().filter(|request| request.form_value("token_type_hint").as_deref() == Some("refresh_token"));
    revocations.filter_map(|request| request.form_value("token")).collect()
}

fn spent(server: &AuthorizationServer) -> Vec<String> {
    server.requests().iter().filter_map(|request| request.form_value("refresh_token")).collect()
}

/// A renewal that takes a while, and has arrived.
async fn slow_renewal(
    server: &AuthorizationServer,
    credentials: &Credentials,
) -> tokio::task::JoinHandle<Result<OAuthToken>> {
    let before = server.counters().refresh_token;
    server.faults().next("/token", 1, Fault::delay_answer(Duration::from_millis(300)));
    let credentials = credentials.clone();
    let renewal = tokio::spawn(async move { credentials.refresh().await });
    eventually("the renewal to be under way", async || (server.counters().refresh_token > before).then_some(())).await;
    renewal
}

#[tokio::test]
async fn of_two_who_log_out_at_once_both_are_and_the_refresh_token_is_revoked() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let (first, refresh_token) = logged_in(&client, store.clone()).await;
    let second = process(&client, store.clone());
    second.token().await.unwrap();
    let revocation = client.revocation();
    let (one, other) = tokio::join!(first.log_out(&revocation), second.log_out(&revocation));
    one.unwrap();
    other.unwrap();
    assert!(revoked_refresh_tokens(&server).iter().all(|revoked| revoked == refresh_token.secret()));
    assert!(!revoked_refresh_tokens(&server).is_empty());
    for credentials in [first, second, process(&client, store)] {
        assert!(credentials.token().await.unwrap_err().needs_login());
    }
    assert_eq!((server.counters().refresh_token, server.counters().revoked_families), (0, 1));
}

#[tokio::test]
async fn log_out_waits_for_a_refresh_elsewhere_and_revokes_its_token() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let (first, refresh_token) = logged_in(&client, store.clone()).await;
    let second = process(&client, store.clone());
    second.token().await.unwrap();
    let renewal = slow_renewal(&server, &second).await;
    first.log_out(&client.revocation()).await.unwrap();
    assert!(first.token().await.unwrap_err().needs_login());
    renewal.await.unwrap().unwrap();
    assert_eq!(spent(&server), [refresh_token.secret()]);
    assert!(revoked_refresh_tokens(&server)[0] != refresh_token.secret(), "its successor is what is revoked");
    assert!(second.refresh().await.unwrap_err().needs_login());
    assert!(process(&client, store).token().await.unwrap_err().needs_login());
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

/// Under the lease: what another process would get of the login meanwhile would outlive the logout.
#[tokio::test]
async fn no_process_renews_a_login_that_is_being_ended() {
    let (server, store) = (server().await, HeldStore::new());
    let client = billing(&server);
    let (first, refresh_token) = logged_in(&client, store.clone()).await;
    let second = process(&client, store.behind.clone());
    second.token().await.unwrap();
    store.hold();
    let logging_out = tokio::spawn({
        let revocation = client.revocation();
        async move { first.log_out(&revocation).await }
    });
    store.is_about_to_put().await;
    let renewal = tokio::spawn(async move { second.refresh().await });
    // It waits for the lease, which is not let go of before.
    tokio::time::sleep(Duration::from_millis(200)).await;
    store.let_go();
    logging_out.await.unwrap().unwrap();
    assert!(renewal.await.unwrap().unwrap_err().needs_login());
    assert_eq!((spent(&server).len(), revoked_refresh_tokens(&server)), (0, vec![refresh_token.secret().to_owned()]));
}

/// A process that has lost the lease without noticing stores the successor just as the other one says that the login is over.
#[tokio::test]
async fn successor_stored_during_a_log_out_is_revoked_and_removed() {
    let (server, store) = (server().await, HeldStore::new());
    let client = billing(&server);
    let (first, refresh_token) = logged_in(&client, store.clone()).await;
    let still = StandingStill::new(&store.behind);
    let second = process(&client, still.clone());
    second.token().await.unwrap();
    let renewal = tokio::spawn({
        let second = second.clone();
        async move { second.refresh().await }
    });
    still.is_there().await;
    store.hold();
    let logging_out = tokio::spawn({
        let revocation = client.revocation();
        async move { first.log_out(&revocation).await }
    });
    store.is_about_to_put().await;
    still.go_on();
    renewal.await.unwrap().unwrap();
    assert_eq!(spent(&server), [refresh_token.secret()]);
    let issued = server.counters().refresh_tokens_issued;
    store.let_go();
    logging_out.await.unwrap().unwrap();
    let revoked = revoked_refresh_tokens(&server);
    assert!(revoked.len() == 1 && revoked[0] != refresh_token.secret(), "the successor: {revoked:?}");
    for credentials in [process(&client, store.clone()), process(&client, store)] {
        assert!(credentials.token().await.unwrap_err().needs_login());
    }
    assert!(second.refresh().await.unwrap_err().needs_login());
    assert_eq!(server.counters().refresh_tokens_issued, issued, "no process has gone on with it");
}

/// The process that logs out waits for a renewal, and meanwhile a person logs in again.
#[tokio::test]
async fn a_login_that_comes_while_a_log_out_waits_stays() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let (first, _) = logged_in(&client, store.clone()).await;
    let second = process(&client, store.clone());
    second.token().await.unwrap();
    let renewal = slow_renewal(&server, &second).await;
    let before = first.token().await.unwrap();
    let logging_out = tokio::spawn({
        let (first, revocation) = (first.clone(), client.revocation());
        async move { first.log_out(&revocation).await }
    });
    // It has begun, and waits for the lease.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let (third, new) = logged_in(&client, store.clone()).await;
    logging_out.await.unwrap().unwrap();
    let _ = renewal.await.unwrap();

    assert!(!revoked_refresh_tokens(&server).is_empty(), "the old login is revoked");
    assert!(!revoked_refresh_tokens(&server).contains(&new.secret().to_owned()), "and not the new one");
    let of_new = third.token().await.unwrap();
    for credentials in [&first, &process(&client, store.clone())] {
        let token = credentials.token().await.unwrap();
        assert_eq!(token.access_token(), of_new.access_token());
        assert_ne!(token.access_token(), before.access_token());
    }
    third.refresh().await.unwrap();
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

/// A person logs in just as the process that logs out tells the store that the old login is over.
#[tokio::test]
async fn a_login_that_comes_just_before_the_end_of_the_old_one_is_stored_stays() {
    let (server, store) = (server().await, HeldStore::new());
    let client = billing(&server);
    let (first, old) = logged_in(&client, store.clone()).await;
    store.hold();
    let logging_out = tokio::spawn({
        let (first, revocation) = (first.clone(), client.revocation());
        async move { first.log_out(&revocation).await }
    });
    store.is_about_to_put().await;
    let (third, new) = logged_in(&client, store.behind.clone()).await;
    store.let_go();
    logging_out.await.unwrap().unwrap();
    assert_eq!(revoked_refresh_tokens(&server), [old.secret()]);
    third.refresh().await.unwrap();
    assert_eq!(spent(&server), [new.secret()]);
    let of_new = third.token().await.unwrap();
    for credentials in [&first, &process(&client, store.clone())] {
        assert_eq!(credentials.token().await.unwrap().access_token(), of_new.access_token());
    }
}

/// In one process: the person logs in again while the logout waits for a renewal.
#[tokio::test]
async fn a_login_of_the_same_process_that_comes_while_a_log_out_waits_stays() {
    for has_store in [false, true] {
        let (server, store) = (server().await, MemoryStore::new());
        let client = billing(&server);
        let login = async || {
            log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap()
        };
        let cache = CredentialCache::new(16, None);
        let builder = || client.stored_login("alice").credentials_builder().cache(&cache);
        let credentials = if has_store { builder().store(store.clone()).build() } else { builder().build() };
        credentials.put(login().await.token().clone()).await.unwrap();
        let renewal = slow_renewal(&server, &credentials).await;
        let logging_out = tokio::spawn({
            let (credentials, revocation) = (credentials.clone(), client.revocation());
            async move { credentials.log_out(&revocation).await }
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        let new = login().await.token().clone();
        credentials.put(new.clone()).await.unwrap();
        logging_out.await.unwrap().unwrap();
        let _ = renewal.await.unwrap();
        assert_eq!(credentials.token().await.unwrap().access_token(), new.access_token(), "store: {has_store}");
        credentials.refresh().await.unwrap();
        assert!(!revoked_refresh_tokens(&server).contains(&new.refresh_token().unwrap().secret().to_owned()));
        assert_eq!(server.counters().reused_refresh_tokens, 0);
    }
}

/// `FLUSHALL` before the store is told, and after.
#[tokio::test]
async fn a_store_that_is_emptied_during_a_log_out_brings_no_login_back() {
    for is_told in [false, true] {
        let (server, store) = (server().await, HeldStore::new());
        let client = billing(&server);
        let (first, refresh_token) = logged_in(&client, store.clone()).await;
        // It has the newest refresh token, and would put that back.
        let second = process(&client, store.clone());
        second.token().await.unwrap();
        second.refresh().await.unwrap();
        assert_eq!(spent(&server), [refresh_token.secret()]);
        if is_told {
            first.log_out(&client.revocation()).await.unwrap();
            store.flush().await;
        } else {
            store.hold();
            let logging_out = tokio::spawn({
                let (first, revocation) = (first.clone(), client.revocation());
                async move { first.log_out(&revocation).await }
            });
            store.is_about_to_put().await;
            store.flush().await;
            store.let_go();
            logging_out.await.unwrap().unwrap();
        }
        assert_eq!(revoked_refresh_tokens(&server).len(), 1);
        assert_ne!(revoked_refresh_tokens(&server)[0], refresh_token.secret(), "the newest");
        for credentials in [&first, &process(&client, store.clone())] {
            assert!(credentials.token().await.unwrap_err().needs_login(), "told: {is_told}");
        }
        assert!(second.refresh().await.unwrap_err().needs_login(), "told: {is_told}");
        assert!(process(&client, store.clone()).token().await.unwrap_err().needs_login());
        // A new login is as good as ever.
        let (third, _) = logged_in(&client, store.clone()).await;
        third.refresh().await.unwrap();
        assert_eq!(server.counters().reused_refresh_tokens, 0);
    }
}
