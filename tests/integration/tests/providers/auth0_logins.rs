//! What persons and the program have at a tenant of Auth0: the exact requests.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::grant::SecurityToken;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit::token::TokenTypeIdentifier;
use grantkit_integration_tests::support::Browser;
use grantkit_providers::Auth0Tenant;
use rcgen::KeyPair;
use serde_json::{Value, json};

use crate::token_service::{TokenService, bearer, form_headers};
use crate::{refusal, settings};

fn acme(service: &TokenService) -> ProviderSettings {
    settings([("client_id", "web"), ("client_secret", "s3cret")]).with("tenant", service.url(""))
}

fn query(text: &str) -> Vec<(String, String)> {
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn parameter(text: &str, name: &str) -> Option<String> {
    query(text).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn login(provider: &ProviderClient) -> String {
    let redirect_uri = RedirectUri::new("https://app.example/callback").unwrap();
    provider.login(redirect_uri).unwrap().start().unwrap().0.to_string()
}

#[test]
fn a_login_asks_for_the_api_and_the_organization() {
    let settings = settings([("tenant", "acme.eu"), ("client_id", "web"), ("client_secret", "s3cret")]);
    let url = login(&ProviderClient::connect("auth0", settings.clone()).unwrap());
    assert!(url.starts_with("https://acme.eu.auth0.com/authorize?"), "{url}");
    assert_eq!(parameter(&url, "scope").unwrap(), "openid profile email offline_access");
    assert_eq!((parameter(&url, "audience"), parameter(&url, "organization")), (None, None));
    let settings = settings
        .with("tenant", "login.acme.dev")
        .with("audience", "https://api.acme.dev")
        .with("scopes", vec!["read:invoices"])
        .with("offline_access", false)
        .with("organization", "org_1");
    let url = login(&ProviderClient::connect("auth0", settings).unwrap());
    assert!(url.starts_with("https://login.acme.dev/authorize?"), "{url}");
    assert_eq!(parameter(&url, "scope").unwrap(), "openid profile email read:invoices");
    assert_eq!(parameter(&url, "audience").unwrap(), "https://api.acme.dev");
    assert_eq!(parameter(&url, "organization").unwrap(), "org_1");
}

/// Code, keys, person, refresh and revocation, each where Auth0 has it.
#[tokio::test]
async fn a_login_is_finished_refreshed_and_ended_where_auth0_says() {
    let auth0 = grantkit_testkit::provider("auth0").start().await.unwrap();
    let provider = ProviderClient::connect("auth0", auth0.settings().with("audience", "https://api.acme.dev")).unwrap();
    let code = provider.login("https://app.example/callback").unwrap();
    let (url, pending) = code.start().unwrap();
    let callback = Browser::new().log_in(&url).await;
    auth0.clear_requests();
    let login = code.finish(pending, callback).await.unwrap();
    let person = provider.identity(&login).await.unwrap();
    assert_eq!((person.email(), person.is_email_verified()), (Some("alice@example.com"), true));
    let first = login.token().refresh_token().unwrap().secret().to_owned();
    let credentials = login.credentials_in(MemoryStore::new(), person.id()).await.unwrap();
    let access_token = credentials.token().await.unwrap().access_token().secret().to_owned();
    let second = credentials.refresh().await.unwrap().refresh_token().unwrap().secret().to_owned();
    assert_ne!(first, second, "each use brings a new one");
    provider.log_out(&credentials).await.unwrap();

    let requests = auth0.requests();
    let lines: Vec<_> = requests.iter().map(|request| format!("{} {}", request.method, request.path)).collect();
    let expected =
        ["GET /.well-known/jwks.json", "POST /oauth/token", "GET /userinfo", "POST /oauth/token", "POST /oauth/revoke"];
    assert_eq!(lines, expected);
    let names = |at: usize| requests[at].form().into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" ");
    // The API was named where the login began.
    assert_eq!(names(1), "grant_type code redirect_uri code_verifier client_id client_secret");
    assert_eq!(requests[2].header("authorization"), Some(&*format!("Bearer {access_token}")));
    assert_eq!(names(3), "grant_type refresh_token client_id client_secret");
    assert_eq!(requests[3].form_value("refresh_token"), Some(first));
    // Auth0 revokes refresh tokens alone, and all that came of them.
    assert_eq!(names(4), "token token_type_hint client_id client_secret");
    assert_eq!(requests[4].form_value("token"), Some(second));
    assert_eq!(requests[4].form_value("token_type_hint").as_deref(), Some("refresh_token"));
    for request in &requests {
        let is_of_person = request.path == "/userinfo";
        assert_eq!(request.header("authorization").is_some(), is_of_person, "{request:?}");
    }
}

#[tokio::test]
async fn a_login_on_another_device() {
    let answer = json!({
        "device_code": "D", "user_code": "U", "verification_uri": "https://acme.example/activate", "expires_in": 900, "interval": 5,
    });
    let service = TokenService::answering([(200, answer)]).await;
    let provider = ProviderClient::connect("auth0", acme(&service).with("audience", "api")).unwrap();
    let _pending = provider.device_login().unwrap().start().await.unwrap();
    let asked = service.only();
    assert_eq!(asked.path_and_query, "/oauth/device/code");
    assert_eq!(parameter(&asked.body, "scope").unwrap(), "openid profile email offline_access");
    assert_eq!(parameter(&asked.body, "audience").unwrap(), "api");
}

#[tokio::test]
async fn logins_that_cannot_be_limited_to_an_organization_are_refused() {
    let service = TokenService::answering([(200, json!({}))]).await;
    let settings = acme(&service).with("organization", "org_1");
    let tenant = Auth0Tenant::connect(settings.clone()).unwrap();
    let provider = ProviderClient::connect("auth0", settings).unwrap();
    let refused = [provider.device_login().err().unwrap(), tenant.backchannel_login("auth0|5f7c").err().unwrap()];
    for error in refused {
        assert!(error.is_unsupported(), "{error:?}");
        assert!(error.to_string().contains("call `.login(..)`"), "{error}");
        assert!(error.to_string().contains("\"org_1\""), "{error}");
    }
    assert!(service.received().is_empty());
}

/// A login that was made for one organization, or one API, is not found by a tenant that is set up for another.
#[test]
fn stored_logins_are_of_their_organization_and_api() {
    let acme = || settings([("tenant", "acme"), ("client_id", "web"), ("client_secret", "s3cret")]);
    let stored = |settings: ProviderSettings| {
        let provider = ProviderClient::connect("auth0", settings).unwrap();
        let login = provider.stored_login("alice").unwrap().named();
        (login.fingerprint(), login.refresh_key())
    };
    let different = [
        acme(),
        acme().with("organization", "org_A"),
        acme().with("organization", "org_B"),
        acme().with("audience", "org_A"),
        acme().with("audience", "org_A").with("organization", "org_B"),
    ];
    let (tokens, logins): (BTreeSet<_>, BTreeSet<_>) = different.iter().cloned().map(stored).unzip();
    assert_eq!((tokens.len(), logins.len()), (different.len(), different.len()));
    assert_eq!(stored(different[1].clone()), stored(acme().with("organization", "org_A")));
}

#[tokio::test]
async fn the_application_proves_itself_with_a_private_key() {
    let service = TokenService::answering([bearer("T1")]).await;
    let pem = KeyPair::generate().unwrap().serialize_pem();
    for pem in [pem.replace('\n', "\\n"), pem] {
        let settings = settings([("client_id", "web"), ("private_key", &pem), ("private_key_id", "k1")]);
        let provider = ProviderClient::connect("auth0", settings.with("tenant", service.url(""))).unwrap();
        provider.get_token().await.unwrap();
    }
    let body = &service.received()[0].body;
    let jwt = parameter(body, "client_assertion").unwrap();
    let part = |at: usize| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(at).unwrap()).unwrap()).unwrap()
    };
    assert_eq!((&part(0)["kid"], &part(1)["aud"]), (&json!("k1"), &json!(service.url("/"))));
    assert_eq!((&part(1)["iss"], parameter(body, "client_secret")), (&json!("web"), None));
}

