//! Clients that a program writes itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::credentials::{CredentialCache, Fingerprint, InnerClient};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit::token::RefreshToken;
use grantkit_integration_tests::source::text;

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// As it was found: two methods, and a field.
#[derive(Clone)]
struct OnBehalfOf {
    user: &'static str,
}

#[async_trait]
impl OAuthClient for OnBehalfOf {
    async fn get_token(&self) -> Result<OAuthToken> {
        ASKED.fetch_add(1, Ordering::SeqCst);
        OAuthToken::new(format!("of-{}", self.user))
    }
}

#[tokio::test]
async fn values_without_an_identity_share_no_token() {
    let (alice, bob) = (OnBehalfOf { user: "alice" }, OnBehalfOf { user: "bob" });
    let [of_alice, of_bob] = [alice.clone(), bob].map(Credentials::new);
    assert_eq!(text(&of_alice).await.unwrap(), "of-alice");
    assert_eq!(text(&of_bob).await.unwrap(), "of-bob");
    let before = ASKED.load(Ordering::SeqCst);
    assert_eq!(text(&of_alice.clone()).await.unwrap(), "of-alice");
    assert_eq!(ASKED.load(Ordering::SeqCst), before, "the handle keeps its token");

    // A store does not bring them together.
    let store = MemoryStore::new();
    let [of_alice, of_bob] = [alice.clone(), OnBehalfOf { user: "bob" }]
        .map(|client| Credentials::builder(client).store(store.clone()).build());
    assert_eq!(
        (text(&of_alice).await.unwrap(), text(&of_bob).await.unwrap()),
        ("of-alice".to_owned(), "of-bob".to_owned())
    );

    // Each call of this would be another request: it is an error that says what to write.
    for credentials in
        [alice.credentials(), Arc::new(alice.clone()).credentials(), ProviderClient::new(alice).credentials()]
    {
        let error = credentials.token().await.unwrap_err();
        assert!(error.is_configuration() && !error.is_retryable(), "{error}");
        for cure in ["fn fingerprint", "Fingerprint::of_type::<Self>()", "Credentials::new"] {
            assert!(error.to_string().contains(cure), "{error}");
        }
    }
}

#[tokio::test]
async fn a_type_without_fields_needs_no_more_than_get_token() {
    #[derive(Clone)]
    struct Partner;

    #[async_trait]
    impl OAuthClient for Partner {
        fn name(&self) -> &'static str {
            "partner-without-fields"
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            static COUNT: AtomicUsize = AtomicUsize::new(0);
            OAuthToken::new(COUNT.fetch_add(1, Ordering::SeqCst).to_string())
        }
    }

    assert_eq!(text(&Partner.credentials()).await.unwrap(), "0");
    assert_eq!(text(&Credentials::new(Partner)).await.unwrap(), "0");
    assert_eq!(text(&Arc::new(Partner).credentials()).await.unwrap(), "0");
}

#[tokio::test]
async fn a_fingerprint_tells_values_apart_and_brings_them_together() {
    #[derive(Clone)]
    struct Told(OnBehalfOf);

    #[async_trait]
    impl OAuthClient for Told {
        fn fingerprint(&self) -> Fingerprint {
            Fingerprint::new("user", self.0.user)
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            self.0.get_token().await
        }
    }

    let [alice, bob] = ["alice", "bob"].map(|user| Told(OnBehalfOf { user }));
    let token = alice.credentials().token().await.unwrap();
    assert_eq!(alice.credentials().token().await.unwrap().access_token(), token.access_token());
    assert_eq!(text(&bob.credentials()).await.unwrap(), "of-bob");
}

/// Gets each user's token with what another client gets, and leaves all else to that one.
struct Exchanged {
    user: &'static str,
    client: Service,
}

struct Service;

#[async_trait]
impl OAuthClient for Service {
    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("of-the-service")
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        OAuthToken::new(refresh_token.secret())
    }
}

#[async_trait]
impl OAuthClient for Exchanged {
    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(OAuthToken::new(self.user)?.with_refresh_token(format!("refreshed-{}", self.user)))
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new("user", self.user)
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.client))
    }
}

