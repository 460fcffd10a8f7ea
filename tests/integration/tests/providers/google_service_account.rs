use std::time::Duration;

use grantkit::keys::SigningKey;
use grantkit::prelude::*;
use grantkit_providers::google::{GoogleCredentials, ServiceAccount};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::own_cache;
use crate::token_service::{TokenService, bearer, form_headers};

/// A key for tests alone.
pub(crate) const PEM: &str = include_str!("../../../../sdk/src/keys/signing_key/tests/keys/rsa_pkcs8.pem");
const CLOUD: &str = "https://www.googleapis.com/auth/cloud-platform";
const GOOGLE: &str = "https://oauth2.googleapis.com/token";

pub(crate) fn info(email: &str) -> Value {
    json!({
        "type": "service_account",
        "project_id": "acme",
        "private_key_id": "key-1",
        "private_key": PEM,
        "client_email": email,
        "client_id": "117",
        "token_uri": GOOGLE,
    })
}

fn account(service: &TokenService) -> ServiceAccount {
    ServiceAccount::from_json(&info("app@acme.iam.gserviceaccount.com").to_string())
        .unwrap()
        .token_uri(service.url("/token"))
        .unwrap()
}

/// The claims, of a JWT whose signature holds.
fn verified(jwt: &str, audience: Option<&str>) -> Value {
    let jwk = SigningKey::from_pem(PEM).unwrap().public_jwk();
    let key = DecodingKey::from_rsa_components(jwk["n"].as_str().unwrap(), jwk["e"].as_str().unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    match audience {
        Some(audience) => validation.set_audience(&[audience]),
        None => validation.validate_aud = false,
    }
    let header = decode_header(jwt).unwrap();
    assert_eq!((header.typ.as_deref(), header.kid.as_deref()), (Some("JWT"), Some("key-1")));
    decode::<Value>(jwt, &key, &validation).unwrap().claims
}

/// The assertion of the only request, and its other parameters.
fn assertion(body: &str) -> String {
    let pairs: Vec<_> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["grant_type", "assertion"]);
    assert_eq!(pairs[0].1, "urn:ietf:params:oauth:grant-type:jwt-bearer");
    pairs[1].1.clone()
}

#[tokio::test]
async fn credentials_with_other_scopes_sign_for_those() {
    let service = TokenService::answering([bearer("ya29.1"), bearer("ya29.2")]).await;
    let credentials = own_cache(account(&service).scopes(CLOUD));
    let other = credentials.with_scopes(["https://www.googleapis.com/auth/devstorage.read_only"]).unwrap();
    assert_eq!(credentials.token().await.unwrap().access_token().secret(), "ya29.1");
    assert_eq!(other.token().await.unwrap().access_token().secret(), "ya29.2");
    let scope = |body: &str| verified(&assertion(body), Some(GOOGLE))["scope"].clone();
    let scopes: Vec<_> = service.bodies().iter().map(|body| scope(body)).collect();
    assert_eq!(scopes, [CLOUD, "https://www.googleapis.com/auth/devstorage.read_only"]);
    // Of credentials of any type alike, but for a user's, which are for what the user has agreed to.
    let info = info("app@acme.iam.gserviceaccount.com").to_string();
    let any = GoogleCredentials::from_json(&info).unwrap().scopes(CLOUD);
    assert_eq!(any.with_scopes(&["b"]).unwrap().fingerprint(), any.clone().scopes("b").fingerprint());
    let user = json!({ "type": "authorized_user", "client_id": "1", "client_secret": "s", "refresh_token": "r" });
    let user = own_cache(GoogleCredentials::from_json(&user.to_string()).unwrap());
    assert!(user.with_scopes(["b"]).unwrap_err().is_unsupported());
}

#[tokio::test]
async fn exact_request_of_the_grant() {
    let service = TokenService::answering([bearer("ya29.1")]).await;
    let account = account(&service).scopes([CLOUD, "openid"]).quota_project_id("billing");
    let token = account.get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.1");
    let [(_, credential_type), (_, project)] = token.request_headers() else { panic!("{:?}", token.request_headers()) };
    assert_eq!((credential_type.to_str().unwrap(), project.to_str().unwrap()), ("cred-type/sa", "billing"));

    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/token"));
    assert_eq!(request.headers, form_headers());
    // Google's own endpoint is the audience, wherever the request goes.
    let claims = verified(&assertion(&request.body), Some(GOOGLE));
    let names: Vec<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["aud", "exp", "iat", "iss", "scope"]);
    assert_eq!(claims["iss"], "app@acme.iam.gserviceaccount.com");
    assert_eq!(claims["scope"], format!("{CLOUD} openid"));
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 3600);
}

