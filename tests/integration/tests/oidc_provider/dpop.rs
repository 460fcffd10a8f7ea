//! RFC 9449. The server checks each proof, and at the userinfo endpoint the token's binding to its key.

use grantkit::authorize::RedirectUri;
use grantkit::grant::{BackchannelHint, JwtAssertion};
use grantkit::keys::{DpopKey, SigningAlgorithm, SigningKey};
use grantkit::token::TokenType;
use grantkit::{ApiClient, AuthorizationCode, Client, OAuthToken, Result};
use grantkit_testkit::ManualClock;
use serde_json::{Value, json};

use crate::real_server::{Browser, CALLBACK, RealServer, log_in, use_through_lives};

async fn bound(server: &RealServer, client_id: &str, key: &DpopKey) -> Client {
    let client = Client::builder().client_id(client_id).client_secret_basic(server.secret()).dpop(key.clone());
    client.discover(server.issuer()).await.unwrap()
}

fn login(client: &Client) -> AuthorizationCode {
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    login.scope("openid").scope("email").scope("offline_access").login_parameter("prompt", "consent")
}

#[tokio::test]
async fn a_token_is_bound_to_the_key_whatever_it_signs_with() {
    use SigningAlgorithm::{EdDsa, Es256, Es384, Es512, Ps256, Rs256};
    let server = RealServer::oidc_provider().start();
    for algorithm in [Es256, Es384, Es512, EdDsa, Ps256, Rs256] {
        let key = DpopKey::from(SigningKey::generate(algorithm).unwrap());
        let client = bound(&server, "dpop", &key).await;
        let token = client.client_credentials().scope("read").get_token().await.unwrap();
        assert_eq!(token.token_type(), TokenType::DPoP);
        let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
        assert_eq!(seen.cnf.as_ref().unwrap().jkt.as_deref(), Some(key.thumbprint()), "{algorithm}");
    }
    assert_eq!(server.stats().await.token_requests("client_credentials"), 6);
}

#[tokio::test]
async fn a_nonce_is_asked_for_once_and_kept() {
    let server = RealServer::oidc_provider().start();
    let key = DpopKey::generate().unwrap();
    let client = bound(&server, "dpop-nonce", &key).await;
    for _ in 0..3 {
        client.client_credentials().scope("read").get_token().await.unwrap();
    }
    let stats = server.stats().await;
    assert_eq!((stats.token_errors("use_dpop_nonce"), stats.tokens("client_credentials")), (1, 3));
}

#[tokio::test]
async fn a_client_that_must_bind_its_tokens_gets_none_without_a_key() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("dpop").await;
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"), "so this server says it");
}

/// By the browser's address, pushed, and signed.
async fn every_way_to_log_in(server: &RealServer, client_id: &str) {
    let key = DpopKey::generate().unwrap();
    let client = bound(server, client_id, &key).await;
    let plain = log_in(&login(&client)).await.unwrap();

    let (url, pending) = login(&client).push().await.unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let pushed = login(&client).finish(pending, callback).await.unwrap();

    let userinfo = client.userinfo().unwrap();
    for done in [plain, pushed] {
        assert_eq!(done.token().token_type(), TokenType::DPoP);
        let subject = done.claims().unwrap().subject().to_owned();
        let claims = userinfo.fetch(done.token(), &subject).await.unwrap();
        assert_eq!(claims.get("email").unwrap(), "alice@example.com");

        let refreshed = client.refresh_token_grant(done.token().refresh_token().unwrap().clone()).get_token().await;
        let refreshed = refreshed.unwrap();
        assert_ne!(refreshed.access_token(), done.token().access_token());
        userinfo.fetch(&refreshed, &subject).await.unwrap();
    }
}

#[tokio::test]
async fn a_person_logs_in_and_the_tokens_are_bound() {
    let server = RealServer::oidc_provider().start();
    Box::pin(every_way_to_log_in(&server, "dpop")).await;
    assert_eq!(server.stats().await.token_errors("use_dpop_nonce"), 0);
}

#[tokio::test]
async fn a_person_logs_in_where_nonces_are_asked_for() {
    let server = RealServer::oidc_provider().start();
    Box::pin(every_way_to_log_in(&server, "dpop-nonce")).await;
    assert_eq!(server.stats().await.token_errors("use_dpop_nonce"), 1);
    assert_eq!(server.stats().await.revoked_logins(), 0);
}

