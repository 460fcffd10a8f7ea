//! The server, its client, and the person who logs in.

use std::time::{Duration, SystemTime};

use grantkit::client::Endpoints;
use grantkit::client::state::{Absent, Present};
use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit_testkit::AuthorizationServer;

use crate::job::Place;
use crate::support::{Browser, CALLBACK, ID, SECRET, server_builder};

/// How long an access token lives.
pub(crate) const LIFETIME: Duration = Duration::from_secs(2);

pub(crate) async fn server(lifetime: Duration) -> AuthorizationServer {
    server_builder().access_token_lifetime(lifetime).start().await.unwrap()
}

/// The same in every process.
pub(crate) fn client(issuer: &str) -> Client<Endpoints<Present, Absent, Absent, Absent, Absent, Present>> {
    let builder = Client::builder().client_id(ID).client_secret_basic(SECRET);
    let builder = builder.token_endpoint(&format!("{issuer}/token")).unwrap();
    builder.authorization_endpoint(&format!("{issuer}/authorize")).unwrap().issuer(issuer).unwrap().build()
}

/// A person logs in, and the store has it; gives its access token. With one that has expired where the next thing is to be a refresh.
pub(crate) async fn log_in(server: &AuthorizationServer, place: &Place, name: &str, is_expired: bool) -> String {
    let client = client(&server.issuer());
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read");
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().log_in(&url).await;
    let mut token = login.finish(pending, callback).await.unwrap().token().clone();
    if is_expired {
        token = token.with_expires_at(SystemTime::now() - Duration::from_secs(1));
    }
    let stored = client.stored_login(name).named();
    let alone = CredentialCache::new(16, None);
    Credentials::builder(stored).cache(&alone).store(place.open()).with_token(token.clone()).await.unwrap();
    token.access_token().secret().to_owned()
}

/// Nothing of what the server takes for theft.
pub(crate) fn no_replay(server: &AuthorizationServer) {
    let counters = server.counters();
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0), "{counters:?}");
}
