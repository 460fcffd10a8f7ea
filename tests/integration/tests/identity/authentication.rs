//! Every way to authenticate, with everything that its proof depends on.

use std::time::Duration;

use async_trait::async_trait;
use grantkit::client::ClientBuilder;
use grantkit::client::state::AlreadyGiven;
use grantkit::client_auth::{
    AssertionAudience, AssertionFile, AssertionSource, AuthenticationRequest, ClientAuthentication,
};
use grantkit::credentials::{CacheKey, Fingerprint};
use grantkit::keys::{DpopKey, HmacAlgorithm, Signer, SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use grantkit::registration::RegisteredClient;

use crate::inputs::{public_functions, set};

pub(crate) type Ready = ClientBuilder<AlreadyGiven, AlreadyGiven>;

/// One setter of the builder, each time with another proof.
pub(crate) struct Way {
    pub(crate) setter: &'static str,
    pub(crate) proofs: Vec<fn(ClientBuilder<AlreadyGiven>) -> Ready>,
}

const LONG: &str = "a secret of sixty-four bytes, which is what HS512 needs at least";
const LONG_TOO: &str = "another secret of 64 bytes, which is what HS512 needs at least..";

/// RFC 8037 appendix A.1 in PKCS #8, and another.
const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----";
const OTHER_PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----";

pub(crate) fn key() -> SigningKey {
    SigningKey::from_pem(PEM.as_bytes()).unwrap().with_key_id("one")
}

/// Under the same ID.
pub(crate) fn other_key() -> SigningKey {
    SigningKey::from_pem(OTHER_PEM.as_bytes()).unwrap().with_key_id("one")
}

/// A key without an identity, though it has a key ID.
#[derive(Debug)]
pub(crate) struct Nameless;

#[async_trait]
impl Signer for Nameless {
    fn algorithm(&self) -> SigningAlgorithm {
        SigningAlgorithm::EdDsa
    }

    fn key_id(&self) -> Option<&str> {
        Some("one")
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::unique()
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        key().sign(message).await
    }
}

#[derive(Debug)]
pub(crate) struct Named(pub(crate) &'static str);

#[async_trait]
impl AssertionSource for Named {
    fn identity(&self) -> Fingerprint {
        Fingerprint::new("source", self.0)
    }

    async fn assertion(&self, _: &str) -> Result<SecretString> {
        Ok(self.0.into())
    }
}

#[derive(Debug)]
pub(crate) struct Ticket(pub(crate) &'static str);

#[async_trait]
impl ClientAuthentication for Ticket {
    fn method(&self) -> &'static str {
        "ticket"
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::builder().secret("ticket", self.0).build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        let client_id = request.client_id().to_owned();
        request.parameter("client_id", client_id);
        request.secret_parameter("ticket", self.0);
        request.header(http::HeaderName::from_static("x-ticket"), self.0)
    }
}

pub(crate) fn ways() -> Vec<Way> {
    vec![
        Way { setter: "client_secret", proofs: vec![|b| b.client_secret("one"), |b| b.client_secret("two")] },
        Way {
            setter: "client_secret_post",
            proofs: vec![|b| b.client_secret_post("one"), |b| b.client_secret_post("two")],
        },
        Way {
            setter: "client_secret_jwt",
            proofs: vec![|b| b.client_secret_jwt(LONG), |b| b.client_secret_jwt(LONG_TOO)],
        },
        Way {
            setter: "client_secret_jwt_with",
            proofs: vec![|b| b.client_secret_jwt_with(HmacAlgorithm::Hs512, LONG), |b| {
                b.client_secret_jwt_with(HmacAlgorithm::Hs384, LONG)
            }],
        },
        Way {
            setter: "signing_key",
            proofs: vec![|b| b.signing_key(key()), |b| b.signing_key(other_key()), |b| {
                b.signing_key(key().with_key_id("2"))
            }],
        },
        Way {
            setter: "private_key_jwt",
            proofs: vec![|b| b.private_key_jwt(Nameless), |b| b.private_key_jwt(Nameless)],
        },
        Way {
            setter: "client_assertion",
            proofs: vec![
                |b| b.client_assertion(Named("one")),
                |b| b.client_assertion(Named("two")),
                |b| b.client_assertion(AssertionFile::new("/one")),
                |b| b.client_assertion(AssertionFile::new("/two")),
                |b| b.client_assertion(AssertionFile::new("/two").with_type("urn:other")),
            ],
        },
        Way { setter: "tls_client_auth", proofs: vec![ClientBuilder::tls_client_auth] },
        Way { setter: "self_signed_tls_client_auth", proofs: vec![ClientBuilder::self_signed_tls_client_auth] },
        Way {
            setter: "client_authentication",
            proofs: vec![|b| b.client_authentication(Ticket("one")), |b| b.client_authentication(Ticket("two"))],
        },
        Way { setter: "public", proofs: vec![ClientBuilder::public] },
        Way {
            setter: "assertion_audience",
            proofs: vec![
                |b| b.signing_key(key()).assertion_audience(AssertionAudience::Exactly("urn:one".into())),
                |b| b.signing_key(key()).assertion_audience(AssertionAudience::Exactly("urn:two".into())),
                |b| b.signing_key(key()).assertion_audience(AssertionAudience::Endpoint),
            ],
        },
        Way {
            setter: "assertion_lifetime",
            proofs: vec![|b| b.signing_key(key()).assertion_lifetime(Duration::from_secs(10)), |b| {
                b.signing_key(key()).assertion_lifetime(Duration::from_secs(20))
            }],
        },
        Way {
            setter: "assertion_typ",
            proofs: vec![|b| b.signing_key(key()).assertion_typ("one"), |b| b.signing_key(key()).assertion_typ("two")],
        },
    ]
}

/// All of them, with those that are the same in what they send until a server's metadata tell them apart: what of it the server takes, and
/// what it is called.
pub(crate) fn told() -> Vec<fn(ClientBuilder<AlreadyGiven>) -> Ready> {
    let further: [fn(ClientBuilder<AlreadyGiven>) -> Ready; 7] = [
        |b| b.client_secret_basic("one"),
        |b| b.private_key_jwt(key()),
        |b| b.signing_key(key()).assertion_audience(AssertionAudience::TokenEndpoint),
        |b| b.private_key_jwt(key()).assertion_audience(AssertionAudience::TokenEndpoint),
        |b| {
            let builder = b.signing_key(key()).assertion_audience(AssertionAudience::TokenEndpoint);
            builder.assertion_typ("client-authentication+jwt")
        },
        |b| b.client_assertion(Named("one")).assertion_audience(AssertionAudience::TokenEndpoint),
        |b| b.danger_allow_plain_http().client_secret("one"),
    ];
    ways().into_iter().flat_map(|way| way.proofs).chain(further).collect()
}

/// A client that is registered for bound tokens alone is not served an unbound token, whichever client requested it.
#[test]
fn a_client_for_bound_tokens_alone_is_another_one_until_it_has_a_key() {
    let client = |members: serde_json::Value| {
        let mut answer = serde_json::json!({ "client_id": "billing", "token_endpoint_auth_method": "none" });
        answer.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let registered = RegisteredClient::from_json(&answer.to_string()).unwrap();
        Client::builder().registered(&registered).unwrap().token_endpoint("https://as.example/token").unwrap()
    };
    let bound = || client(serde_json::json!({ "dpop_bound_access_tokens": true }));
    let any = || client(serde_json::json!({}));
    let key_of = |client: Client| CacheKey::from_client(&client.client_credentials().named("x"));
    assert_eq!(key_of(bound().build().erased()), key_of(bound().build().erased()));
    assert_ne!(key_of(bound().build().erased()), key_of(any().build().erased()));
    let dpop = || DpopKey::from(key());
    assert_eq!(key_of(bound().dpop(dpop()).build().erased()), key_of(any().dpop(dpop()).build().erased()));
}

#[test]
fn the_table_has_every_setter_of_the_builder() {
    // It sends what `client_secret` does where nothing is discovered.
    let same = ["client_secret_basic"];
    let listed = set(ways().iter().map(|way| way.setter).chain(same));
    assert_eq!(listed, public_functions("client/builder/authentication_setters.rs", "impl<", "no such text"));
}