#[tokio::test]
async fn subject_and_further_claims_are_signed() {
    let service = TokenService::answering([bearer("ya29.1")]).await;
    let account = account(&service).scopes(CLOUD).subject("alice@acme.example").claim("team", "a");
    account.get_token().await.unwrap();
    let claims = verified(&assertion(&service.only().body), Some(GOOGLE));
    assert_eq!((&claims["sub"], &claims["team"]), (&json!("alice@acme.example"), &json!("a")));
}

#[tokio::test]
async fn self_signed_token_needs_no_request() {
    let service = TokenService::answering([bearer("unused")]).await;
    let token = account(&service).scopes([CLOUD]).self_signed().get_token().await.unwrap();
    assert_eq!(token.request_headers()[0].1, "cred-type/jwt");
    let claims = verified(token.access_token().secret(), None);
    assert_eq!(claims["scope"], CLOUD);
    assert_eq!((&claims["iss"], &claims["sub"]), (&claims["iss"], &json!("app@acme.iam.gserviceaccount.com")));
    assert!(!token.is_expired(Duration::from_mins(55)) && token.is_expired(Duration::from_mins(65)));

    let api = "https://pubsub.googleapis.com/";
    let token = account(&service).audience(api).get_token().await.unwrap();
    let claims = verified(token.access_token().secret(), Some(api));
    assert!(claims.get("scope").is_none());
    assert!(service.received().is_empty());
}

#[tokio::test]
async fn another_universe_has_self_signed_tokens_alone() {
    let mut info = info("app@acme.iam.gserviceaccount.com");
    info["universe_domain"] = json!("example.goog");
    let account = ServiceAccount::from_json(&info.to_string()).unwrap().scopes(CLOUD);
    let token = account.get_token().await.unwrap();
    assert_eq!(verified(token.access_token().secret(), None)["scope"], CLOUD);
    let error = account.subject("alice@acme.example").get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("cannot act for a user"), "{error}");
}

#[tokio::test]
async fn id_token_by_the_grant() {
    let id_token =
        format!("e30.{}.c2ln", base64_url(&json!({ "aud": "https://run.example", "exp": 4_000_000_000_u64 })));
    let service = TokenService::answering([(200, json!({ "id_token": id_token }))]).await;
    let token = account(&service).id_token("https://run.example").unwrap().get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), id_token);
    assert!(token.expires_at().is_some());
    let claims = verified(&assertion(&service.only().body), Some(GOOGLE));
    assert_eq!(claims["target_audience"], "https://run.example");
    assert!(claims.get("scope").is_none());
}

/// Where the token endpoint gives none.
#[tokio::test]
async fn id_token_in_another_universe_is_that_of_the_iam_api() {
    let id_token = format!("e30.{}.c2ln", base64_url(&json!({ "exp": 4_000_000_000_u64 })));
    let service = TokenService::answering([(200, json!({ "token": id_token }))]).await;
    let mut info = info("universe@acme.iam.gserviceaccount.com");
    info["universe_domain"] = json!("example.goog");
    let account = ServiceAccount::from_json(&info.to_string()).unwrap().iam_url(service.url("/v1")).unwrap();
    let token = account.id_token("https://run.example").unwrap().get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), id_token);
    let request = service.only();
    let path = "/v1/projects/-/serviceAccounts/universe@acme.iam.gserviceaccount.com:generateIdToken";
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", path));
    assert_eq!(
        serde_json::from_str::<Value>(&request.body).unwrap(),
        json!({ "audience": "https://run.example", "delegates": [], "includeEmail": true, "useEmailAzp": true })
    );
    let bearer = request.headers.iter().find(|(name, _)| name == "authorization").unwrap();
    let claims = verified(bearer.1.strip_prefix("Bearer ").unwrap(), None);
    assert_eq!(claims["scope"], "https://www.googleapis.com/auth/iam");
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!(account.email()), &json!(account.email())));
}

pub(crate) fn base64_url(claims: &Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims.to_string())
}

/// As environment variables have them.
#[tokio::test]
async fn key_with_line_ends_as_text_is_mended() {
    let service = TokenService::answering([bearer("ya29.1")]).await;
    let mut info = info("mended@acme.iam.gserviceaccount.com");
    info["private_key"] = json!(PEM.replace('\n', "\\n"));
    let settings = ProviderSettings::new()
        .with("credentials_json", info.to_string())
        .with("scopes", vec![CLOUD])
        .with("token_uri", service.url("/token"));
    crate::google::client(settings).get_token().await.unwrap();
    verified(&assertion(&service.only().body), Some(GOOGLE));
}

#[tokio::test]
async fn scopes_are_needed_and_named() {
    let credentials = GoogleCredentials::from_json(&info("app@acme.iam.gserviceaccount.com").to_string()).unwrap();
    assert!(credentials.requires_scopes());
    let error = credentials.get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains(CLOUD), "{error}");
    let credentials = credentials.default_scopes(CLOUD);
    assert!(!credentials.requires_scopes() && credentials.has_scopes([CLOUD]) && !credentials.has_scopes(["drive"]));
}

