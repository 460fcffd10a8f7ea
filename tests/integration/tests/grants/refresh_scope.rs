//! The scope at servers that want to see it in each refresh: that of the login, wherever the login is found.

use grantkit::credentials::CredentialCache;
use grantkit::grant::Login;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, TokenStore};
use grantkit::token::StoredToken;
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::support::{CALLBACK, ID, LoginClient, SECRET, log_in, server, server_builder};

/// `billing` at that server, with or without the scope in refreshes.
fn client(server: &AuthorizationServer, repeats_scope: bool) -> LoginClient {
    let builder = Client::builder().client_id(ID).client_secret_basic(SECRET);
    let builder = if repeats_scope { builder.refresh_with_scope() } else { builder };
    let builder = builder.token_endpoint(&server.token_endpoint()).unwrap();
    let builder = builder.authorization_endpoint(&server.authorization_endpoint()).unwrap();
    builder.issuer(&server.issuer()).unwrap().build()
}

async fn logged_in(client: &LoginClient, scope: &str) -> Login {
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope(scope);
    log_in(&login).await.unwrap()
}

/// Another process, which has the newest token.
async fn process(client: &LoginClient, store: impl TokenStore) -> Credentials {
    let builder = client.stored_login("alice").credentials_builder().cache(&CredentialCache::new(16, None));
    let credentials = builder.store(store).build();
    credentials.token().await.unwrap();
    credentials
}

/// The scope of each refresh so far.
fn scopes(server: &AuthorizationServer) -> Vec<Option<String>> {
    let requests = server.requests();
    let refreshes = requests.iter().filter(|request| request.form_value("refresh_token").is_some());
    refreshes.map(|request| request.form_value("scope")).collect()
}

fn all(scope: &str, times: usize) -> Vec<Option<String>> {
    vec![Some(scope.to_owned()); times]
}

#[tokio::test]
async fn a_login_repeats_its_own_scope_in_every_process() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = client(&server, true);
    let here = logged_in(&client, "read write").await.credentials_in(store.clone(), "alice").await.unwrap();
    here.refresh().await.unwrap();
    for _ in 0..2 {
        let elsewhere = process(&client, store.clone()).await;
        assert_eq!(elsewhere.refresh().await.unwrap().scope(), Some("read write"));
    }
    assert_eq!(scopes(&server), all("read write", 3));
    // Another login under the name has another.
    let again = logged_in(&client, "read").await.credentials_in(store.clone(), "alice").await.unwrap();
    again.refresh().await.unwrap();
    process(&client, store).await.refresh().await.unwrap();
    assert_eq!(scopes(&server)[3..], all("read", 2));
}

#[tokio::test]
async fn a_login_of_one_process_repeats_its_own_scope_too() {
    let server = server().await;
    let client = client(&server, true);
    let credentials = logged_in(&client, "read write").await.credentials("repeats-its-scope").await.unwrap();
    credentials.refresh().await.unwrap();
    credentials.refresh().await.unwrap();
    assert_eq!(scopes(&server), all("read write", 2));
}

/// What the server granted counts, and what was asked for where it named nothing else (RFC 6749 §5.1).
#[tokio::test]
async fn the_granted_scope_is_repeated_or_else_the_requested_one() {
    for (named, repeated) in [(Some("read"), "read"), (None, "read write")] {
        let server = server().await;
        let client = client(&server, true);
        server.faults().next("/token", 1, Fault::edit_json(move |answer| answer["scope"] = named.into()));
        let store = MemoryStore::new();
        let credentials = logged_in(&client, "read write").await.credentials_in(store.clone(), "alice").await.unwrap();
        // Nor does the answer to a refresh, which names none.
        server.faults().next("/token", 1, Fault::edit_json(|answer| answer["scope"] = serde_json::Value::Null));
        credentials.refresh().await.unwrap();
        process(&client, store).await.refresh().await.unwrap();
        assert_eq!(scopes(&server), all(repeated, 2), "{named:?}");
    }
}

/// A refresh that asks for less takes nothing from the login (RFC 6749 §6).
#[tokio::test]
async fn a_refresh_that_asks_for_less_says_so_and_the_next_has_all_of_it() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = client(&server, true);
    let credentials = logged_in(&client, "read write").await.credentials_in(store.clone(), "alice").await.unwrap();
    let narrow = client.stored_login("alice").scope("read").credentials_in(store.clone());
    assert_eq!(narrow.refresh().await.unwrap().scope(), Some("read"));
    credentials.refresh().await.unwrap();
    process(&client, store).await.refresh().await.unwrap();
    assert_eq!(scopes(&server), [all("read", 1), all("read write", 2)].concat());
}

/// For a program that keeps the token by itself.
#[tokio::test]
async fn a_token_that_the_program_keeps_has_the_scope_of_its_login() {
    let server = server_builder().start().await.unwrap();
    let client = client(&server, true);
    server.faults().next("/token", 1, Fault::edit_json(|answer| answer["scope"] = serde_json::Value::Null));
    let login = logged_in(&client, "read write").await;
    assert_eq!(login.token().refresh_token().unwrap().scope(), Some("read write"));
    let kept = serde_json::to_string(&login.token().to_stored()).unwrap();
    let token = OAuthToken::try_from(serde_json::from_str::<StoredToken>(&kept).unwrap()).unwrap();
    let credentials = client.stored_login("alice").credentials_in(MemoryStore::new());
    credentials.put(token).await.unwrap();
    credentials.refresh().await.unwrap();
    assert_eq!(scopes(&server), all("read write", 1));
}

#[tokio::test]
async fn a_server_that_does_not_want_the_scope_does_not_get_it() {
    let server = server().await;
    let client = client(&server, false);
    let credentials = logged_in(&client, "read write").await.credentials("leaves-its-scope-out").await.unwrap();
    credentials.refresh().await.unwrap();
    assert_eq!(scopes(&server), [None]);
}
