//! Google's credentials against the testkit's Google, which checks each signature and signs with keys of its own.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::keys::{Signer as _, SigningKey};
use grantkit::prelude::*;
use grantkit_providers::google::id_token::Verifier;
use grantkit_providers::google::{
    AccessBoundaryRule, AuthorizedUser, Downscoped, ExternalAccount, ImpersonatedServiceAccount, MetadataServer,
    ServiceAccount,
};
use grantkit_testkit::{AuthorizationServer, GoogleCloud};
use serde_json::{Value, json};

use crate::{own_cache, settings};

const ROBOT: &str = "robot@testkit.iam.gserviceaccount.com";
const TARGET: &str = "target@testkit.iam.gserviceaccount.com";
const CLOUD: &str = "https://www.googleapis.com/auth/cloud-platform";
const URL: &str = "https://run.example";
const PROVIDER: &str = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/ci";
const WORKLOAD: &str =
    "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/subject/job";

/// The account that an API of Google's sees.
async fn whoami(google: &GoogleCloud, credentials: impl OAuthClient) -> Value {
    let api = ApiClient::new(&google.url("/v1"), own_cache(credentials)).unwrap();
    api.get("whoami").fetch().await.unwrap()
}

/// The account that an ID token names, which is verified as a service would.
async fn named_by(google: &GoogleCloud, id_token: &OAuthToken) -> String {
    let verifier = Verifier::new([URL]).unwrap().certs_url(&google.url("/oauth2/v3/certs")).unwrap();
    let claims = verifier.verify(id_token.access_token().secret()).await.unwrap();
    claims.get("email").and_then(Value::as_str).unwrap().to_owned()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test]
async fn service_account_gets_tokens_by_its_signature() {
    let google = GoogleCloud::start().await.unwrap();
    let file = google.service_account(ROBOT).unwrap();
    let account = ServiceAccount::from_json(&file).unwrap().scopes(CLOUD);
    let expected = json!({ "principal": ROBOT, "scopes": [CLOUD], "boundary": null });
    assert_eq!(whoami(&google, account.clone()).await, expected);
    assert_eq!(google.requests().len(), 2, "an assertion, and the call");
    assert_eq!(whoami(&google, account.clone().self_signed()).await, expected);
    assert_eq!(google.requests().len(), 3, "the account's own signature is enough");
    let id_token = account.id_token(URL).unwrap().get_token().await.unwrap();
    assert_eq!(named_by(&google, &id_token).await, ROBOT);

    let person = account.clone().subject("alice@acme.example");
    assert!(person.get_token().await.unwrap_err().to_string().contains("Client is unauthorized"));
    google.allow(ROBOT, "alice@acme.example");
    assert_eq!(whoami(&google, person).await["principal"], "alice@acme.example");

    // The account has another key now.
    google.service_account(ROBOT).unwrap();
    let error = account.get_token().await.unwrap_err();
    assert_eq!(error.error_description(), Some("Invalid JWT Signature."));
}

#[tokio::test]
async fn by_name_with_the_file_in_a_setting() {
    let google = GoogleCloud::start().await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key.json");
    std::fs::write(&path, google.service_account(ROBOT).unwrap()).unwrap();
    let settings = settings([("credentials_file", path.to_str().unwrap()), ("scopes", CLOUD)]);
    let client = ProviderClient::connect("google", settings).unwrap();
    assert_eq!(whoami(&google, client).await["principal"], ROBOT);
}

#[tokio::test]
async fn user_of_gcloud() {
    let google = GoogleCloud::start().await.unwrap();
    let user = AuthorizedUser::from_json(&google.user("alice@acme.example").unwrap()).unwrap();
    let user = user.token_uri(google.url("/token")).unwrap();
    assert_eq!(whoami(&google, user).await["principal"], "alice@acme.example");
}

fn federation(google: &GoogleCloud, token: &std::path::Path) -> Value {
    json!({
        "type": "external_account",
        "audience": PROVIDER,
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": google.url("/v1/token"),
        "credential_source": { "file": token },
    })
}

