//! Services that want the scope again in each refresh get that of the login, with what the program added to it.

use grantkit::ProviderClient;
use grantkit::authorize::RedirectUri;
use grantkit::store::MemoryStore;
use grantkit::token::RefreshToken;
use grantkit_providers::catalogue::Quirk;
use grantkit_testkit::provider;
use reqwest::header::LOCATION;

use crate::connect::data;
use crate::end_to_end::browser;

#[tokio::test]
async fn a_scope_that_a_login_added_is_repeated_by_its_refreshes() {
    let wanting: Vec<_> = data().filter(|entry| entry.has_quirk(Quirk::RefreshNeedsScope)).collect();
    assert!(wanting.len() >= 2, "okta and whoop, or this shows nothing");
    for entry in wanting {
        let played = provider(entry.name()).start().await.unwrap();
        let client = ProviderClient::connect(entry.name(), played.settings()).unwrap();
        let login = client.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap().scope("added");
        let (url, pending) = login.start().unwrap();
        let answer = browser().get(url.as_str()).send().await.unwrap();
        let done = login.finish(pending, answer.headers()[LOCATION].to_str().unwrap()).await.unwrap();
        let granted = done.token().refresh_token().and_then(RefreshToken::scope).unwrap().to_owned();
        assert!(granted.split(' ').any(|scope| scope == "added") && granted.contains(' '), "{granted}");
        let store = MemoryStore::new();
        done.credentials_in(store.clone(), "alice").await.unwrap().refresh().await.unwrap();
        // As another process does.
        let elsewhere = client.stored_login("alice").unwrap().credentials_in(store);
        elsewhere.token().await.unwrap();
        elsewhere.refresh().await.unwrap();
        let requests = played.requests();
        let refreshes = requests.iter().filter(|request| request.form_value("refresh_token").is_some());
        let scopes: Vec<_> = refreshes.map(|request| request.form_value("scope").unwrap()).collect();
        assert_eq!(scopes, [granted.as_str(); 2], "{}", entry.name());
    }
}
