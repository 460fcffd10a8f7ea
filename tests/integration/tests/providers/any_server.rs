//! Persons log in at any server by name: `oidc` by its issuer, `oauth2` by its endpoints too.

use std::time::Duration;

use grantkit::ProviderClient;
use grantkit::authorize::PendingLogin;
use grantkit::credentials::CacheKey;
use grantkit::grant::Login;
use grantkit::provider::{Person, ProviderSettings};
use grantkit::store::MemoryStore;
use grantkit_integration_tests::support::{Browser, CALLBACK, ID, SECRET, log_in, query, server, server_builder};
use grantkit_providers::Oidc;
use grantkit_testkit::{AuthorizationServer, RefreshTokens, User};
use serde_json::json;

use super::token_service::{TokenService, bearer};
use super::{credentials, refusal, settings};

fn of_issuer(server: &AuthorizationServer) -> ProviderSettings {
    settings([("client_id", ID), ("client_secret", SECRET)]).with("issuer", server.issuer())
}

fn oidc(server: &AuthorizationServer) -> ProviderClient {
    ProviderClient::connect("oidc", of_issuer(server)).unwrap()
}

/// The person opens the address and comes back.
async fn begin(client: &ProviderClient) -> (url::Url, PendingLogin, String) {
    let (url, pending) = client.login(CALLBACK).unwrap().begin().await.unwrap();
    let callback = Browser::new().log_in(&url).await;
    (url, pending, callback.into())
}

async fn logged_in(client: &ProviderClient) -> Login {
    let (_, pending, callback) = begin(client).await;
    client.login(CALLBACK).unwrap().finish(pending, callback).await.unwrap()
}

fn assert_is_alice(person: &Person, issuer: &str) {
    assert_eq!((person.id(), person.issuer()), ("alice", Some(issuer)));
    assert_eq!((person.email(), person.is_email_verified()), (Some("alice@example.com"), true));
    assert_eq!(person.name(), Some("Alice Example"));
}

#[tokio::test]
async fn a_person_logs_in_at_an_openid_provider_by_its_issuer() {
    let server = server_builder().refresh_tokens(RefreshTokens::WithOfflineAccess).start().await.unwrap();
    let client = oidc(&server);
    let login = client.login(CALLBACK).unwrap();
    let error = login.start().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`.begin().await`"), "{error}");
    assert_eq!(server.requests().len(), 0, "nothing is sent before the login begins");

    let (url, pending, callback) = begin(&client).await;
    assert!(url.as_str().starts_with(&server.authorization_endpoint()), "{url}");
    for (name, value) in [
        ("scope", Some("openid profile email")),
        ("code_challenge_method", Some("S256")),
        ("state", Some(pending.state())),
        ("prompt", None),
    ] {
        assert_eq!(query(&url, name).as_deref(), value, "{name}");
    }
    assert!(query(&url, "nonce").is_some());
    let login = client.login(CALLBACK).unwrap().finish(pending, callback).await.unwrap();
    assert_eq!(login.claims().unwrap().subject(), "alice");
    assert!(login.token().refresh_token().is_none(), "none was asked for");
    assert_is_alice(&client.identity(&login).await.unwrap(), &server.issuer());
}

#[tokio::test]
async fn a_login_is_kept_and_refreshed_by_another_copy_of_the_program() {
    let server = server_builder().refresh_tokens(RefreshTokens::WithOfflineAccess).start().await.unwrap();
    let copy = || ProviderClient::connect("oidc", of_issuer(&server).with("offline_access", true)).unwrap();
    let (url, pending, callback) = begin(&copy()).await;
    assert_eq!(query(&url, "scope").as_deref(), Some("openid profile email offline_access"));
    assert_eq!(query(&url, "prompt").as_deref(), Some("consent"), "OpenID Connect Core §11");
    let login = copy().login(CALLBACK).unwrap().finish(pending, callback).await.unwrap();
    let store = MemoryStore::new();
    let first = login.token().access_token().secret().to_owned();
    let kept = login.credentials_in(store.clone(), "alice").await.unwrap();
    assert_eq!(kept.token().await.unwrap().access_token().secret(), first);

    let client = copy();
    let found = client.stored_login("alice").unwrap().credentials_in(store);
    assert_eq!(found.token().await.unwrap().access_token().secret(), first);
    let refreshed = found.refresh().await.unwrap();
    assert_ne!(refreshed.access_token().secret(), first);
    assert_eq!(refreshed.id_token_claims().unwrap().subject(), "alice", "verified by keys that were discovered");
    client.log_out(&found).await.unwrap();
    assert!(!server.is_active(refreshed.access_token().secret()));
    assert!(found.token().await.unwrap_err().needs_login());
}