#[tokio::test]
async fn a_signed_request_binds_the_code_too() {
    let server_key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("app");
    let registration = serde_json::json!([{ "client_id": "dpop", "jwks": { "keys": [server_key.public_jwk()] } }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &registration.to_string()).start();
    let client = bound(&server, "dpop", &DpopKey::generate().unwrap()).await;
    let signed = login(&client).request_signer(server_key);
    let (url, pending) = signed.start_signed().await.unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let done = signed.finish(pending, callback).await.unwrap();
    client.userinfo().unwrap().fetch(done.token(), "alice").await.unwrap();
}

/// Without what the SDK checks itself: the server has bound the code to the key.
#[tokio::test]
async fn a_code_is_of_no_use_with_another_key() {
    let server = RealServer::oidc_provider().start();
    let client = bound(&server, "dpop", &DpopKey::generate().unwrap()).await;
    let thief = bound(&server, "dpop", &DpopKey::generate().unwrap()).await;
    let finish_with = async |thief: &Client, knows_of_key: bool| -> Result<_> {
        let (url, pending) = login(&client).start()?;
        let callback = Browser::new().visit(url.as_str()).await;
        let mut stolen = serde_json::to_value(&pending).unwrap();
        if !knows_of_key {
            stolen.as_object_mut().unwrap().remove("dpop_jkt").unwrap();
        }
        login(thief).finish(serde_json::from_value(stolen).unwrap(), callback).await
    };
    let error = finish_with(&thief, true).await.unwrap_err();
    assert!(error.is_configuration() && error.oauth_code().is_none(), "{error}");
    let error = finish_with(&thief, false).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"), "{error}");
    finish_with(&client, false).await.unwrap();
}

#[tokio::test]
async fn refresh_token_of_a_public_client_is_useless_with_another_key() {
    const NATIVE: &str = "com.example.app:/callback";
    let server = RealServer::oidc_provider().start();
    let public = async |key: &DpopKey| {
        let client = Client::builder().client_id("dpop-public").public().dpop(key.clone());
        client.discover(server.issuer()).await.unwrap()
    };
    let client = public(&DpopKey::generate().unwrap()).await;
    let login = client.authorization_code(RedirectUri::new(NATIVE).unwrap()).unwrap();
    let login = login.scope("openid").scope("offline_access").login_parameter("prompt", "consent");
    let done = log_in(&login).await.unwrap();
    let refresh_token = done.token().refresh_token().unwrap().clone();

    let thief = public(&DpopKey::generate().unwrap()).await;
    let error = thief.refresh_token_grant(refresh_token.clone()).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"));
    client.refresh_token_grant(refresh_token).get_token().await.unwrap();
}

#[tokio::test]
async fn a_stolen_token_is_of_no_use() {
    let server = RealServer::oidc_provider().start();
    let client = bound(&server, "dpop", &DpopKey::generate().unwrap()).await;
    let done = log_in(&login(&client)).await.unwrap();
    client.userinfo().unwrap().fetch(done.token(), "alice").await.unwrap();

    let thief = bound(&server, "dpop", &DpopKey::generate().unwrap()).await;
    let error = thief.userinfo().unwrap().fetch(done.token(), "alice").await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.oauth_code()), (Some(401), Some("invalid_token")));
}

/// The userinfo endpoint is an API like any other: it takes the token with a proof, says 401 where the token is no good,
/// and asks for a nonce.
#[tokio::test]
async fn calls_go_through_although_a_nonce_is_asked_for_and_the_token_forgotten() {
    let server = RealServer::oidc_provider().setting("DPOP_NONCE_AT", "userinfo").start();
    let pem = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let done = log_in(&login(&bound(&server, "dpop", &DpopKey::from(pem.clone())).await)).await.unwrap();
    // The same key with no nonce yet: the token endpoint is of the same origin, and gave one.
    let client = bound(&server, "dpop", &DpopKey::from(pem)).await;
    let grant = client.refresh_token_grant(done.token().refresh_token().unwrap().clone());
    let credentials = grant.credentials("bound, at an API");
    credentials.put(done.token().clone()).await.unwrap();

    let api = ApiClient::new(server.issuer(), credentials.clone()).unwrap();
    let claims: Value = api.get("me").fetch().await.unwrap();
    assert_eq!(claims["sub"], "alice");
    let api_requests = server.stats().await.requests("userinfo");
    assert_eq!(api_requests, 2, "one of them lacked the nonce");
    assert_eq!(server.stats().await.token_requests("refresh_token"), 0);

    server.ask("forget", &[("kind", "AccessToken")]).await;
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(api.post("me").fetch::<Value>())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap()["sub"], "alice");
    }
    let stats = server.stats().await;
    assert_eq!((stats.token_requests("refresh_token"), stats.revoked_logins()), (1, 0));
}

