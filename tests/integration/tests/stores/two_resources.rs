//! One login, two resources (RFC 8707): each has its own access token, and both share the refresh token.

use grantkit::credentials::CredentialCache;
use grantkit::grant::StoredLogin;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::support::{CALLBACK, billing, log_in, server};

const MAIL: &str = "https://mail.example";
const FILES: &str = "https://files.example";

#[tokio::test]
async fn resources_of_a_stored_login_have_tokens_of_their_own() {
    let (server, store, cache) = (server().await, MemoryStore::new(), CredentialCache::new(16, None));
    let client = billing(&server);
    let code = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read");
    let login = log_in(&code.resource(MAIL).resource(FILES)).await.unwrap();
    login.credentials_builder("alice").cache(&cache).store(store.clone()).await.unwrap();

    let of = |resource: &str| {
        let stored = client.stored_login("alice").logged_in_for([FILES, MAIL]).resource(resource);
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

/// "Call two APIs with one login", as it is printed.
#[allow(clippy::needless_pass_by_value, reason = "as it is printed")]
mod guide {
    include!("two_apis_of_the_guide.rs");

    use crate::support::{CALLBACK, billing, log_in, server};
    use grantkit::store::MemoryStore;

    #[test]
    fn two_apis_of_the_guide_are_those_that_are_called_here() {
        let guide = include_str!("../../../../sdk/src/guide.md");
        assert!(guide.contains(&format!("```rust\n{}```\n", include_str!("two_apis_of_the_guide.rs"))));
    }

    #[tokio::test]
    async fn two_apis_of_the_guide_have_a_token_each_of_one_login() {
        let (server, store) = (server().await, MemoryStore::new());
        let client = billing(&server).erased();
        let login = log_in(&login(&client, RedirectUri::new(CALLBACK).unwrap()).unwrap()).await.unwrap();
        let user = "alice of the guide";
        login.credentials_in(store.clone(), user).await.unwrap();
        let [mail, files] = apis(&client, store, user).unwrap();
        let (mail, files) = (mail.credentials().token().await.unwrap(), files.credentials().token().await.unwrap());
        assert_ne!(mail.access_token().secret(), files.access_token().secret());
        let requests = server.requests();
        let asked: Vec<_> = requests.iter().filter_map(|request| request.form_value("resource")).collect();
        assert!(asked.ends_with(&["https://mail.example".to_owned(), "https://files.example".to_owned()]), "{asked:?}");
        assert_eq!((server.counters().refresh_token, server.counters().reused_refresh_tokens), (2, 0));
    }
}

/// One person, two APIs with a login each: that of one is not spent for tokens of the other, whichever came last.
#[tokio::test]
async fn login_for_one_api_is_not_found_for_another() {
    let (server, store) = (server().await, MemoryStore::new());
    let client = billing(&server);
    let log_in_for = async |resource: &str| {
        let code = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read").resource(resource);
        let cache = CredentialCache::new(16, None);
        log_in(&code).await.unwrap().credentials_builder("alice").cache(&cache).store(store.clone()).await.unwrap()
    };
    let of = |resource: Option<&str>| {
        let stored = resource.into_iter().fold(client.stored_login("alice"), StoredLogin::resource);
        stored.credentials_builder().cache(&CredentialCache::new(16, None)).store(store.clone()).build()
    };
    log_in_for(FILES).await;
    for other in [Some(MAIL), None] {
        assert!(of(other).token().await.unwrap_err().needs_login(), "{other:?}");
    }
    log_in_for(MAIL).await;
    // Each refreshes by its own refresh token.
    let (mail, files) = (of(Some(MAIL)), of(Some(FILES)));
    let spent = async |credentials: &Credentials| {
        // Otherwise it would take what another process has refreshed.
        credentials.token().await.unwrap();
        credentials.refresh().await.unwrap();
        let requests = server.requests();
        requests.iter().filter_map(|request| request.form_value("refresh_token")).next_back().unwrap()
    };
    assert_ne!(spent(&files).await, spent(&mail).await);
    assert_eq!((server.counters().refresh_token, server.counters().reused_refresh_tokens), (2, 0));
    // Each is logged out by itself.
    mail.clear().await.unwrap();
    assert!(of(Some(MAIL)).token().await.unwrap_err().needs_login());
    of(Some(FILES)).refresh().await.unwrap();
}
