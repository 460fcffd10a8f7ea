use std::time::Duration;

use grantkit::prelude::*;
use grantkit_providers::google::{
    AccessBoundaryRule, AuthorizedUser, Downscoped, GoogleCredentials, ImpersonatedServiceAccount,
};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::google_service_account::{base64_url, info};
use crate::token_service::{TokenService, bearer, form_headers, headers};

const TARGET: &str = "target@acme.iam.gserviceaccount.com";

/// The source, which is another user in each test: it is kept for the whole process.
fn user(service: &TokenService, test: &str) -> AuthorizedUser {
    AuthorizedUser::new(format!("{test}.apps.example"), "s", "r").token_uri(service.url("/token")).unwrap()
}

fn generated() -> (u16, Value) {
    (200, json!({ "accessToken": "ya29.t", "expireTime": "2126-01-02T03:04:05Z" }))
}

fn impersonated(service: &TokenService, test: &str) -> ImpersonatedServiceAccount {
    ImpersonatedServiceAccount::new(user(service, test).quota_project_id("billing"), TARGET)
        .iam_url(service.url("/v1"))
        .unwrap()
        .scopes(["a", "b"])
}

#[tokio::test]
async fn exact_request() {
    let service = TokenService::answering([bearer("source"), generated()]).await;
    let account =
        impersonated(&service, "exact").delegates(["d1@acme.example", "projects/-/serviceAccounts/d2@acme.example"]);
    let token = account.lifetime(Duration::from_mins(10)).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.t");
    assert_eq!(token.scope(), Some("a b"));
    assert!(token.expires_at().is_some());

    let received = service.received();
    let request = &received[1];
    assert_eq!(request.method, "POST");
    assert_eq!(request.path_and_query, format!("/v1/projects/-/serviceAccounts/{TARGET}:generateAccessToken"));
    assert_eq!(
        request.headers,
        headers([
            ("accept", "application/json"),
            ("authorization", "Bearer source"),
            ("content-type", "application/json"),
            ("x-goog-user-project", "billing"),
        ])
    );
    assert_eq!(
        serde_json::from_str::<Value>(&request.body).unwrap(),
        json!({
            "delegates": ["projects/-/serviceAccounts/d1@acme.example", "projects/-/serviceAccounts/d2@acme.example"],
            "scope": ["a", "b"],
            "lifetime": "600s",
        })
    );
}

#[tokio::test]
async fn id_token_signature_and_subject() {
    let id_token = format!("e30.{}.c2ln", base64_url(&json!({ "exp": 4_000_000_000_u64 })));
    let service = TokenService::answering([
        bearer("source"),
        (200, json!({ "token": id_token })),
        (200, json!({ "signedBlob": "c2lnbmVk" })),
        (200, json!({ "signedJwt": "e30.e30.c2ln" })),
        bearer("ya29.subject"),
    ])
    .await;
    let account = impersonated(&service, "id-token").token_uri(service.url("/token")).unwrap();
    let token = account.id_token("https://run.example").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), id_token);
    assert_eq!(account.sign(b"message").await.unwrap(), b"signed");
    let token = account.subject("alice@acme.example").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.subject");

    let received = service.received();
    let path = |verb: &str| format!("/v1/projects/-/serviceAccounts/{TARGET}:{verb}");
    let body = |index: usize| serde_json::from_str::<Value>(&received[index].body).unwrap();
    assert_eq!(received[1].path_and_query, path("generateIdToken"));
    assert_eq!(body(1), json!({ "audience": "https://run.example", "delegates": [], "includeEmail": true }));
    assert_eq!(received[2].path_and_query, path("signBlob"));
    assert_eq!(body(2), json!({ "delegates": [], "payload": "bWVzc2FnZQ==" }));
    assert_eq!(received[3].path_and_query, path("signJwt"));
    let claims: Value = serde_json::from_str(body(3)["payload"].as_str().unwrap()).unwrap();
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!(TARGET), &json!("alice@acme.example")));
    assert_eq!((&claims["scope"], &claims["aud"]), (&json!("a b"), &json!("https://oauth2.googleapis.com/token")));
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 3600);
    assert_eq!(
        received[4].body,
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30.e30.c2ln"
    );
}

#[tokio::test]
async fn refusal_names_the_role() {
    let denied = json!({ "error": { "code": 403, "message": "Permission denied", "status": "PERMISSION_DENIED" } });
    let service = TokenService::answering([bearer("source"), (403, denied)]).await;
    let error = impersonated(&service, "refusal").get_token().await.unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    assert!(error.to_string().contains("roles/iam.serviceAccountTokenCreator"), "{error}");
    assert!(error.to_string().contains("Permission denied") && !error.to_string().contains("source"), "{error}");
}

