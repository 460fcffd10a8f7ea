//! One login, two resources (RFC 8707): each has its own access token, and both share the refresh token.

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::configured_refresh_token::log_in;
use crate::support::{CALLBACK, billing, server};

const MAIL: &str = "https://mail.example";
const FILES: &str = "https://files.example";

#[tokio::test]
async fn resources_of_a_stored_login_have_tokens_of_their_own() {
    let (server, store, cache) = (server().await, MemoryStore::new(), CredentialCache::new(16, None));
    let client = billing(&server);
    let code = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read");
    let login = log_in(&code.resource(MAIL).resource(FILES)).await;
    login.credentials_builder("alice").cache(&cache).store(store.clone()).await.unwrap();

    let of = |resource: &str| {
        let stored = client.stored_login("alice").resource(resource);
        stored.credentials_builder().cache(&cache).store(store.clone()).build()
    };
    let (mail, files) = (of(MAIL), of(FILES));
    let mut tokens = Vec::new();
    for _ in 0..2 {
        for credentials in [&mail, &files] {
            tokens.push(credentials.refresh().await.unwrap().access_token().secret().to_owned());
        }
    }
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 4);
    let requests = server.requests();
    let refreshes = requests.iter().filter(|request| request.form_value("refresh_token").is_some());
    let resources: Vec<_> = refreshes.map(|request| request.form_value("resource").unwrap()).collect();
    assert_eq!(resources, [MAIL, FILES, MAIL, FILES]);
    assert_eq!((server.counters().reused_refresh_tokens, server.counters().revoked_families), (0, 0));
}
