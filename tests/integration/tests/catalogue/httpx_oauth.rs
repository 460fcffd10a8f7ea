//! The services that httpx-oauth has: a code, the person and the logout are asked for on the wire as there, or as the vendor wants it today.

use grantkit::ProviderClient;
use grantkit::store::MemoryStore;
use grantkit_providers::catalogue::entry;
use grantkit_testkit::{PlayedProvider, RecordedRequest, provider};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::end_to_end;
use crate::service::{Service, log_in, sent, stored};

/// `app:s3cret`.
const BASIC: &str = "Basic YXBwOnMzY3JldA==";

fn token() -> Value {
    json!({ "access_token": "at-1", "token_type": "bearer", "expires_in": 3600 })
}

/// What the token endpoint is sent: method, path, `Authorization`, and whether the secret is in the body.
#[tokio::test]
async fn codes_are_exchanged_where_and_as_there() {
    for (name, path, authorization) in [
        ("github", "/login/oauth/access_token", ""),
        ("discord", "/api/oauth2/token", BASIC),
        ("reddit", "/api/v1/access_token", BASIC),
        ("kakao", "/oauth/token", ""),
        ("naver", "/oauth2.0/token", ""),
    ] {
        let service = Service::answering([token()]).await;
        // Some are OpenID providers, whose ID token is not what is looked at here.
        let _ = log_in(&service.client(name)).await;
        let all = service.sent();
        let (method, at, sent_authorization, body) = &all[0];
        assert_eq!(
            (method.as_str(), at.as_str(), sent_authorization.as_str()),
            ("POST", path, authorization),
            "{name}"
        );
        assert!(body.starts_with("grant_type=authorization_code&code=c-1"), "{name}: {body}");
        assert_eq!(body.contains("client_id=app&client_secret=s3cret"), authorization.is_empty(), "{name}: {body}");
    }
}

#[tokio::test]
async fn people_are_asked_for_where_and_as_there() {
    for (name, answer, method, path, authorization, id, email) in [
        ("github", json!({ "id": 1, "email": null }), "GET", "/user", "Bearer at-1", "1", None),
        (
            "discord",
            json!({ "id": "2", "email": "a@b.example", "verified": true }),
            "GET",
            "/api/users/@me",
            "Bearer at-1",
            "2",
            Some("a@b.example"),
        ),
        ("reddit", json!({ "id": "3", "name": "alice" }), "GET", "/api/v1/me", "Bearer at-1", "3", None),
        (
            "naver",
            json!({ "resultcode": "00", "response": { "id": "5", "email": "a@b.example" } }),
            "GET",
            "/v1/nid/me",
            "Bearer at-1",
            "5",
            Some("a@b.example"),
        ),
        (
            "facebook",
            json!({ "id": "6", "email": "a@b.example" }),
            "GET",
            "/v24.0/me?fields=id,name,email,picture",
            "Bearer at-1",
            "6",
            Some("a@b.example"),
        ),
    ] {
        let long = token();
        let answers = if name == "facebook" { [token(), long, answer] } else { [token(), answer.clone(), answer] };
        let service = Service::answering(answers).await;
        let client = service.client(name);
        let login = log_in(&client).await.unwrap();
        service.sent();
        let person = client.identity(&login).await.unwrap();
        assert_eq!((person.id(), person.email()), (id, email), "{name}");
        assert_eq!(service.sent()[0], sent(method, path, authorization, ""), "{name}");
    }
}

#[tokio::test]
async fn logins_are_ended_where_and_as_there() {
    for (name, wanted) in [
        ("discord", sent("POST", "/api/oauth2/token/revoke", BASIC, "token=at-1&token_type_hint=access_token")),
        ("reddit", sent("POST", "/api/v1/revoke_token", BASIC, "token=at-1&token_type_hint=access_token")),
        ("github", sent("DELETE", "/applications/app/token", BASIC, r#"{"access_token":"at-1"}"#)),
    ] {
        let service = Service::answering([token(), json!({})]).await;
        let client = service.client(name);
        let credentials = stored(&client).await;
        service.sent();
        client.log_out(&credentials).await.unwrap();
        assert_eq!(service.sent(), [wanted], "{name}");
    }
}

async fn played(name: &str) -> (PlayedProvider, ProviderClient) {
    let played = provider(name).start().await.unwrap();
    let client = ProviderClient::connect(name, played.settings()).unwrap();
    (played, client)
}

/// Method, path with query, body.
fn line(request: &RecordedRequest) -> (String, String, String) {
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let body = String::from_utf8(request.body.to_vec()).unwrap();
    (request.method.to_string(), format!("{}{query}", request.path), body)
}

/// OpenID providers: what the ID token does not say is asked for with the access token, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn people_of_openid_providers_are_asked_for() {
    for (name, path) in [
        ("google", "/v1/userinfo"),
        ("microsoft", "/oidc/userinfo"),
        ("okta", "/oauth2/default/v1/userinfo"),
        ("linkedin", "/v2/userinfo"),
        ("franceconnect", "/api/v2/userinfo"),
        ("kakao", "/v2/user/me"),
        ("keycloak", "/realms/acme/protocol/openid-connect/userinfo"),
    ] {
        let (played, client) = played(name).await;
        let login = end_to_end::log_in(entry(name).unwrap(), &client).await.unwrap();
        played.clear_requests();
        let person = client.identity(&login).await.unwrap();
        assert_eq!((person.id(), person.email()), (&*played.id_of("4711"), Some("alice@example.com")), "{name}");
        let asked = played.requests();
        let [asked] = &asked[..] else { panic!("{name}: {asked:?}") };
        assert_eq!(line(asked), ("GET".to_owned(), path.to_owned(), String::new()), "{name}");
        let bearer = format!("Bearer {}", login.token().access_token().secret());
        assert_eq!(asked.header("authorization"), Some(&*bearer), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_are_ended_in_the_services_own_way() {
    for (name, method, path, is_bearer) in [
        ("kakao", "POST", "/v1/user/unlink", true),
        (
            "naver",
            "GET",
            "/oauth2.0/token?grant_type=delete&service_provider=NAVER&access_token={token}&client_id={id}&client_secret={secret}",
            false,
        ),
    ] {
        let (played, client) = played(name).await;
        let login = end_to_end::log_in(entry(name).unwrap(), &client).await.unwrap();
        let token = login.token().access_token().secret().to_owned();
        let credentials = login.credentials_in(MemoryStore::new(), "alice").await.unwrap();
        played.clear_requests();
        client.log_out(&credentials).await.unwrap();
        let asked = played.requests();
        let [asked] = &asked[..] else { panic!("{name}: {asked:?}") };
        let settings = played.settings();
        let of = |key: &str| settings.text(key).unwrap_or_default().to_owned();
        let secret = settings.secret("client_secret").unwrap();
        let secret: String = form_urlencoded::byte_serialize(secret.expose_secret().as_bytes()).collect();
        let path = path.replace("{token}", &token).replace("{id}", &of("client_id")).replace("{secret}", &secret);
        assert_eq!(line(asked), (method.to_owned(), path, String::new()), "{name}");
        let bearer = is_bearer.then(|| format!("Bearer {token}"));
        assert_eq!(asked.header("authorization"), bearer.as_deref(), "{name}");
    }
}
