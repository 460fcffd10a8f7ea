//! Google's cloud, asked by hand.

use std::time::{SystemTime, UNIX_EPOCH};

use grantkit_testkit::GoogleCloud;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{assert_error, form, http, json as read, text};

const ROBOT: &str = "robot@testkit.iam.gserviceaccount.com";
const AUDIENCE: &str = "https://oauth2.googleapis.com/token";

fn claims(lifetime: u64) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    json!({ "iss": ROBOT, "aud": AUDIENCE, "scope": "https://www.googleapis.com/auth/iam", "iat": now, "exp": now + lifetime })
}

fn signed(file: &str, claims: &Value) -> String {
    let file: Value = serde_json::from_str(file).unwrap();
    let key = EncodingKey::from_rsa_pem(text(&file, "private_key").as_bytes()).unwrap();
    encode(&Header { kid: Some(text(&file, "private_key_id")), ..Header::new(Algorithm::RS256) }, claims, &key).unwrap()
}

async fn ask(google: &GoogleCloud, assertion: &str) -> Response {
    let grant = ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    form(http().post(google.url("/token")), &[grant, ("assertion", assertion)]).send().await.unwrap()
}

#[tokio::test]
async fn assertions_are_those_of_the_account_for_an_hour_at_most() {
    let google = GoogleCloud::start().await.unwrap();
    let old = google.service_account(ROBOT).unwrap();
    let file = google.service_account(ROBOT).unwrap();
    assert_eq!(ask(&google, &signed(&file, &claims(3600))).await.status(), 200);
    let mut elsewhere = claims(3600);
    elsewhere["aud"] = "https://server.example/token".into();
    let mut stranger = claims(3600);
    stranger["iss"] = "stranger@testkit.iam.gserviceaccount.com".into();
    for refused in [
        signed(&old, &claims(3600)),
        signed(&file, &claims(3601)),
        signed(&file, &claims(0)),
        signed(&file, &elsewhere),
        signed(&file, &stranger),
        "no.jwt".to_owned(),
    ] {
        assert_error(ask(&google, &refused).await, 400, "invalid_grant").await;
    }
}

#[tokio::test]
async fn who_has_no_role_does_not_act_as_an_account() {
    let google = GoogleCloud::start().await.unwrap();
    let file = google.service_account(ROBOT).unwrap();
    let token = text(&read(ask(&google, &signed(&file, &claims(60))).await).await, "access_token");
    let target = "target@testkit.iam.gserviceaccount.com";
    google.service_account(target).unwrap();
    let call = |email: &str, token: &str| {
        let url = google.url(&format!("/v1/projects/-/serviceAccounts/{email}:generateAccessToken"));
        let request = http().post(url).bearer_auth(token).header("content-type", "application/json");
        request.body(json!({ "scope": ["a"], "lifetime": "60s" }).to_string()).send()
    };
    assert_eq!(call(target, "unknown").await.unwrap().status(), 401);
    assert_eq!(call("nobody@testkit.iam.gserviceaccount.com", &token).await.unwrap().status(), 404);
    let refused = call(target, &token).await.unwrap();
    assert_eq!(refused.status(), 403);
    assert_eq!(read(refused).await["error"]["status"], "PERMISSION_DENIED");
    google.allow(ROBOT, target);
    let answer = read(call(target, &token).await.unwrap()).await;
    assert!(text(&answer, "expireTime").ends_with('Z'), "{answer}");
}

#[tokio::test]
async fn metadata_is_not_for_pages_in_a_browser() {
    let google = GoogleCloud::start().await.unwrap();
    google.attach(ROBOT);
    let url = google.url("/computeMetadata/v1/instance/service-accounts/default/token");
    assert_eq!(http().get(&url).send().await.unwrap().status(), 403);
    let answer = http().get(&url).header("metadata-flavor", "Google").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["metadata-flavor"].to_str().unwrap()), (200, "Google"));
}
