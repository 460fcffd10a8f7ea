use grantkit::authorize::RedirectUri;
use grantkit::{Client, Result};

use crate::real_server::{CALLBACK, RealServer, log_in};

async fn verified_subject(server: &RealServer, algorithm: &str, names_it: bool) -> Result<String> {
    let id = if algorithm == "RS256" { "basic".to_owned() } else { format!("id-token-{algorithm}") };
    let mut builder = Client::builder().client_id(id).client_secret_basic(server.secret());
    if names_it {
        builder = builder.id_token_signed_response_alg(algorithm);
    }
    let client = builder.discover(server.issuer()).await?;
    let login = client.authorization_code(RedirectUri::new(CALLBACK)?)?.scope("openid");
    let done = log_in(&login).await?;
    Ok(done.claims().unwrap().subject().to_owned())
}

#[tokio::test]
async fn every_algorithm_with_a_public_key_is_verified() {
    let server = RealServer::oidc_provider().start();
    for algorithm in ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"] {
        for names_it in [false, true] {
            let subject = verified_subject(&server, algorithm, names_it).await;
            assert_eq!(subject.unwrap_or_else(|error| panic!("{algorithm}: {error}")), "alice");
        }
    }
}

#[tokio::test]
async fn id_token_signed_by_the_client_secret_is_verified_if_asked_for() {
    let server = RealServer::oidc_provider().start();
    for algorithm in ["HS256", "HS384", "HS512"] {
        assert_eq!(verified_subject(&server, algorithm, true).await.unwrap(), "alice");
        assert!(verified_subject(&server, algorithm, false).await.unwrap_err().is_security(), "{algorithm}");
    }
}

#[tokio::test]
async fn another_algorithm_than_the_registered_one_is_refused() {
    let server = RealServer::oidc_provider().start();
    let client = Client::builder()
        .client_id("id-token-ES256")
        .client_secret_basic(server.secret())
        .id_token_signed_response_alg("PS256")
        .discover(server.issuer())
        .await
        .unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let error = log_in(&login).await.unwrap_err();
    assert!(error.is_security(), "{error}");
}

#[tokio::test]
async fn the_keys_are_fetched_once_for_many_logins() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    for _ in 0..5 {
        log_in(&login).await.unwrap();
    }
    assert_eq!(server.stats().await.requests("jwks"), 1);
}