#[tokio::test]
async fn project_is_that_of_the_file() {
    let credentials = GoogleCredentials::from_json(&info("app@acme.iam.gserviceaccount.com").to_string()).unwrap();
    assert_eq!(credentials.project_id().await.unwrap().as_deref(), Some("acme"));
    assert_eq!(credentials.kind(), "service_account");
}

#[test]
fn unusable_key_is_refused_without_being_shown() {
    let mut broken = info("app@acme.iam.gserviceaccount.com");
    for (key, expected) in [
        ("canary", "is not valid PEM"),
        ("-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----", "cannot be used"),
    ] {
        broken["private_key"] = json!(key);
        let error = ServiceAccount::from_json(&broken.to_string()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}

#[test]
fn accounts_scopes_subjects_and_keys_share_no_token() {
    let of = |email: &str| ServiceAccount::from_json(&info(email).to_string()).unwrap().scopes(CLOUD);
    let one = of("a@acme.example");
    assert_eq!(one.fingerprint(), of("a@acme.example").fingerprint());
    for other in [
        of("b@acme.example"),
        of("a@acme.example").scopes("drive"),
        of("a@acme.example").subject("alice"),
        of("a@acme.example").self_signed(),
        of("a@acme.example").audience("https://pubsub.googleapis.com/"),
        of("a@acme.example").quota_project_id("p"),
        of("a@acme.example").claim("team", "a"),
        of("a@acme.example").token_uri("https://elsewhere.example/token").unwrap(),
    ] {
        assert_ne!(one.fingerprint(), other.fingerprint());
    }
    assert!(!format!("{one:?}").contains("PRIVATE"));
}

#[tokio::test]
async fn refusal_is_told_with_the_servers_words() {
    let service =
        TokenService::answering([crate::token_service::oauth_error(400, "invalid_grant", "Invalid JWT Signature.")])
            .await;
    let error = account(&service).scopes(CLOUD).get_token().await.unwrap_err();
    assert_eq!(error.error_description(), Some("Invalid JWT Signature."));
}

/// The project that is charged goes with each call to an API, without being named there.
#[tokio::test]
async fn quota_project_goes_with_calls_to_an_api() {
    let service = TokenService::answering([bearer("ya29.quota"), (200, json!({ "items": [] }))]).await;
    let account = account(&service).scopes(CLOUD).quota_project_id("billing");
    let api = ApiClient::new(&service.url("/storage"), own_cache(account)).unwrap();
    api.get("b").await.unwrap();
    api.get("b").header("x-goog-user-project", "own").await.unwrap();
    let sent: Vec<_> = service.received().into_iter().skip(1).map(|request| request.headers).collect();
    for (headers, project) in sent.iter().zip(["billing", "own"]) {
        let projects: Vec<_> = headers.iter().filter(|(name, _)| name == "x-goog-user-project").collect();
        assert_eq!(projects, [&("x-goog-user-project".to_owned(), project.to_owned())]);
    }
}

#[tokio::test]
async fn boundary_goes_with_the_token() {
    let locations = json!({ "locations": ["europe-west1"], "encodedLocations": "0x2" });
    let service = TokenService::answering([bearer("ya29.1"), (200, locations), bearer("ya29.2")]).await;
    let account = account(&service).scopes(CLOUD).iam_url(service.url("/v1")).unwrap().regional_access_boundary();
    let header = |token: &OAuthToken| token.request_headers().first().map(|(name, value)| format!("{name}={value:?}"));
    let first = account.get_token().await.unwrap();
    assert_eq!(header(&first).as_deref(), Some("x-allowed-locations=\"0x2\""));
    // It is kept for hours.
    let second = account.get_token().await.unwrap();
    assert_eq!(header(&second), header(&first));
    let received = service.received();
    assert_eq!(received.len(), 3);
    assert_eq!(
        received[1].path_and_query,
        "/v1/projects/-/serviceAccounts/app@acme.iam.gserviceaccount.com/allowedLocations"
    );
    assert!(received[1].headers.contains(&("authorization".to_owned(), "Bearer ya29.1".to_owned())));
}

#[tokio::test]
async fn boundary_that_cannot_be_had_costs_no_token() {
    let denied = (403, json!({ "error": { "code": 403, "message": "no" } }));
    let service = TokenService::answering([bearer("ya29.1"), denied, bearer("ya29.2")]).await;
    let account = account(&service).scopes(CLOUD).iam_url(service.url("/v1")).unwrap().regional_access_boundary();
    for expected in ["ya29.1", "ya29.2"] {
        let token = account.get_token().await.unwrap();
        let boundary = token.request_headers().iter().find(|(name, _)| name == "x-allowed-locations");
        assert_eq!((token.access_token().secret(), boundary), (expected, None));
    }
    // Nor is it asked for again at once.
    assert_eq!(service.received().len(), 3);
}
