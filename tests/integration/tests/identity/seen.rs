//! What was asked for, by the key under which a process caches its token, and by that under which a store keeps it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::credentials::{CacheKey, CredentialCache, Fingerprint, RefreshKey};
use grantkit::keys::DpopKey;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit::token::TokenType;
use tokio::runtime::{Builder, Runtime};

/// Every key under which something was asked for, with what it was; a second one under the same key is a shared token.
pub(crate) struct Seen {
    here: HashMap<CacheKey, String>,
    in_store: HashMap<String, String>,
    store: Recorder,
    runtime: Runtime,
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self {
            here: HashMap::new(),
            in_store: HashMap::new(),
            store: Recorder::default(),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.here.len()
    }

    /// How many of them have a token that other processes find.
    pub(crate) fn kept(&self) -> usize {
        self.in_store.len()
    }

    /// What no other has the token of, in this process and in any that has the same store.
    #[track_caller]
    pub(crate) fn add(&mut self, what: &str, client: &(impl OAuthClient + ?Sized)) {
        self.add_here(what, client);
        for key in self.keys_in_store(client) {
            if let Some(other) = self.in_store.insert(key, what.to_owned()) {
                panic!("{what} finds the token of {other} in a store");
            }
        }
    }

    /// What is told from others in this process alone.
    #[track_caller]
    pub(crate) fn add_here(&mut self, what: &str, client: &(impl OAuthClient + ?Sized)) {
        let key = CacheKey::from_client(client);
        assert_eq!(CacheKey::from_client(client), key, "{what} is another one when it is asked again");
        if let Some(other) = self.here.insert(key, what.to_owned()) {
            panic!("{what} gets the token of {other}");
        }
    }

    /// Where a process of its own puts the client's access token; nowhere, where no other process could name it.
    fn keys_in_store(&self, client: &(impl OAuthClient + ?Sized)) -> Vec<String> {
        let client = Stand {
            access_key: client.access_key(),
            fingerprint: client.fingerprint(),
            refresh_key: client.refresh_key(),
            dpop: client.dpop_key(),
        };
        let token = match &client.dpop {
            Some(key) => OAuthToken::with_type("t", TokenType::DPoP).unwrap().with_key_thumbprint(key.thumbprint()),
            None => OAuthToken::new("t").unwrap(),
        };
        let cache = CredentialCache::new(1, None);
        self.runtime.block_on(async {
            let credentials = Credentials::builder(client).cache(&cache).store(self.store.clone()).build();
            credentials.put(token).await.unwrap();
        });
        std::mem::take(&mut *self.store.put.lock().unwrap())
    }
}

/// Says what a client says of itself.
struct Stand {
    access_key: String,
    fingerprint: Fingerprint,
    refresh_key: RefreshKey,
    dpop: Option<DpopKey>,
}

#[async_trait]
impl OAuthClient for Stand {
    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("t")
    }

    fn access_key(&self) -> String {
        self.access_key.clone()
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { access_key: _, fingerprint, refresh_key: _, dpop: _ } = self;
        *fingerprint
    }

    fn refresh_key(&self) -> RefreshKey {
        self.refresh_key.clone()
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        self.dpop.clone()
    }
}

/// Notes where access tokens are put.
#[derive(Clone, Debug, Default)]
struct Recorder {
    behind: MemoryStore,
    put: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl TokenStore for Recorder {
    fn identity(&self) -> Fingerprint {
        self.behind.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.behind.get(key).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        if key.as_str().starts_with("access/") {
            let mut put = self.put.lock().unwrap();
            if !put.iter().any(|known| known == key.as_str()) {
                put.push(key.as_str().to_owned());
            }
        }
        self.behind.put_if_newer(key, record).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.behind.remove(key).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        self.behind.lease(key, length).await
    }
}
