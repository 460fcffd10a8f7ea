//! Metadata, keys, ID tokens, userinfo.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit_testkit::{AuthorizationServer, MetadataDocuments, SigningAlgorithm, User};
use jsonwebtoken::jwk::{JwkSet, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use crate::support::{builder, client_token, http, json as read, login, refresh, server, text};

async fn get(url: String) -> Value {
    read(http().get(url).send().await.unwrap()).await
}

async fn keys(server: &AuthorizationServer) -> JwkSet {
    serde_json::from_value(get(server.jwks_uri()).await).unwrap()
}

/// Verifies an ID token with code that is not the server's.
fn verify(server: &AuthorizationServer, keys: &JwkSet, token: &str, algorithm: Algorithm) -> Value {
    let jwk = keys.find(&decode_header(token).unwrap().kid.unwrap()).unwrap();
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&["cli"]);
    validation.set_issuer(&[server.issuer()]);
    decode::<Value>(token, &DecodingKey::from_jwk(jwk).unwrap(), &validation).unwrap().claims
}

#[tokio::test]
async fn both_documents_name_the_endpoints() {
    let server = server().await;
    for path in ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"] {
        let document = get(server.url(path)).await;
        assert_eq!(document["issuer"], server.issuer());
        assert_eq!(document["token_endpoint"], server.token_endpoint());
        assert_eq!(document["authorization_endpoint"], server.authorization_endpoint());
        assert_eq!(document["revocation_endpoint"], server.revocation_endpoint());
        assert_eq!(document["introspection_endpoint"], server.introspection_endpoint());
        assert_eq!(document["userinfo_endpoint"], server.userinfo_endpoint());
        assert_eq!(document["jwks_uri"], server.jwks_uri());
        assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
        assert_eq!(document["authorization_response_iss_parameter_supported"], true);
    }
    assert_eq!(server.counters().discovery, 2);
}

#[tokio::test]
async fn id_token_is_signed_and_complete() {
    for (signing, algorithm) in
        [(SigningAlgorithm::Es256, Algorithm::ES256), (SigningAlgorithm::Rs256, Algorithm::RS256)]
    {
        let user = User::new("bob").claim("email", "bob@example.com");
        let server = builder().signing_algorithm(signing).user(user).start().await.unwrap();
        let answer = login(&server, "openid").await;
        let keys = keys(&server).await;
        let jwk = &keys.keys[0];
        assert_eq!(jwk.common.key_id, Some(jwk.thumbprint(ThumbprintHash::SHA256).unwrap()));

        let claims = verify(&server, &keys, &text(&answer, "id_token"), algorithm);
        assert_eq!(claims["sub"], "bob");
        assert_eq!(claims["email"], "bob@example.com");
        assert_eq!(claims["nonce"], "n-1");
        let hash = digest(&SHA256, text(&answer, "access_token").as_bytes());
        assert_eq!(text(&claims, "at_hash"), URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]));
        assert!(claims["iat"].as_u64().unwrap() < claims["exp"].as_u64().unwrap());
        assert!(claims["auth_time"].is_u64());
    }
}

#[tokio::test]
async fn refreshed_id_token_has_the_same_subject_and_no_nonce() {
    let server = server().await;
    let first = login(&server, "openid").await;
    let second = read(refresh(&server, &text(&first, "refresh_token"), &[]).await).await;
    let claims = verify(&server, &keys(&server).await, &text(&second, "id_token"), Algorithm::ES256);
    assert_eq!(claims["sub"], "alice");
    assert!(claims.get("nonce").is_none());
}

#[tokio::test]
async fn no_id_token_without_openid() {
    let server = server().await;
    assert!(login(&server, "a").await.get("id_token").is_none());
}

#[tokio::test]
async fn rotated_keys_replace_or_join_the_old_ones() {
    let server = server().await;
    let old = keys(&server).await.keys[0].common.key_id.clone().unwrap();
    server.rotate_keys_keeping_old().unwrap();
    let both = keys(&server).await;
    assert_eq!(both.keys.len(), 2);
    assert!(both.find(&old).is_some());
    let token = text(&login(&server, "openid").await, "id_token");
    assert_ne!(decode_header(&token).unwrap().kid, Some(old.clone()));
    verify(&server, &both, &token, Algorithm::ES256);

    server.rotate_keys().unwrap();
    let new = keys(&server).await;
    assert_eq!(new.keys.len(), 1);
    assert!(new.find(&old).is_none());
}

#[tokio::test]
async fn claims_can_be_forged_and_taken_out() {
    let server = server().await;
    server.set_id_token_claim("nonce", "another");
    server.set_id_token_claim("auth_time", Value::Null);
    let claims =
        verify(&server, &keys(&server).await, &text(&login(&server, "openid").await, "id_token"), Algorithm::ES256);
    assert_eq!(claims["nonce"], "another");
    assert!(claims.get("auth_time").is_none());
    server.reset_id_token_claims();
    let forged = server.sign_jwt(&json!({ "iss": server.issuer(), "aud": "cli", "exp": 4_000_000_000_u64 })).unwrap();
    verify(&server, &keys(&server).await, &forged, Algorithm::ES256);
}

#[tokio::test]
async fn userinfo_answers_to_openid_only() {
    let server = server().await;
    let ask = async |token: &str| http().get(server.userinfo_endpoint()).bearer_auth(token).send().await.unwrap();
    let good = text(&login(&server, "openid").await, "access_token");
    let claims = read(ask(&good).await).await;
    assert_eq!(claims["sub"], "alice");
    assert_eq!(claims["email"], "alice@example.com");
    assert_eq!(ask(&text(&login(&server, "a").await, "access_token")).await.status(), 403);
    assert_eq!(ask(&client_token(&server, "openid").await).await.status(), 403);
    assert_eq!(ask("made up").await.status(), 401);
    assert_eq!(server.counters().userinfo, 4);
}

#[tokio::test]
async fn another_user_can_log_in_at_run_time() {
    let server = server().await;
    server.set_user(User::new("carol"));
    let token = text(&login(&server, "openid").await, "access_token");
    let claims = read(http().post(server.userinfo_endpoint()).bearer_auth(token).send().await.unwrap()).await;
    assert_eq!(claims, json!({ "sub": "carol" }));
}

#[tokio::test]
async fn documents_are_one_the_other_both_or_each_a_part() {
    for (documents, statuses) in [
        (MetadataDocuments::Both, [200, 200]),
        (MetadataDocuments::OAuth, [200, 404]),
        (MetadataDocuments::OpenId, [404, 200]),
        (MetadataDocuments::Split, [200, 200]),
    ] {
        let server = builder().metadata_documents(documents).start().await.unwrap();
        let urls = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];
        let urls = urls.map(|path| server.url(path));
        for (url, status) in urls.iter().zip(statuses) {
            assert_eq!(http().get(url).send().await.unwrap().status(), status, "{documents:?}");
        }
        if documents == MetadataDocuments::Split {
            let [oauth, openid] = [get(urls[0].clone()).await, get(urls[1].clone()).await];
            assert!(oauth["userinfo_endpoint"].is_null() && oauth["revocation_endpoint"].is_string());
            assert!(openid["userinfo_endpoint"].is_string() && openid["revocation_endpoint"].is_null());
            assert_eq!(oauth["issuer"], openid["issuer"]);
        }
    }
}