#[test]
fn what_an_application_proves_itself_with_is_checked() {
    let with = |further: &[(&str, &str)]| {
        let base = settings([("tenant", "acme"), ("client_id", "web")]);
        refusal("auth0", further.iter().fold(base, |settings, (key, value)| settings.with(*key, *value)))
    };
    assert!(with(&[]).contains("missing: `client_secret`"));
    let method = |name| ("token_endpoint_auth_method", name);
    assert!(with(&[method("client_secret_post")]).contains("missing: `client_secret`"));
    assert!(with(&[method("private_key_jwt")]).contains("missing: `private_key` or `private_key_file`"));
    assert!(with(&[method("tls_client_auth")]).contains("missing: `client_certificate_file`"));
    let useless = with(&[("client_secret", "s3cret"), method("none")]);
    assert!(useless.contains("it is \"none\", and `client_secret` is given"), "{useless}");
    assert!(with(&[("private_key", "canary")]).contains("`private_key`: "));
    assert!(!with(&[("private_key", "canary")]).contains("canary"));
    assert!(with(&[("private_key_file", "/nowhere/key.pem")]).contains("cannot be read"));
    let public = settings([("tenant", "acme"), ("client_id", "native"), ("token_endpoint_auth_method", "none")]);
    assert!(login(&ProviderClient::connect("auth0", public).unwrap()).contains("client_id=native"));
}

