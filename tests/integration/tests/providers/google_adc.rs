use std::fs;
use std::path::Path;

use grantkit::prelude::*;
use grantkit_providers::google::{self, GoogleCredentials};
use serde_json::json;

use crate::google_service_account::info;

/// With these variables, none of Google's others, and a directory for gcloud.
fn with_variables<T>(gcloud: &Path, variables: &[(&str, &str)], find: impl FnOnce() -> T) -> T {
    let names = [
        "GOOGLE_APPLICATION_CREDENTIALS",
        "CLOUDSDK_CONFIG",
        "GOOGLE_CLOUD_PROJECT",
        "GCLOUD_PROJECT",
        "GOOGLE_CLOUD_QUOTA_PROJECT",
        "NO_GCE_CHECK",
        "GCE_METADATA_HOST",
    ];
    let directory = gcloud.to_str().unwrap();
    let of = |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let all: Vec<_> = names.map(|name| (name, of(name).or((name == "CLOUDSDK_CONFIG").then_some(directory)))).into();
    temp_env::with_vars(all, find)
}

fn kind(found: Result<GoogleCredentials>) -> &'static str {
    found.unwrap().kind()
}

fn user() -> String {
    json!({ "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r" }).to_string()
}

#[test]
fn variable_then_gcloud_then_metadata_server() {
    let directory = tempfile::tempdir().unwrap();
    let (named, usual) =
        (directory.path().join("key.json"), directory.path().join("application_default_credentials.json"));
    fs::write(&named, info("adc@acme.example").to_string()).unwrap();
    let variables = [("GOOGLE_APPLICATION_CREDENTIALS", named.to_str().unwrap())];
    let find = |variables: &[(&str, &str)]| {
        with_variables(directory.path(), variables, || kind(google::application_default()))
    };
    assert_eq!(find(&variables), "service_account");
    assert_eq!(find(&[]), "metadata_server");
    fs::write(&usual, user()).unwrap();
    assert_eq!(find(&[]), "authorized_user");
    assert_eq!(find(&variables), "service_account");
    // An empty variable is none, and one that names gcloud's own file says nothing new.
    assert_eq!(find(&[("GOOGLE_APPLICATION_CREDENTIALS", "")]), "authorized_user");
    assert_eq!(find(&[("GOOGLE_APPLICATION_CREDENTIALS", usual.to_str().unwrap())]), "authorized_user");
}

/// A file that was named is meant: no other identity takes its place.
#[test]
fn named_file_that_is_wrong_ends_the_search() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("application_default_credentials.json"), user()).unwrap();
    let broken = directory.path().join("broken.json");
    fs::write(&broken, "{").unwrap();
    for path in [broken.to_str().unwrap(), "/nowhere/key.json"] {
        let error = with_variables(directory.path(), &[("GOOGLE_APPLICATION_CREDENTIALS", path)], || {
            google::application_default().unwrap_err()
        });
        assert!(error.is_configuration(), "{error:?}");
        assert!(
            error.to_string().contains("GOOGLE_APPLICATION_CREDENTIALS: ") && error.to_string().contains(path),
            "{error}"
        );
    }
}

#[test]
fn nothing_at_all_is_told_with_the_cure() {
    let directory = tempfile::tempdir().unwrap();
    let error =
        with_variables(directory.path(), &[("NO_GCE_CHECK", "true")], || google::application_default().unwrap_err());
    assert!(error.is_configuration() && error.to_string().contains("gcloud auth application-default login"), "{error}");
}

#[test]
fn quota_project_of_the_environment_goes_before_the_files() {
    let directory = tempfile::tempdir().unwrap();
    let file = json!({
        "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r", "quota_project_id": "file",
    });
    fs::write(directory.path().join("application_default_credentials.json"), file.to_string()).unwrap();
    let of = |variables: &[(&str, &str)]| {
        with_variables(directory.path(), variables, || google::application_default().unwrap().fingerprint())
    };
    let with = |project: &str| {
        GoogleCredentials::from_json(&file.to_string()).unwrap().quota_project_id(project).fingerprint()
    };
    assert_eq!(of(&[]), with("file"));
    assert_eq!(of(&[("GOOGLE_CLOUD_QUOTA_PROJECT", "variable")]), with("variable"));
}

#[test]
fn project_of_the_environment_goes_first() {
    let directory = tempfile::tempdir().unwrap();
    let credentials = GoogleCredentials::from_json(&info("adc@acme.example").to_string()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let project = |variables: &[(&str, &str)]| {
        with_variables(directory.path(), variables, || runtime.block_on(credentials.project_id()).unwrap())
    };
    assert_eq!(project(&[]).as_deref(), Some("acme"));
    assert_eq!(project(&[("GCLOUD_PROJECT", "second")]).as_deref(), Some("second"));
    assert_eq!(project(&[("GCLOUD_PROJECT", "second"), ("GOOGLE_CLOUD_PROJECT", "first")]).as_deref(), Some("first"));
}

/// Nothing has to be configured where the machine has credentials.
#[test]
fn by_name_without_settings() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("application_default_credentials.json"), user()).unwrap();
    let found = with_variables(directory.path(), &[], || crate::google::client(Settings::new()).fingerprint());
    assert_eq!(found, GoogleCredentials::from_json(&user()).unwrap().fingerprint());
}
