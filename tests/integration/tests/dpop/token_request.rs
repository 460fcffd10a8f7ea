use std::collections::BTreeSet;

use grantkit::keys::{DpopKey, SigningAlgorithm, SigningKey};
use serde_json::json;

use crate::proof;
use crate::support::{Answer, ID, Scripted, verdict};
use crate::{bound, client, grant, nonces, use_nonce};

#[tokio::test]
async fn every_token_request_carries_a_proof_of_its_own() {
    let server = Scripted::start([bound("1")]).await;
    let key = DpopKey::generate().unwrap();
    let client = client(&server, &key);
    client.client_credentials().get_token().await.unwrap();
    client.refresh_token_grant("refresh").get_token().await.unwrap();
    client.token_exchange(&grantkit::OAuthToken::new("subject").unwrap()).get_token().await.unwrap();
    client.jwt_bearer("assertion").get_token().await.unwrap();
    client.saml2_bearer("<assertion/>").get_token().await.unwrap();
    client.extension_grant("urn:example").get_token().await.unwrap();
    client.danger_resource_owner_password("alice", "secret").get_token().await.unwrap();
    let asked = server.asked();
    let proofs: Vec<_> = asked.iter().map(proof::of).collect();
    for proof in &proofs {
        assert_eq!((proof.htm.as_str(), proof.htu.as_str()), ("POST", server.url("/token").as_str()));
        assert_eq!((&proof.ath, &proof.nonce), (&None, &None));
    }
    assert_eq!(proofs.iter().map(|proof| &proof.jti).collect::<BTreeSet<_>>().len(), 7);
}

#[tokio::test]
async fn a_nonce_that_the_server_asks_for_is_given_and_kept() {
    let server = Scripted::start([use_nonce("n-1"), bound("1").header("dpop-nonce", "n-2"), bound("2")]).await;
    let grant = grant(&server, &DpopKey::generate().unwrap());
    grant.get_token().await.unwrap();
    grant.get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!(nonces(&asked), [None, Some("n-1".to_owned()), Some("n-2".to_owned())]);
    assert_ne!(proof::of(&asked[0]).jti, proof::of(&asked[1]).jti);
    assert_eq!(asked[0].body(), asked[1].body());
}

/// The server says that it has looked at nothing but the proof (RFC 9449 §8): what can be spent once was not spent.
#[tokio::test]
async fn a_refresh_token_is_sent_again_with_the_nonce_and_a_new_assertion() {
    let server = Scripted::start([use_nonce("n"), bound("1")]).await;
    let client = grantkit::Client::builder()
        .client_id(ID)
        .private_key_jwt(SigningKey::generate(SigningAlgorithm::Es256).unwrap())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .dpop(DpopKey::generate().unwrap())
        .build();
    let token = client.refresh_token_grant("rotating").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "1");
    let asked = server.asked();
    assert_eq!(nonces(&asked), [None, Some("n".to_owned())]);
    assert!(asked.iter().all(|asked| asked.body().contains("refresh_token=rotating")));
    let assertion = |number: usize| asked[number].body().split("client_assertion=").nth(1).unwrap().to_owned();
    assert_ne!(assertion(0), assertion(1));
}

#[tokio::test]
async fn a_nonce_is_given_once_and_a_second_demand_is_the_answer() {
    let server = Scripted::start([use_nonce("n-1"), use_nonce("n-2"), use_nonce("n-3")]).await;
    let grant = grant(&server, &DpopKey::generate().unwrap());
    let error = grant.get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("use_dpop_nonce"));
    // It has been asked again already, with the nonce.
    assert!(!error.is_retryable() && !error.needs_login());
    assert_eq!(server.count(), 2);
    // The next request begins with what the last answer gave.
    server.now_answer([bound("1")]);
    grant.get_token().await.unwrap();
    assert_eq!(nonces(&server.asked()), [None, Some("n-1".to_owned()), Some("n-2".to_owned())]);
}

#[tokio::test]
async fn a_demand_without_a_nonce_and_a_nonce_without_a_demand_are_not_answered() {
    let no_nonce = Answer::error(400, "use_dpop_nonce");
    let two = use_nonce("a").header("dpop-nonce", "b");
    let no_demand = Answer::error(400, "invalid_grant").header("dpop-nonce", "n");
    let no_json = Answer::status(400).header("dpop-nonce", "n").body("use_dpop_nonce");
    for answer in [no_nonce, two, no_demand, no_json] {
        let server = Scripted::start([answer]).await;
        grant(&server, &DpopKey::generate().unwrap()).get_token().await.unwrap_err();
        assert_eq!(server.count(), 1);
    }
    // And a client without a key answers none.
    let server = Scripted::start([use_nonce("n")]).await;
    let error = crate::support::client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!((error.oauth_code(), server.count()), (Some("use_dpop_nonce"), 1));
}

#[tokio::test]
async fn a_bearer_token_is_refused_where_one_was_asked_for_that_is_bound() {
    let nameless = Answer::json(200, &json!({ "access_token": "CANARY", "expires_in": 3600 }));
    for (answer, kind, said) in
        [(Answer::token("CANARY"), "security", "RFC 9449 §5"), (nameless, "invalid response", "`token_type`")]
    {
        let server = Scripted::start([answer]).await;
        let key = DpopKey::generate().unwrap();
        let client = client(&server, &key);
        let grants = [
            client.client_credentials().get_token().await,
            client.refresh_token_grant("refresh").get_token().await,
            client.token_exchange(&grantkit::OAuthToken::new("subject").unwrap()).get_token().await,
        ];
        for refused in grants {
            let error = refused.unwrap_err();
            assert_eq!(verdict(&error), [kind]);
            assert!(error.to_string().contains(said) && !format!("{error:?}").contains("CANARY"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_bound_token_is_refused_where_none_was_asked_for() {
    let server = Scripted::start([bound("CANARY")]).await;
    let error = crate::support::client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    assert!(error.to_string().contains("`.dpop(..)`"), "{error}");
    assert!(server.only().header("dpop").is_none());
}

#[tokio::test]
async fn a_busy_server_gets_a_new_proof_each_time() {
    let busy = Answer::status(503).header("retry-after", "0").header("dpop-nonce", "n");
    let server = Scripted::start([busy, bound("1")]).await;
    grant(&server, &DpopKey::generate().unwrap()).get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!(nonces(&asked), [None, Some("n".to_owned())]);
    assert_ne!(proof::of(&asked[0]).jti, proof::of(&asked[1]).jti);
}

#[tokio::test]
async fn what_asks_for_no_token_carries_no_proof() {
    let server = Scripted::start([Answer::json(200, &json!({ "active": false }))]).await;
    let client = grantkit::Client::builder()
        .client_id(ID)
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .introspection_endpoint(&server.url("/introspect"))
        .unwrap()
        .revocation_endpoint(&server.url("/revoke"))
        .unwrap()
        .dpop(DpopKey::generate().unwrap())
        .build();
    client.introspection().access_token("1").await.unwrap();
    client.revocation().refresh_token(&"1".into()).await.unwrap();
    assert!(server.asked().iter().all(|asked| asked.header("dpop").is_none()));
}

#[tokio::test]
async fn a_proof_that_the_server_refuses_is_a_matter_of_configuration() {
    let server = Scripted::start([Answer::error(400, "invalid_dpop_proof")]).await;
    let error = grant(&server, &DpopKey::generate().unwrap()).get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    assert!(error.to_string().contains("clock"), "{error}");
}
