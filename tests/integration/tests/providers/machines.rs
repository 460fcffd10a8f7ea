//! An account that goes without a name is that of the machine: other machines, with other accounts, read the same store.

use std::fs;

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_providers::google::{ExternalAccount, MetadataServer};
use serde_json::{Value, json};

use crate::token_service::TokenService;

/// The tokens of two processes with one store, and that of the first once more.
pub(crate) async fn tokens(client: impl OAuthClient + Clone) -> [String; 3] {
    let store = MemoryStore::new();
    let (one, other) = (CredentialCache::new(16, None), CredentialCache::new(16, None));
    let mut tokens = [String::new(), String::new(), String::new()];
    for (token, cache) in tokens.iter_mut().zip([&one, &other, &one]) {
        let credentials = Credentials::builder(client.clone()).cache(cache).store(store.clone()).build();
        credentials.token().await.unwrap().access_token().secret().clone_into(token);
    }
    tokens
}

pub(crate) fn numbered(number: usize) -> (u16, String) {
    let token = json!({
        "access_token": format!("T{number}"), "expires_in": 3599, "token_type": "Bearer",
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
    });
    (200, token.to_string())
}

#[tokio::test]
async fn the_account_of_a_machine_is_in_no_store() {
    let service = || async {
        let answers = [(200, String::new())].into_iter().chain((1..=3).map(numbered));
        TokenService::metadata(answers).await
    };
    let default = service().await;
    let server = |service: &TokenService| MetadataServer::new().host(service.url("").trim_start_matches("http://"));
    assert_eq!(tokens(server(&default)).await, ["T1", "T2", "T1"]);
    // By its address it is the same everywhere.
    let named = service().await;
    assert_eq!(tokens(server(&named).account("x@acme.example")).await, ["T1", "T1", "T1"]);
}

#[tokio::test]
async fn a_subject_by_its_place_is_in_no_store() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    fs::write(&path, "subject").unwrap();
    let service = TokenService::answering_text((1..=3).map(numbered)).await;
    let file = account(&service, &json!({ "file": path }));
    assert_eq!(tokens(file).await, ["T1", "T2", "T1"]);
    let answers = [(200, "subject".to_owned()), numbered(1), (200, "subject".to_owned()), numbered(2)];
    let service = TokenService::answering_text(answers).await;
    let url = account(&service, &json!({ "url": service.url("/subject") }));
    assert_eq!(tokens(url).await, ["T1", "T2", "T1"]);
}

/// The role of a machine of AWS; keys by their ID are the same everywhere.
#[test]
fn the_role_of_a_machine_of_aws_is_in_no_store() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let variables = |id: Option<&'static str>| {
        let unset = ["AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION"].map(|name| (name, None));
        let region = ("AWS_REGION", Some("eu-west-1"));
        [("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", id), region].into_iter().chain(unset).collect::<Vec<_>>()
    };
    let source = |service: &TokenService| {
        json!({
            "environment_id": "aws1",
            "url": service.url("/role"),
            "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
        })
    };
    temp_env::with_vars(variables(None), || {
        runtime.block_on(async {
            let keys = json!({ "AccessKeyId": "AKID", "SecretAccessKey": "key", "Token": "session" }).to_string();
            let role = || [(200, "role-1".to_owned()), (200, keys.clone())];
            let answers = role().into_iter().chain([numbered(1)]).chain(role()).chain([numbered(2)]);
            let service = TokenService::answering_text(answers).await;
            assert_eq!(tokens(account(&service, &source(&service))).await, ["T1", "T2", "T1"]);
        });
    });
    temp_env::with_vars(variables(Some("AKID")), || {
        runtime.block_on(async {
            let service = TokenService::answering_text((1..=3).map(numbered)).await;
            assert_eq!(tokens(account(&service, &source(&service))).await, ["T1", "T1", "T1"]);
        });
    });
}

fn account(service: &TokenService, source: &Value) -> ExternalAccount {
    let file = json!({
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/a",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": service.url("/v1/token"),
        "credential_source": source,
    });
    ExternalAccount::from_json(&file.to_string()).unwrap().scopes("a")
}

#[cfg(unix)]
#[test]
fn the_active_account_of_gcloud_is_in_no_store() {
    use grantkit_providers::google::GcloudUser;

    crate::google_user::with_gcloud("printf 'ya29.%s\\n' $$", async || {
        let [one, other, again] = tokens(GcloudUser::new()).await;
        assert!(one != other && one == again, "{one} {other} {again}");
        let [one, other, _] = tokens(GcloudUser::new().account("alice@acme.example")).await;
        assert_eq!(one, other);
    });
}
