//! Clients that a program writes itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::prelude::*;
use grantkit::{Fingerprint, MemoryStore};

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

async fn text(credentials: &Credentials) -> String {
    credentials.token().await.unwrap().access_token().secret().to_owned()
}

#[tokio::test]
async fn values_without_an_identity_share_no_token() {
    let (alice, bob) = (OnBehalfOf { user: "alice" }, OnBehalfOf { user: "bob" });
    let [of_alice, of_bob] = [alice.clone(), bob].map(Credentials::new);
    assert_eq!(text(&of_alice).await, "of-alice");
    assert_eq!(text(&of_bob).await, "of-bob");
    let before = ASKED.load(Ordering::SeqCst);
    assert_eq!(text(&of_alice.clone()).await, "of-alice");
    assert_eq!(ASKED.load(Ordering::SeqCst), before, "the handle keeps its token");

    // A store does not bring them together.
    let store = MemoryStore::new();
    let [of_alice, of_bob] = [alice.clone(), OnBehalfOf { user: "bob" }]
        .map(|client| Credentials::builder(client).store(store.clone()).build());
    assert_eq!((text(&of_alice).await, text(&of_bob).await), ("of-alice".to_owned(), "of-bob".to_owned()));

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

    assert_eq!(text(&Partner.credentials()).await, "0");
    assert_eq!(text(&Credentials::new(Partner)).await, "0");
    assert_eq!(text(&Arc::new(Partner).credentials()).await, "0");
}

#[tokio::test]
async fn a_fingerprint_tells_values_apart_and_brings_them_together() {
    #[derive(Clone)]
    struct Told(OnBehalfOf);

    #[async_trait]
    impl OAuthClient for Told {
        fn fingerprint(&self) -> Fingerprint {
            Fingerprint::of("user", self.0.user)
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            self.0.get_token().await
        }
    }

    let [alice, bob] = ["alice", "bob"].map(|user| Told(OnBehalfOf { user }));
    let token = alice.credentials().token().await.unwrap();
    assert_eq!(alice.credentials().token().await.unwrap().access_token(), token.access_token());
    assert_eq!(text(&bob.credentials()).await, "of-bob");
}
