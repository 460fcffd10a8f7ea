//! Whose a login under a name is, and who judges what its refreshes bring: the issuer is the namespace of `sub`; the rules are each
//! client's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use grantkit::Client;
use grantkit::client_auth::AssertionSource as _;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::discovery::ServerMetadata;
use grantkit::grant::{JwtAssertion, Login};
use grantkit::prelude::*;
use grantkit::registration::RegisteredClient;
use grantkit::store::MemoryStore;
use grantkit::transport::{Responder, Transport};
use serde_json::json;

use crate::authentication::{Ready, key};

const ISSUER: &str = "https://as.example";
const TENANT: &str = "https://as.example/tenant";
const TOKEN: &str = "https://as.example/token";
const JWKS: &str = "https://as.example/jwks";
const DEVICE: &str = "https://as.example/device";

/// One token endpoint of several issuers, as servers with tenants have it; its ID tokens are of the first.
#[derive(Default)]
struct Server(AtomicUsize);

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let answer = match request.uri().path() {
            "/jwks" => json!({ "keys": [key().public_jwk()] }),
            "/device" => json!({
                "device_code": "d", "user_code": "u", "verification_uri": "https://as.example/go", "expires_in": 600,
            }),
            _ => {
                let id_token = JwtAssertion::new(key(), ISSUER, "alice").assertion("billing").await.unwrap();
                let number = self.0.fetch_add(1, Ordering::SeqCst);
                json!({
                    "access_token": number.to_string(), "token_type": "Bearer", "expires_in": 3600,
                    "refresh_token": format!("refresh-{number}"), "id_token": id_token.expose_secret(),
                })
            }
        };
        http::Response::new(answer.to_string().into_bytes())
    }
}

fn transport() -> Transport {
    Transport::builder().responder(Arc::new(Server::default())).build().unwrap()
}

fn client(transport: &Transport, issuer: &str, algorithm: Option<&str>) -> Client {
    let ready = Client::builder().client_id("billing").public().transport(transport.clone());
    let ready = algorithm.into_iter().fold(ready, Ready::id_token_signed_response_alg);
    let builder = ready.token_endpoint(TOKEN).unwrap().issuer(issuer).unwrap().jwks_uri(JWKS).unwrap();
    builder.device_authorization_endpoint(DEVICE).unwrap().build().erased()
}

async fn log_in(client: &Client) -> Login {
    let grant = client.device_authorization().unwrap().scope("openid");
    let mut pending = grant.start().await.unwrap();
    grant.poll(&mut pending).await.unwrap().unwrap()
}

fn stored(client: &Client, store: &MemoryStore, cache: &CredentialCache) -> Credentials {
    client.stored_login("alice").credentials_builder().cache(cache).store(store.clone()).build()
}

fn text(token: &OAuthToken) -> &str {
    token.access_token().secret()
}

/// Here and in another process.
#[tokio::test]
async fn a_login_of_one_issuer_is_not_found_by_a_client_of_another() {
    let (transport, store, cache) = (transport(), MemoryStore::new(), CredentialCache::new(10, None));
    let own = client(&transport, ISSUER, None);
    let login = log_in(&own).await;
    login.credentials_builder("alice").cache(&cache).store(store.clone()).await.unwrap();
    let other = client(&transport, TENANT, None);
    let without = {
        let builder = Client::builder().client_id("billing").public().transport(transport.clone());
        builder.token_endpoint(TOKEN).unwrap().build().erased()
    };
    for cache in [cache, CredentialCache::new(10, None)] {
        assert_eq!(text(&stored(&own, &store, &cache).token().await.unwrap()), "0");
        for client in [&other, &without] {
            assert!(stored(client, &store, &cache).token().await.unwrap_err().needs_login());
        }
    }
}