#[tokio::test]
async fn what_a_wrapper_tells_apart_has_refresh_tokens_of_its_own() {
    for store in [None, Some(MemoryStore::new())] {
        let cache = CredentialCache::new(100, None);
        let credentials = |user| {
            let builder = Credentials::builder(Exchanged { user, client: Service }).cache(&cache);
            match &store {
                Some(store) => builder.store(store.clone()).build(),
                None => builder.build(),
            }
        };
        let (alice, bob) = (credentials("alice"), credentials("bob"));
        assert_eq!(text(&alice).await.unwrap(), "alice");
        assert_eq!(text(&bob).await.unwrap(), "bob", "not what alice's refresh token brings");
        assert_eq!(alice.refresh().await.unwrap().access_token().secret(), "refreshed-alice");
        assert_eq!(bob.refresh().await.unwrap().access_token().secret(), "refreshed-bob");
    }
}

/// Makes a client where it stands, as a macro of a program's own does.
macro_rules! partner {
    ($token:literal) => {{
        #[derive(Clone)]
        struct Partner;

        #[async_trait]
        impl OAuthClient for Partner {
            async fn get_token(&self) -> Result<OAuthToken> {
                OAuthToken::new($token)
            }
        }

        Partner
    }};
}

#[tokio::test]
async fn two_types_of_one_name_share_no_token() {
    let (one, other) = (partner!("one"), partner!("other"));
    assert_eq!(std::any::type_name_of_val(&one), std::any::type_name_of_val(&other));
    assert_eq!(text(&one.credentials()).await.unwrap(), "one");
    assert_eq!(text(&other.credentials()).await.unwrap(), "other");
    assert_eq!(text(&one.credentials()).await.unwrap(), "one");
    let (store, cache) = (MemoryStore::new(), CredentialCache::new(100, None));
    let of_one = Credentials::builder(one).cache(&cache).store(store.clone()).build();
    let of_other = Credentials::builder(other).cache(&cache).store(store).build();
    assert_eq!((text(&of_one).await.unwrap(), text(&of_other).await.unwrap()), ("one".to_owned(), "other".to_owned()));
}

/// Where the other type came first, in another process of the same program: the store is the same.
#[tokio::test]
async fn no_order_of_calls_leads_a_type_to_the_token_of_another_of_its_name() {
    let store = MemoryStore::new();
    let in_a_process = |of_one_comes_first: bool| {
        let (cache, store) = (CredentialCache::new(100, None), store.clone());
        async move {
            let (one, other) = (partner!("one"), partner!("other"));
            let one = || Credentials::builder(one.clone()).cache(&cache).store(store.clone()).build();
            let other = || Credentials::builder(other.clone()).cache(&cache).store(store.clone()).build();
            if of_one_comes_first {
                (text(&one()).await.unwrap(), text(&other()).await.unwrap())
            } else {
                let of_other = text(&other()).await.unwrap();
                (text(&one()).await.unwrap(), of_other)
            }
        }
    };
    for first in [false, true, true, false] {
        assert_eq!(in_a_process(first).await, ("one".to_owned(), "other".to_owned()));
    }
}

#[tokio::test]
async fn a_type_with_a_name_that_it_states_is_found_in_a_store() {
    #[derive(Clone)]
    struct Stated;

    #[async_trait]
    impl OAuthClient for Stated {
        fn fingerprint(&self) -> Fingerprint {
            Fingerprint::of_type::<Self>()
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            static COUNT: AtomicUsize = AtomicUsize::new(0);
            OAuthToken::new(COUNT.fetch_add(1, Ordering::SeqCst).to_string())
        }
    }

    let store = MemoryStore::new();
    let in_a_process = || {
        let cache = CredentialCache::new(100, None);
        Credentials::builder(Stated).cache(&cache).store(store.clone()).build()
    };
    assert_eq!(text(&in_a_process()).await.unwrap(), "0");
    assert_eq!(text(&in_a_process()).await.unwrap(), "0");
}
