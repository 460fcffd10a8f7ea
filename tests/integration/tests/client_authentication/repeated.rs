//! A request that is sent again is authenticated anew: a server takes no assertion twice.

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantkit::client::Endpoints;
use grantkit::credentials::Fingerprint;
use grantkit::keys::{Signer, SigningAlgorithm, SigningKey};
use grantkit::token::RefreshToken;
use grantkit::{Client, Error, Result};

use super::assertion::{assertion, read};
use crate::support::{Answer, Scripted, verdict};

fn busy() -> Answer {
    Answer::status(503).header("retry-after", "0")
}

fn client(server: &Scripted, signer: impl Signer + 'static) -> Client<Endpoints> {
    Client::builder()
        .client_id("billing")
        .private_key_jwt(signer)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build()
}

fn key() -> SigningKey {
    SigningKey::generate(SigningAlgorithm::EdDsa).unwrap()
}

#[tokio::test]
async fn each_time_that_a_request_is_sent_it_has_another_assertion() {
    let server = Scripted::start([busy(), Answer::status(429).header("retry-after", "0"), Answer::token("t")]).await;
    client(&server, key()).client_credentials().scope("read").get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 3);
    let claims: Vec<_> = asked.iter().map(|asked| read(&assertion(asked))[1].clone()).collect();
    let identifiers: BTreeSet<_> = claims.iter().map(|claims| claims["jti"].as_str().unwrap()).collect();
    assert_eq!(identifiers.len(), 3, "{claims:?}");
    // And nothing is there twice.
    for asked in &asked {
        assert_eq!(asked.body().matches("client_assertion=").count(), 1, "{}", asked.body());
        assert_eq!(asked.body().matches("client_id=").count(), 1, "{}", asked.body());
    }
}

#[tokio::test]
async fn the_rules_for_sending_again_are_those_of_every_request() {
    // Three tries in all.
    let server = Scripted::start([busy()]).await;
    let error = client(&server, key()).client_credentials().get_token().await.unwrap_err();
    assert_eq!((server.count(), verdict(&error)), (3, vec!["retryable"]));
    // A refresh token may have been spent.
    let server = Scripted::start([busy(), Answer::token("t")]).await;
    let grant = client(&server, key()).refresh_token_grant(RefreshToken::new("r"));
    assert!(grant.get_token().await.is_err());
    assert_eq!(server.count(), 1);
    // No `Retry-After`, no second try.
    let server = Scripted::start([Answer::status(503), Answer::token("t")]).await;
    assert!(client(&server, key()).client_credentials().get_token().await.is_err());
    assert_eq!(server.count(), 1);
}

/// A key service that is away.
#[derive(Debug)]
struct Away;

#[async_trait]
impl Signer for Away {
    fn identity(&self) -> Fingerprint {
        Fingerprint::unique()
    }

    fn algorithm(&self) -> SigningAlgorithm {
        SigningAlgorithm::Es256
    }

    fn key_id(&self) -> Option<&str> {
        None
    }

    async fn sign(&self, _: &[u8]) -> Result<Vec<u8>> {
        Err(Error::temporary("the key service is away"))
    }
}

#[tokio::test]
async fn a_signer_that_fails_is_the_error_and_nothing_is_sent() {
    let server = Scripted::start([Answer::token("t")]).await;
    let error = client(&server, Away).client_credentials().get_token().await.unwrap_err();
    assert_eq!((server.count(), verdict(&error)), (0, vec!["retryable"]));
    assert!(error.to_string().contains("the key service is away"));
}
