//! The server, its client, and the person who logs in.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use grantkit::client::Endpoints;
use grantkit::client::state::{Absent, Present};
use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit_testkit::{AuthorizationServer, AuthorizationServerBuilder};

use crate::commander::Worker;
use crate::job::{AfterLostResponse, Job, Place, Work};
use crate::steady::PROCESSES;
use crate::support::{self, CALLBACK, ID, SECRET, server_builder};

/// How long an access token lives: as long as it takes this machine to start the processes of a fleet one after the other, whatever
/// else it does, so that all of them can see each token.
pub(crate) fn lifetime() -> Duration {
    static LIFETIME: LazyLock<Duration> = LazyLock::new(|| {
        let (folder, began) = (tempfile::tempdir().unwrap(), Instant::now());
        let (place, work) = (Place::File(folder.path().to_owned()), Work::Once { logins: Vec::new(), killed_at: None });
        let issuer = "https://as.example".to_owned();
        Worker::start(&Job { place, issuer, work, after_lost_response: AfterLostResponse::Default }).end();
        let starts = began.elapsed() * u32::try_from(PROCESSES).unwrap();
        // Servers count whole seconds.
        Duration::from_secs(starts.as_secs()).clamp(SHORTEST, LONGEST)
    });
    *LIFETIME
}

const SHORTEST: Duration = Duration::from_secs(2);
/// Tests wait for some lives of it, and not for ever.
const LONGEST: Duration = Duration::from_secs(10);

/// Of ten minutes with ten token requests a second, and more.
const RECORDED: usize = 100_000;

pub(crate) async fn server(lifetime: Duration) -> AuthorizationServer {
    builder(lifetime).start().await.unwrap()
}

/// One that takes an old refresh token for a while after it has given a new one.
pub(crate) async fn server_with_grace(lifetime: Duration) -> AuthorizationServer {
    builder(lifetime).refresh_token_grace(GRACE).start().await.unwrap()
}

/// Longer than a lease, which the next process waits for, and a busy machine takes.
const GRACE: Duration = Duration::from_mins(1);

fn builder(lifetime: Duration) -> AuthorizationServerBuilder {
    server_builder().access_token_lifetime(lifetime).recorded_requests(RECORDED)
}

/// The same in every process.
pub(crate) fn client(issuer: &str) -> Client<Endpoints<Present, Absent, Absent, Absent, Absent, Present>> {
    let builder = Client::builder().client_id(ID).client_secret_basic(SECRET);
    let builder = builder.token_endpoint(&format!("{issuer}/token")).unwrap();
    builder.authorization_endpoint(&format!("{issuer}/authorize")).unwrap().issuer(issuer).unwrap().build()
}

/// A person logs in, and the store has it; gives its access token. With one that has expired where the next thing is to be a refresh.
pub(crate) async fn log_in(server: &AuthorizationServer, place: &Place, name: &str, is_expired: bool) -> String {
    log_in_by(server, &server.issuer(), place, name, is_expired).await
}

/// The same for processes that know the token endpoint by another address.
pub(crate) async fn log_in_by(
    server: &AuthorizationServer,
    token_issuer: &str,
    place: &Place,
    name: &str,
    is_expired: bool,
) -> String {
    let mut token = finished_login(&server.issuer(), "read").await;
    if is_expired {
        token = token.with_expires_at(SystemTime::now() - Duration::from_secs(1));
    }
    keep_login(token_issuer, place, name, &token).await;
    token.access_token().secret().to_owned()
}

/// A person has logged in, and no process knows of it yet.
pub(crate) async fn finished_login(issuer: &str, scope: &str) -> OAuthToken {
    let login = client(issuer).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope(scope);
    support::log_in(&login).await.unwrap().token().clone()
}

pub(crate) async fn keep_login(issuer: &str, place: &Place, name: &str, token: &OAuthToken) {
    let (stored, alone) = (client(issuer).stored_login(name).named(), CredentialCache::new(16, None));
    Credentials::builder(stored).cache(&alone).store(place.open()).with_token(token.clone()).await.unwrap();
}

/// Nothing of what the server takes for theft.
pub(crate) fn no_replay(server: &AuthorizationServer) {
    let counters = server.counters();
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0), "{counters:?}");
}

/// No refresh token was sent a third time, and each that came a second time has ended its login, once.
pub(crate) fn sent_at_most_twice(server: &AuthorizationServer) {
    let requests = server.requests();
    assert!(requests.len() < RECORDED, "or some are not seen here");
    let mut sent = BTreeMap::<String, usize>::new();
    for token in requests.iter().filter_map(|request| request.form_value("refresh_token")) {
        *sent.entry(token).or_default() += 1;
    }
    let counters = server.counters();
    assert!(sent.values().all(|times| *times <= 2), "{sent:?}");
    let twice = sent.values().filter(|times| **times == 2).count() as u64;
    assert!(counters.reused_refresh_tokens + counters.refresh_tokens_in_grace <= twice, "{counters:?}");
    assert_eq!(counters.reused_refresh_tokens, counters.revoked_families, "once for each login");
}