#[tokio::test]
async fn workload_elsewhere_by_the_token_of_its_issuer() {
    let google = GoogleCloud::start().await.unwrap();
    let (issuer, other) = (AuthorizationServer::builder().start().await.unwrap(), AuthorizationServer::builder());
    google.trust(PROVIDER, &issuer, "google");
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let claims = json!({ "iss": issuer.issuer(), "sub": "job", "aud": "google", "exp": now() + 600 });
    std::fs::write(&path, issuer.sign_jwt(&claims).unwrap()).unwrap();

    let mut file = federation(&google, &path);
    let account = ExternalAccount::from_json(&file.to_string()).unwrap().scopes(CLOUD);
    assert_eq!(whoami(&google, account.clone()).await["principal"], WORKLOAD);

    google.service_account(TARGET).unwrap();
    let url = google.url(&format!("/v1/projects/-/serviceAccounts/{TARGET}:generateAccessToken"));
    file["service_account_impersonation_url"] = url.into();
    let impersonating = ExternalAccount::from_json(&file.to_string()).unwrap().scopes("a b");
    let error = impersonating.get_token().await.unwrap_err();
    assert!(error.to_string().contains("roles/iam.serviceAccountTokenCreator"), "{error}");
    google.allow(WORKLOAD, TARGET);
    let expected = json!({ "principal": TARGET, "scopes": ["a", "b"], "boundary": null });
    assert_eq!(whoami(&google, impersonating).await, expected);

    // What another issuer has signed, and what is for another audience.
    let other = other.start().await.unwrap();
    for token in [
        other.sign_jwt(&claims).unwrap(),
        issuer.sign_jwt(&json!({ "iss": issuer.issuer(), "sub": "job", "aud": "aws", "exp": now() + 600 })).unwrap(),
    ] {
        std::fs::write(&path, token).unwrap();
        assert_eq!(account.get_token().await.unwrap_err().oauth_code(), Some("invalid_grant"));
    }
}

#[tokio::test]
async fn account_acts_as_another_through_a_third() {
    let google = GoogleCloud::start().await.unwrap();
    let source = ServiceAccount::from_json(&google.service_account(ROBOT).unwrap()).unwrap().scopes(CLOUD);
    let key: Value = serde_json::from_str(&google.service_account(TARGET).unwrap()).unwrap();
    let key = SigningKey::from_pem(key["private_key"].as_str().unwrap()).unwrap();
    let middle = "middle@testkit.iam.gserviceaccount.com";
    google.service_account(middle).unwrap();
    google.allow(ROBOT, middle);
    let target = ImpersonatedServiceAccount::new(source, TARGET)
        .iam_url(google.url("/v1"))
        .unwrap()
        .token_uri(google.url("/token"))
        .unwrap()
        .scopes(CLOUD)
        .delegates([middle])
        .lifetime(Duration::from_mins(10));
    assert!(target.get_token().await.unwrap_err().to_string().contains("on each delegate"));
    google.allow(middle, TARGET);
    let token = target.get_token().await.unwrap();
    let left = token.expires_at().unwrap().duration_since(SystemTime::now()).unwrap();
    assert!(left <= Duration::from_mins(10), "{left:?}");
    assert_eq!(whoami(&google, target.clone()).await["principal"], TARGET);

    let id_token = target.id_token(URL).get_token().await.unwrap();
    assert_eq!(named_by(&google, &id_token).await, TARGET);
    assert_eq!(target.sign(b"message").await.unwrap(), key.sign(b"message").await.unwrap());
    google.allow(TARGET, "alice@acme.example");
    assert_eq!(whoami(&google, target.subject("alice@acme.example")).await["principal"], "alice@acme.example");
}

#[tokio::test]
async fn token_with_a_boundary_does_less() {
    let google = GoogleCloud::start().await.unwrap();
    let source = ServiceAccount::from_json(&google.service_account(ROBOT).unwrap()).unwrap().scopes(CLOUD);
    let bucket = "//storage.googleapis.com/projects/_/buckets/reports";
    let rule = AccessBoundaryRule::new(bucket, ["inRole:roles/storage.objectViewer"]);
    let downscoped = Downscoped::new(source, [rule]).unwrap().token_url(google.url("/v1/token")).unwrap();
    let seen = whoami(&google, downscoped.clone()).await;
    assert_eq!(seen["principal"], ROBOT);
    let rule = &seen["boundary"]["accessBoundaryRules"][0];
    assert_eq!(
        (&rule["availableResource"], &rule["availablePermissions"]),
        (&json!(bucket), &json!(["inRole:roles/storage.objectViewer"]))
    );
    let target = ImpersonatedServiceAccount::new(downscoped, ROBOT).iam_url(google.url("/v1")).unwrap().scopes(CLOUD);
    assert!(target.get_token().await.is_err(), "it is not for the whole cloud any more");
}

#[tokio::test]
async fn machine_with_an_account_attached() {
    let google = GoogleCloud::start().await.unwrap();
    let machine = || MetadataServer::new().host(google.metadata_host());
    assert!(machine().get_token().await.is_err(), "no account is attached");
    google.attach(ROBOT);
    assert_eq!(whoami(&google, machine().scopes(CLOUD)).await["principal"], ROBOT);
    assert_eq!(machine().project_id().await.unwrap(), "testkit");
    assert_eq!(machine().email().await.unwrap(), ROBOT);
    let id_token = machine().id_token(URL).get_token().await.unwrap();
    assert_eq!(named_by(&google, &id_token).await, ROBOT);
}