/// How the server is known changes nothing.
#[tokio::test]
async fn a_discovered_client_finds_the_login_of_one_given_the_same_server() {
    let (transport, store, cache) = (transport(), MemoryStore::new(), CredentialCache::new(10, None));
    let given = client(&transport, ISSUER, None);
    log_in(&given).await.credentials_builder("alice").cache(&cache).store(store.clone()).await.unwrap();
    let metadata = json!({
        "issuer": ISSUER, "token_endpoint": TOKEN, "jwks_uri": JWKS, "device_authorization_endpoint": DEVICE,
        "id_token_signing_alg_values_supported": ["RS256", "EdDSA"],
    });
    let metadata = ServerMetadata::from_json(metadata.to_string()).unwrap();
    let discovered = Client::builder().client_id("billing").public().transport(transport);
    let discovered = discovered.build_with_metadata(&metadata).unwrap();
    let key = |client: &Client| CacheKey::from_client(&client.stored_login("alice").named());
    assert_eq!(key(&given), key(&discovered));
    for cache in [cache, CredentialCache::new(10, None)] {
        assert_eq!(text(&stored(&discovered, &store, &cache).token().await.unwrap()), "0");
    }
}

/// Two clients of one process share a login, and each judges what its refreshes bring by its own rules, in whatever order they came.
#[tokio::test]
async fn each_client_judges_refreshed_id_tokens_by_its_own_rules() {
    for lenient_first in [true, false] {
        let (transport, store, cache) = (transport(), MemoryStore::new(), CredentialCache::new(10, None));
        let (lenient, strict) = (client(&transport, ISSUER, None), client(&transport, ISSUER, Some("RS256")));
        log_in(&lenient).await.credentials_in(store.clone(), "alice").await.unwrap();
        let handles = if lenient_first {
            let lenient = stored(&lenient, &store, &cache);
            (lenient, stored(&strict, &store, &cache))
        } else {
            let strict = stored(&strict, &store, &cache);
            (stored(&lenient, &store, &cache), strict)
        };
        let (lenient, strict) = handles;
        // It is one login, whose refresh token is spent in turn.
        assert!(refreshed(&lenient).await.id_token_claims().is_some());
        assert!(refreshed(&strict).await.id_token_claims().is_none());
        assert!(refreshed(&lenient).await.id_token_claims().is_some());
    }
}

/// What another client has put into the store is judged by the client that finds it, here and in another process.
#[tokio::test]
async fn claims_in_a_store_are_served_to_no_client_that_rules_them_out() {
    let transport = transport();
    let lenient = client(&transport, ISSUER, None);
    let with_auth_time = {
        let registration = json!({ "client_id": "billing", "require_auth_time": true });
        let registered = RegisteredClient::from_json(&registration.to_string()).unwrap();
        let builder = Client::builder().registered(&registered).unwrap().transport(transport.clone());
        let builder = builder.token_endpoint(TOKEN).unwrap().issuer(ISSUER).unwrap().jwks_uri(JWKS).unwrap();
        builder.build().erased()
    };
    let (store, cache) = (MemoryStore::new(), CredentialCache::new(10, None));
    log_in(&lenient).await.credentials_builder("alice").cache(&cache).store(store.clone()).await.unwrap();
    for cache in [cache, CredentialCache::new(10, None)] {
        for (client, is_accepted) in [
            (&client(&transport, ISSUER, Some("RS256")), false),
            (&with_auth_time, false),
            (&client(&transport, ISSUER, Some("EdDSA")), true),
            (&lenient, true),
        ] {
            let token = stored(client, &store, &cache).token().await.unwrap();
            assert_eq!((text(&token), token.id_token_claims().is_some()), ("0", is_accepted));
            assert!(token.id_token().is_some());
        }
    }
}

/// By this handle: the first time may bring what another has put into the store.
async fn refreshed(credentials: &Credentials) -> OAuthToken {
    credentials.refresh().await.unwrap();
    credentials.refresh().await.unwrap()
}

/// The same for a login that is in no store.
#[tokio::test]
async fn a_login_just_finished_is_judged_by_the_client_that_finished_it() {
    let (transport, cache) = (transport(), CredentialCache::new(10, None));
    for algorithm in [None, Some("EdDSA")] {
        let client = client(&transport, ISSUER, algorithm);
        let login = log_in(&client).await;
        let own = text(login.token()).to_owned();
        let credentials = login.credentials_builder("alice").cache(&cache).await.unwrap();
        assert_eq!(text(&credentials.token().await.unwrap()), own);
        let again = log_in(&client).await;
        let newer = text(again.token()).to_owned();
        again.credentials_builder("alice").cache(&cache).await.unwrap();
        assert_eq!(text(&credentials.token().await.unwrap()), newer, "the same login takes its place");
    }
}