/// Over several lives of the access token, each refresh with a proof.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bound_login_is_kept_fresh_for_concurrent_callers() {
    let (server, clock) = (RealServer::oidc_provider().start(), ManualClock::new());
    let client = bound(&server, "dpop-nonce", &DpopKey::generate().unwrap()).await;
    let builder = log_in(&login(&client)).await.unwrap().credentials_builder("bound, rotating");
    let credentials = builder.clock(clock.clone()).await.unwrap();
    use_through_lives(&[credentials], &clock, 10, 3).await;
    let stats = server.stats().await;
    assert_eq!((stats.token_errors("use_dpop_nonce"), stats.token_errors("invalid_grant")), (1, 0));
    assert_eq!(stats.revoked_logins(), 0);
}

#[tokio::test]
async fn a_person_agrees_on_another_device_and_the_token_is_bound() {
    let server = RealServer::oidc_provider().start();
    let key = DpopKey::generate().unwrap();
    let client = bound(&server, "dpop", &key).await;
    let grant = client.device_authorization().unwrap().scope("openid");
    let pending = grant.start().await.unwrap();
    server.person_agrees(pending.user_code()).await;
    let done = grant.wait(pending).await.unwrap();
    assert_eq!(done.token().token_type(), TokenType::DPoP);
    client.userinfo().unwrap().fetch(done.token(), "alice").await.unwrap();
}

#[tokio::test]
async fn a_person_agrees_on_their_own_device_and_the_token_is_bound() {
    let server = RealServer::oidc_provider().start();
    for client_id in ["dpop", "dpop-nonce"] {
        let client = bound(&server, client_id, &DpopKey::generate().unwrap()).await;
        let grant = client
            .backchannel_authentication(BackchannelHint::login_hint("alice"))
            .unwrap()
            .scope("openid")
            .scope("offline_access");
        let mut pending = grant.start().await.unwrap();
        server.ask("ciba", &[("auth_req_id", pending.auth_req_id())]).await;
        let done = grant.poll(&mut pending).await.unwrap().unwrap();
        assert_eq!(done.token().token_type(), TokenType::DPoP);
        let userinfo = client.userinfo().unwrap();
        userinfo.fetch(done.token(), "alice").await.unwrap();
        // Another client's key is of no use with it.
        let thief = bound(&server, client_id, &DpopKey::generate().unwrap()).await;
        assert!(thief.userinfo().unwrap().fetch(done.token(), "alice").await.is_err());

        let credentials = done.credentials(format!("ciba, {client_id}")).await.unwrap();
        let api = ApiClient::new(server.issuer(), credentials.clone()).unwrap();
        server.ask("forget", &[("kind", "AccessToken")]).await;
        assert_eq!(api.get("me").fetch::<Value>().await.unwrap()["sub"], "alice", "after a refresh");
    }
    assert_eq!(server.stats().await.tokens("refresh_token"), 2);
}

/// Grants that the server has not of its own: it binds their tokens all the same, and checks the proofs.
#[tokio::test]
async fn the_tokens_of_every_other_grant_are_bound() {
    let idp = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let trusted = json!({ "https://idp.example": { "keys": [idp.public_jwk()] } });
    let server = RealServer::oidc_provider().setting("TRUSTED_ISSUERS", &trusted.to_string()).start();
    let key = DpopKey::generate().unwrap();
    let client = bound(&server, "dpop-nonce", &key).await;
    let introspection = client.introspection().unwrap();
    let check = async |grant: &str, token: OAuthToken| {
        assert_eq!(token.token_type(), TokenType::DPoP, "{grant}");
        let seen = introspection.access_token(token.access_token().secret()).await.unwrap();
        assert_eq!(seen.cnf.as_ref().unwrap().jkt.as_deref(), Some(key.thumbprint()), "{grant}");
        token
    };
    let password = "wonder land + 100%";
    let grant = client.danger_resource_owner_password("alice", password).scope("read");
    let alice = check("password", grant.get_token().await.unwrap()).await;
    let grant = client.extension_grant("password").parameter("username", "alice");
    check("extension", grant.secret_parameter("password", password).get_token().await.unwrap()).await;
    let assertion = JwtAssertion::new(idp, "https://idp.example", "carol");
    check("JWT bearer", client.jwt_bearer(assertion).scope("read").get_token().await.unwrap()).await;
    let exchange = client.token_exchange(&alice);
    check("token exchange", exchange.get_token().await.unwrap()).await;
    let exchanged = exchange.exchange().await.unwrap().into_access_token().unwrap();
    check("token exchange, whatever it issues", exchanged).await;
    assert_eq!(server.stats().await.token_errors("use_dpop_nonce"), 1);

    let without = server.confidential("dpop").await;
    let error = without.danger_resource_owner_password("alice", password).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"), "the server gives none that is not bound");
}