#[tokio::test]
async fn file_with_its_source() {
    let service = TokenService::answering([generated()]).await;
    let mut source = info("file-source@acme.iam.gserviceaccount.com");
    // What it signs itself needs no request.
    source["universe_domain"] = json!("example.goog");
    let file = json!({
        "type": "impersonated_service_account",
        "service_account_impersonation_url": service.url(&format!("/v1/projects/-/serviceAccounts/{TARGET}:generateAccessToken")),
        "delegates": ["d1@acme.example"],
        "quota_project_id": "billing",
        "source_credentials": source,
    });
    let settings = ProviderSettings::new().with("credentials_json", file.to_string()).with("scopes", vec!["a"]);
    let token = crate::google::client(settings).get_token().await.unwrap();
    let [(_, credential_type), (_, project)] = token.request_headers() else { panic!("{:?}", token.request_headers()) };
    assert_eq!((credential_type.to_str().unwrap(), project.to_str().unwrap()), ("cred-type/imp", "billing"));
    let request = service.only();
    assert!(request.path_and_query.ends_with(":generateAccessToken"));
    assert_eq!(
        serde_json::from_str::<Value>(&request.body).unwrap(),
        json!({ "delegates": ["projects/-/serviceAccounts/d1@acme.example"], "scope": ["a"], "lifetime": "3600s" })
    );
}

#[tokio::test]
async fn by_name() {
    let service = TokenService::answering([bearer("source"), generated()]).await;
    let settings = ProviderSettings::new()
        .with("client_id", "by-name.apps.example")
        .with("client_secret", "s")
        .with("refresh_token", "r")
        .with("scopes", vec!["a"])
        .with("impersonate_service_account", TARGET)
        .with("delegates", vec!["d1@acme.example"])
        .with("token_uri", service.url("/token"))
        .with("iam_url", service.url("/v1"));
    let token = crate::google::client(settings).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.t");
    assert!(service.received()[1].body.contains(r#""scope":["a"]"#));
}

#[test]
fn wrong_address_of_a_file_is_refused() {
    let file = json!({
        "type": "impersonated_service_account",
        "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/elsewhere",
        "source_credentials": info("a@acme.example"),
    });
    let error = GoogleCredentials::from_json(&file.to_string()).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains(":generateAccessToken"), "{error}");
}

#[tokio::test]
async fn downscoped_token_is_exchanged() {
    let service = TokenService::answering([
        bearer("source"),
        (
            200,
            json!({
                "access_token": "less",
                "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
                "token_type": "Bearer",
            }),
        ),
    ])
    .await;
    let rule =
        AccessBoundaryRule::new("//storage.googleapis.com/projects/_/buckets/b", ["inRole:roles/storage.objectViewer"]);
    let credentials = Downscoped::new(user(&service, "downscoped"), [rule.condition("true")]).unwrap();
    let token = credentials.token_url(service.url("/v1/token")).unwrap().get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "less");
    // It ends with the token that it was made of.
    assert!(token.expires_at().is_some());
    let boundary = json!({ "accessBoundary": { "accessBoundaryRules": [{
        "availableResource": "//storage.googleapis.com/projects/_/buckets/b",
        "availablePermissions": ["inRole:roles/storage.objectViewer"],
        "availabilityCondition": { "expression": "true" },
    }] } });
    let request = service.received()[1].clone();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/v1/token"));
    assert_eq!(request.headers, form_headers(), "no client authenticates");
    let body = request.body;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let mut sent: Vec<_> = pairs.iter().filter(|(name, _)| name != "options").collect();
    sent.sort();
    let access_token = "urn:ietf:params:oauth:token-type:access_token";
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("requested_token_type", access_token),
        ("subject_token", "source"),
        ("subject_token_type", access_token),
    ];
    assert!(sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).eq(expected), "{sent:?}");
    let (_, options) = pairs.iter().find(|(name, _)| name == "options").unwrap();
    let options = form_urlencoded::parse(options.as_bytes()).next().unwrap().0;
    assert_eq!(serde_json::from_str::<Value>(&options).unwrap(), boundary);
}

#[test]
fn access_boundary_is_checked() {
    let rule = |permission: &str| {
        AccessBoundaryRule::new("//storage.googleapis.com/projects/_/buckets/b", [permission.to_owned()])
    };
    let source = || AuthorizedUser::new("c", "s", "r");
    assert!(Downscoped::new(source(), []).unwrap_err().is_configuration());
    assert!(Downscoped::new(source(), vec![rule("inRole:r"); 11]).unwrap_err().is_configuration());
    let error = Downscoped::new(source(), [rule("roles/storage.objectViewer")]).unwrap_err();
    assert!(error.to_string().contains("inRole:"), "{error}");
}