#[tokio::test]
async fn the_answer_is_checked_by_what_the_metadata_says() {
    let server = server().await;
    let client = oidc(&server);
    let (_, pending, callback) = begin(&client).await;
    let callback = url::Url::parse(&callback).unwrap();
    assert_eq!(query(&callback, "iss"), Some(server.issuer()));
    let mut without = callback.clone();
    let others: Vec<_> = callback.query_pairs().into_owned().filter(|(name, _)| name != "iss").collect();
    without.query_pairs_mut().clear().extend_pairs(others);
    let error = client.login(CALLBACK).unwrap().finish(pending, without).await.unwrap_err();
    assert!(error.is_mix_up() && error.to_string().contains("no `iss`"), "{error}");
}

#[tokio::test]
async fn a_login_that_began_at_another_server_is_refused_at_once() {
    let (one, other) = (server().await, server().await);
    let (_, pending, callback) = begin(&oidc(&one)).await;
    let error = oidc(&other).login(CALLBACK).unwrap().finish(pending, callback).await.unwrap_err();
    assert!(error.is_mix_up(), "{error}");
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn a_server_that_wants_requests_pushed_gets_them_pushed() {
    let server = server_builder().require_pushed_authorization_requests().start().await.unwrap();
    let client = oidc(&server);
    let (url, pending, callback) = begin(&client).await;
    assert!(query(&url, "request_uri").is_some() && query(&url, "scope").is_none(), "{url}");
    let login = client.login(CALLBACK).unwrap().finish(pending, callback).await.unwrap();
    assert_is_alice(&client.identity(&login).await.unwrap(), &server.issuer());
}

#[tokio::test]
async fn a_person_logs_in_on_another_device() {
    let server = server_builder().poll_interval(Duration::from_millis(1)).start().await.unwrap();
    let client = oidc(&server);
    let login = client.device_login().unwrap();
    let mut pending = login.start().await.unwrap();
    assert!(server.approve(pending.user_code()));
    let login = login.poll(&mut pending).await.unwrap().unwrap();
    assert_is_alice(&client.identity(&login).await.unwrap(), &server.issuer());
}

#[tokio::test]
async fn scopes_of_the_program_stand_beside_openid() {
    let server = server().await;
    let scoped = |name: &str, scopes: Vec<&str>| {
        ProviderClient::connect(name, of_issuer(&server).with("scopes", scopes)).unwrap()
    };
    for (name, scopes, asked) in [
        ("oidc", vec!["read:invoices"], "read:invoices openid"),
        ("oidc", vec!["openid", "email"], "openid email"),
        ("oauth2", vec!["read:invoices"], "read:invoices"),
    ] {
        let (url, ..) = begin(&scoped(name, scopes)).await;
        assert_eq!(query(&url, "scope").as_deref(), Some(asked), "{name}");
    }
    let client = scoped("oauth2", vec!["read:invoices"]);
    let login = logged_in(&client).await;
    assert!(login.claims().is_none());
    assert_eq!(login.token().scope(), Some("read:invoices"));
    let own = credentials(client).token().await.unwrap();
    assert_eq!(own.scope(), Some("read:invoices"), "the program's own");
}

/// Whatever else it says than that it is.
#[tokio::test]
async fn an_address_that_is_not_verified_is_not_taken_as_verified() {
    for (said, is_verified) in [
        (json!(true), true),
        (json!("true"), true),
        (json!(false), false),
        (json!("false"), false),
        (json!("unverified"), false),
        (json!(null), false),
        (json!({}), false),
    ] {
        let server = server().await;
        server.set_user(User::new("bob").claim("email", "bob@example.com").claim("email_verified", said.clone()));
        let client = oidc(&server);
        let person = client.identity(&logged_in(&client).await).await.unwrap();
        assert_eq!((person.email(), person.is_email_verified()), (Some("bob@example.com"), is_verified), "{said}");
    }
    let server = server().await;
    server.set_user(User::new("bob").claim("email", "bob@example.com"));
    let client = oidc(&server);
    assert!(!client.identity(&logged_in(&client).await).await.unwrap().is_email_verified(), "nothing is said");
}

fn by_hand(server: &AuthorizationServer) -> ProviderSettings {
    settings([("client_id", ID), ("client_secret", SECRET)])
        .with("token_endpoint", server.token_endpoint())
        .with("scopes", vec!["openid", "profile", "email"])
        .with("issuer", server.issuer())
}

/// For a server that publishes no metadata.
#[tokio::test]
async fn a_person_logs_in_by_endpoints() {
    let server = server().await;
    let all = by_hand(&server)
        .with("authorization_endpoint", server.authorization_endpoint())
        .with("device_authorization_endpoint", server.device_authorization_endpoint())
        .with("userinfo_endpoint", server.userinfo_endpoint())
        .with("revocation_endpoint", server.revocation_endpoint())
        .with("jwks_uri", server.jwks_uri());
    let client = ProviderClient::connect("oauth2", all).unwrap();
    let login = client.login(CALLBACK).unwrap();
    let login = log_in(&login).await.unwrap();
    assert_is_alice(&client.identity(&login).await.unwrap(), &server.issuer());
    let kept = login.credentials_in(MemoryStore::new(), "alice").await.unwrap();
    let token = kept.token().await.unwrap();
    client.log_out(&kept).await.unwrap();
    assert!(!server.is_active(token.access_token().secret()));
    assert!(client.device_login().unwrap().start().await.is_ok());
    let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    assert!(!paths.iter().any(|path| path.contains("well-known")), "{paths:?}");
}

#[tokio::test]
async fn an_endpoint_that_is_missing_is_a_key_of_the_configuration() {
    let server = server().await;
    let client = ProviderClient::connect("oauth2", by_hand(&server)).unwrap();
    for (error, key) in [
        (client.login(CALLBACK).unwrap_err(), "authorization_endpoint"),
        (client.device_login().unwrap_err(), "device_authorization_endpoint"),
        (client.revocation().unwrap_err(), "revocation_endpoint"),
    ] {
        assert!(error.is_unsupported(), "{error:?}");
        assert!(
            error.to_string().contains(&format!("no `{key}`")) && error.to_string().contains("`issuer`"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_server_without_revocation_has_its_tokens_forgotten() {
    let service = TokenService::answering([(500, json!({}))]).await;
    let issuer = service.url("");
    let metadata = json!({
        "issuer": issuer, "token_endpoint": format!("{issuer}/token"), "introspection_endpoint": format!("{issuer}/introspect"),
    });
    service.now_answer([(200, metadata), bearer("T1")]);
    let settings = settings([("client_id", "c"), ("client_secret", "s")]).with("issuer", issuer);
    let client = ProviderClient::connect("oauth2", settings).unwrap();
    let own = credentials(client.clone());
    own.token().await.unwrap();
    client.log_out(&own).await.unwrap();
    let paths: Vec<_> = service.received().into_iter().map(|request| request.path_and_query).collect();
    assert_eq!(paths.last().map(String::as_str), Some("/token"), "{paths:?}");
}

#[tokio::test]
async fn a_server_that_is_away_fails_the_login_and_not_the_program() {
    let settings = settings([("client_id", "c"), ("client_secret", "s"), ("issuer", "http://127.0.0.1:9")]);
    let client = ProviderClient::connect("oidc", settings).unwrap();
    let login = client.login(CALLBACK).unwrap();
    assert!(client.stored_login("alice").is_ok());
    let error = login.begin().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error:?}");
}

#[test]
fn logins_are_of_their_issuer_and_api() {
    let key = |issuer: &str, audience: Option<&str>| {
        let settings = settings([("client_id", "c"), ("client_secret", "s"), ("issuer", issuer)]);
        let settings = audience.into_iter().fold(settings, |settings, audience| settings.with("audience", audience));
        let client = ProviderClient::connect("oidc", settings).unwrap();
        CacheKey::from_client(&client.stored_login("alice").unwrap().named())
    };
    let first = key("https://one.example", None);
    assert_eq!(first, key("https://one.example", None));
    for (issuer, audience) in [("https://two.example", None), ("https://one.example", Some("https://api.example"))] {
        assert_ne!(first, key(issuer, audience));
    }
}

#[tokio::test]
async fn by_type_it_is_the_same() {
    let server = server().await;
    let client: ProviderClient<Oidc> = ProviderClient::connect_as(of_issuer(&server)).unwrap();
    let login = client.login(CALLBACK).unwrap();
    let (url, pending) = login.begin().await.unwrap();
    let callback = Browser::new().log_in(&url).await;
    let login = login.finish(pending, callback).await.unwrap();
    assert_is_alice(&client.identity(&login).await.unwrap(), &server.issuer());
}

#[test]
fn what_is_wrong_with_the_servers_addresses_is_named() {
    let client = || settings([("client_id", "c"), ("client_secret", "s")]);
    assert!(refusal("oidc", client()).ends_with("missing: `issuer`"));
    let issuer = || client().with("issuer", "https://as.example");
    for (name, settings, said) in [
        ("oidc", client().with("issuer", "as.example"), "`issuer`: "),
        ("oidc", issuer().with("token_endpoint", "https://as.example/token"), "unknown: `token_endpoint`"),
        ("oidc", settings([("issuer", "https://as.example"), ("client_id", "c")]), "missing: `client_secret` or "),
        (
            "oauth2",
            issuer().with("authorization_endpoint", "https://as.example/authorize"),
            "`authorization_endpoint`: it stands beside `token_endpoint`",
        ),
        (
            "oauth2",
            client().with("token_endpoint", "https://as.example/token").with("jwks_uri", "https://as.example/jwks"),
            "`jwks_uri`: its keys are of `issuer`, which is missing",
        ),
        (
            "oauth2",
            client()
                .with("token_endpoint", "https://as.example/token")
                .with("userinfo_endpoint", "http://as.example/me"),
            "`userinfo_endpoint`: ",
        ),
    ] {
        let told = refusal(name, settings);
        assert!(told.contains(said), "{told}");
    }
}