#[tokio::test]
async fn custom_token_exchange() {
    let service = TokenService::answering([bearer("T1")]).await;
    let tenant = Auth0Tenant::connect(acme(&service).with("audience", "api").with("organization", "org_1")).unwrap();
    tenant
        .token_exchange(SecurityToken::new(TokenTypeIdentifier::from("https://acme.dev/legacy"), "legacy-token"))
        .get_token()
        .await
        .unwrap();
    let asked = service.only();
    assert_eq!((asked.path_and_query.as_str(), asked.headers), ("/oauth/token", form_headers()));
    assert_eq!(
        asked.body,
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=legacy-token\
         &subject_token_type=https%3A%2F%2Facme.dev%2Flegacy&audience=api&organization=org_1&client_id=web&client_secret=s3cret"
    );
}

#[tokio::test]
async fn a_backchannel_login_names_the_person() {
    let answer = json!({ "auth_req_id": "R", "expires_in": 300, "interval": 5 });
    let service = TokenService::answering([(200, answer)]).await;
    let tenant = Auth0Tenant::connect(acme(&service)).unwrap();
    let _pending = tenant.backchannel_login("auth0|5f7c").unwrap().binding_message("42").start().await.unwrap();
    let asked = service.only();
    assert_eq!(asked.path_and_query, "/bc-authorize");
    let hint: Value = serde_json::from_str(&parameter(&asked.body, "login_hint").unwrap()).unwrap();
    assert_eq!(hint, json!({ "format": "iss_sub", "iss": service.url("/"), "sub": "auth0|5f7c" }));
    assert_eq!(parameter(&asked.body, "binding_message").unwrap(), "42");
}

#[tokio::test]
async fn the_management_api_by_pages() {
    let service =
        TokenService::answering([bearer("T1"), (200, json!([{ "user_id": "auth0|1" }])), (200, json!([]))]).await;
    let management = Auth0Tenant::connect(acme(&service)).unwrap().management().unwrap();
    let mut users = Vec::new();
    for page in 0.. {
        let found: Vec<Value> =
            management.get("users").query(&[("page", page), ("per_page", 100)]).fetch().await.unwrap();
        if found.is_empty() {
            break;
        }
        users.extend(found);
    }
    assert_eq!(users, [json!({ "user_id": "auth0|1" })]);
    let asked = service.received();
    assert_eq!(parameter(&asked[0].body, "audience").unwrap(), service.url("/api/v2/"));
    assert_eq!(asked[1].path_and_query, "/api/v2/users?page=0&per_page=100");
    assert_eq!(asked[2].path_and_query, "/api/v2/users?page=1&per_page=100");
    assert!(asked[1].headers.contains(&("authorization".to_owned(), "Bearer T1".to_owned())));
}
