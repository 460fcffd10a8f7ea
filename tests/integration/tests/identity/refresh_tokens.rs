//! A refresh token belongs to what it was got with, as its access token does.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use grantkit::credentials::{CredentialCache, Fingerprint, InnerClient, RefreshKey};
use grantkit::keys::DpopKey;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, TokenStore as _};
use grantkit::token::RefreshToken;
use grantkit::transport::{Responder, Transport};
use grantkit_integration_tests::source::text;

use crate::authentication::{key, other_key};

/// Makes a client where it stands, as a macro of a program's own does; its refresh token tells whose it is.
macro_rules! refreshed_partner {
    ($token:literal, $fingerprint:expr) => {{
        #[derive(Clone)]
        struct Partner;

        #[async_trait]
        impl OAuthClient for Partner {
            async fn get_token(&self) -> Result<OAuthToken> {
                Ok(OAuthToken::new($token)?.with_refresh_token(concat!("of-", $token)))
            }

            async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
                OAuthToken::new(format!("refreshed-{}", refresh_token.secret()))
            }

            fn fingerprint(&self) -> Fingerprint {
                let fingerprint: fn() -> Option<Fingerprint> = $fingerprint;
                fingerprint().unwrap_or_else(Fingerprint::of_type::<Self>)
            }
        }

        Partner
    }};
}

#[tokio::test]
async fn two_types_of_one_name_spend_no_refresh_token_of_each_other() {
    let (one, other) = (refreshed_partner!("one", || None), refreshed_partner!("other", || None));
    assert_eq!(std::any::type_name_of_val(&one), std::any::type_name_of_val(&other));
    assert_eq!(text(&one.credentials()).await.unwrap(), "one");
    assert_eq!(text(&other.credentials()).await.unwrap(), "other", "not what the refresh token of the first brings");
    assert_eq!(one.credentials().refresh().await.unwrap().access_token().secret(), "refreshed-of-one");
    assert_eq!(other.credentials().refresh().await.unwrap().access_token().secret(), "refreshed-of-other");
}

/// A client that another one wraps is known to the process by more than the text of its refresh key.
#[tokio::test]
async fn what_wraps_two_types_of_one_name_spends_no_refresh_token_of_the_other() {
    let (one, other) = (refreshed_partner!("one", || None), refreshed_partner!("other", || None));
    let cache = CredentialCache::new(100, None);
    let wrapped: [(&str, Arc<dyn OAuthClient>); 4] = [
        ("one", Arc::new(Arc::new(one.clone()))),
        ("other", Arc::new(Arc::new(other.clone()))),
        ("one", Arc::new(ProviderClient::new(one).with_extra("project", "p"))),
        ("other", Arc::new(ProviderClient::new(other).with_extra("project", "p"))),
    ];
    let first = Credentials::builder(Arc::clone(&wrapped[0].1)).cache(&cache).build();
    assert_eq!(text(&first).await.unwrap(), "one");
    for (place, (token, client)) in wrapped.into_iter().enumerate().skip(1) {
        let credentials = Credentials::builder(client).cache(&cache).build();
        let brought = text(&credentials).await.unwrap();
        assert!(brought.ends_with(token), "{place}: {brought}");
    }
}

/// One of the bound clients of a service, each with a key of its own and nothing else that tells them apart.
#[derive(Clone)]
struct Bound(DpopKey);

#[async_trait]
impl OAuthClient for Bound {
    fn name(&self) -> &'static str {
        "bound"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let key = self.0.thumbprint();
        Ok(OAuthToken::new(format!("got-{key}"))?.with_refresh_token(key))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        OAuthToken::new(format!("refreshed-{}", refresh_token.secret()))
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self(_) = self;
        Fingerprint::of_type::<Self>()
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        Some(self.0.clone())
    }
}

#[tokio::test]
async fn a_refresh_token_is_spent_with_the_key_that_it_is_bound_to() {
    let keys = [DpopKey::from(key()), DpopKey::from(other_key())];
    for store in [None, Some(MemoryStore::new())] {
        for caches in [1, 2] {
            let caches: Vec<_> = (0..caches).map(|_| CredentialCache::new(100, None)).collect();
            for (number, key) in keys.iter().enumerate() {
                let builder = Credentials::builder(Bound(key.clone())).cache(&caches[number % caches.len()]);
                let credentials = match &store {
                    Some(store) => builder.store(store.clone()).build(),
                    None => builder.build(),
                };
                assert!(text(&credentials).await.unwrap().ends_with(key.thumbprint()));
                let refreshed = credentials.refresh().await.unwrap();
                assert_eq!(refreshed.access_token().secret(), format!("refreshed-{}", key.thumbprint()));
            }
        }
    }
}

/// Shares one login with others, of which one cannot be told from others.
struct OfOneLogin(Fingerprint);

#[async_trait]
impl OAuthClient for OfOneLogin {
    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(OAuthToken::new("access")?.with_refresh_token("refresh"))
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self(fingerprint) = self;
        *fingerprint
    }

    fn refresh_key(&self) -> RefreshKey {
        "the login of alice".into()
    }
}

/// Has another client's tokens, and its own login: the key that it writes is no other for what stands in it.
struct WithKey<C>(C, RefreshKey);

#[async_trait]
impl<C: OAuthClient + Clone> OAuthClient for WithKey<C> {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.get_token().await
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.0.refresh_token(refresh_token).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self(client, _) = self;
        client.fingerprint()
    }

    fn access_key(&self) -> String {
        "with a key:access".to_owned()
    }

    fn refresh_key(&self) -> RefreshKey {
        self.1.clone()
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.0))
    }
}

#[tokio::test]
async fn a_key_that_is_written_is_all_that_there_is_to_it_whatever_stands_in_it() {
    let (one, other) = (refreshed_partner!("one", || None), refreshed_partner!("other", || None));
    let written = |of: &dyn OAuthClient| RefreshKey::new(format!("the login of {}", of.refresh_key()));
    assert_eq!(written(&one), written(&other), "the same text");
    let cache = CredentialCache::new(100, None);
    let first = Credentials::builder(WithKey(one.clone(), written(&one))).cache(&cache).build();
    assert_eq!(text(&first).await.unwrap(), "one");
    let second = Credentials::builder(WithKey(other.clone(), written(&other))).cache(&cache).build();
    assert_eq!(text(&second).await.unwrap(), "refreshed-of-one", "one login");
    // With the fingerprint in it, all of that counts.
    let whole = |of: &dyn OAuthClient| RefreshKey::new("the login").with_fingerprint(of.fingerprint());
    assert_eq!(whole(&one).as_str(), whole(&other).as_str());
    let cache = CredentialCache::new(100, None);
    let first = Credentials::builder(WithKey(one.clone(), whole(&one))).cache(&cache).build();
    assert_eq!(text(&first).await.unwrap(), "one");
    let second = Credentials::builder(WithKey(other.clone(), whole(&other))).cache(&cache).build();
    assert_eq!(text(&second).await.unwrap(), "other", "two logins");
}

#[tokio::test]
async fn a_token_of_this_process_is_not_stored_with_a_shared_login() {
    let (store, cache) = (MemoryStore::new(), CredentialCache::new(100, None));
    let credentials =
        |fingerprint| Credentials::builder(OfOneLogin(fingerprint)).cache(&cache).store(store.clone()).build();
    text(&credentials(Fingerprint::new("audience", "one"))).await.unwrap();
    let here = Fingerprint::unique();
    text(&credentials(here)).await.unwrap();
    let in_store = async |fingerprint: Fingerprint| {
        store.get(&StoreKey::new(format!("access/OfOneLogin:access/{fingerprint}"))).await.unwrap().is_some()
    };
    assert!(in_store(Fingerprint::new("audience", "one")).await);
    assert!(!in_store(here).await);
}

/// A server whose answers have a refresh token; it keeps each request's grant.
#[derive(Default)]
struct Server(Mutex<Vec<String>>);

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let mut form = form_urlencoded::parse(request.body());
        let grant = form.find(|(name, _)| name == "grant_type").unwrap().1.into_owned();
        self.0.lock().unwrap().push(grant);
        let answer = serde_json::json!({
            "access_token": "a", "token_type": "Bearer", "expires_in": 600, "refresh_token": "r",
        });
        http::Response::new(answer.to_string().into_bytes())
    }
}

#[tokio::test]
async fn clients_of_two_transports_have_a_refresh_token_each() {
    let (server, cache) = (Arc::new(Server::default()), CredentialCache::new(100, None));
    for _ in 0..2 {
        let transport = Transport::builder().responder(Arc::clone(&server)).build().unwrap();
        let client = Client::builder().client_id("app").public().transport(transport);
        let client = client.token_endpoint("https://as.example/token").unwrap().build();
        let grant = client.extension_grant("urn:ticket").named("x");
        Credentials::builder(grant).cache(&cache).build().token().await.unwrap();
    }
    assert_eq!(*server.0.lock().unwrap(), ["urn:ticket", "urn:ticket"]);
}
