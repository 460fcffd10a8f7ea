use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::prelude::*;
use grantkit_providers::google::{self, GoogleCredentials, MetadataServer, ServiceAccount};
use serde_json::json;
use tokio::time::Instant;

use crate::google_service_account::{base64_url, info};
use crate::token_service::TokenService;

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
        "GCE_METADATA_ROOT",
        "GCE_METADATA_IP",
        "GCE_METADATA_TIMEOUT",
        "GCE_METADATA_DETECT_RETRIES",
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
    let found = with_variables(directory.path(), &[], || crate::google::client(ProviderSettings::new()).fingerprint());
    assert_eq!(found, GoogleCredentials::from_json(&user()).unwrap().fingerprint());
}

fn run<T>(test: impl AsyncFnOnce() -> T) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test())
}

fn host(service: &TokenService) -> String {
    service.url("").trim_start_matches("http://").to_owned()
}

fn paths(service: &TokenService) -> Vec<String> {
    service.received().into_iter().map(|received| received.path_and_query).collect()
}

const TOKEN: &str = r#"{ "access_token": "ya29.m", "expires_in": 3599, "token_type": "Bearer" }"#;
const TOKEN_PATH: &str = "/computeMetadata/v1/instance/service-accounts/default/token";

/// A directory without anything of gcloud, and a metadata server with these variables.
fn metadata_server(variables: &[(&str, &str)]) -> MetadataServer {
    let directory = tempfile::tempdir().unwrap();
    with_variables(directory.path(), variables, MetadataServer::new)
}

#[test]
fn the_metadata_server_is_where_the_environment_says() {
    run(async || {
        let service = async || TokenService::metadata([(200, TOKEN)]).await;
        let (one, other) = (service().await, service().await);
        let both = [("GCE_METADATA_HOST", &*host(&one)), ("GCE_METADATA_ROOT", &*host(&other))];
        metadata_server(&both).get_token().await.unwrap();
        assert_eq!((paths(&one), paths(&other)), (vec!["/".to_owned(), TOKEN_PATH.to_owned()], vec![]));
        metadata_server(&both[1..]).get_token().await.unwrap();
        assert_eq!(paths(&other), ["/", TOKEN_PATH]);
        // Whether it is there is asked of its other address.
        let (named, by_number) = (service().await, service().await);
        let both = [("GCE_METADATA_HOST", &*host(&named)), ("GCE_METADATA_IP", &*host(&by_number))];
        metadata_server(&both).get_token().await.unwrap();
        assert_eq!((paths(&named), paths(&by_number)), (vec![TOKEN_PATH.to_owned()], vec!["/".to_owned()]));
    });
}

/// Where connections are closed at once, and how many there were.
fn closing() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (host, count) = (listener.local_addr().unwrap().to_string(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(connection);
        }
    });
    (host, count)
}

#[test]
fn metadata_server_is_probed_as_often_as_the_environment_says() {
    run(async || {
        let connections = async |retries: Option<&str>| {
            let (host, count) = closing();
            let variables = [Some(("GCE_METADATA_HOST", &*host)), retries.map(|n| ("GCE_METADATA_DETECT_RETRIES", n))];
            let variables: Vec<_> = variables.into_iter().flatten().collect();
            let error = metadata_server(&variables).get_token().await.unwrap_err();
            // The environment says that there is one.
            assert!(error.is_retryable() && !error.is_configuration(), "{error:?}");
            assert!(error.to_string().contains("check GCE_METADATA_HOST"), "{error}");
            count.load(Ordering::SeqCst)
        };
        let once = connections(Some("1")).await;
        assert!(once > 0);
        assert_eq!(connections(Some("2")).await, 2 * once);
    });
}

/// As on a pod that has just started.
#[test]
fn metadata_server_that_has_to_be_there_may_come_later() {
    run(async || {
        let answers = [(500, ""), (500, ""), (200, ""), (200, TOKEN)];
        let service = TokenService::metadata(answers).await;
        let server = metadata_server(&[("GCE_METADATA_HOST", &*host(&service))]);
        assert_eq!(server.get_token().await.unwrap().access_token().secret(), "ya29.m");
    });
}

#[test]
fn the_metadata_server_is_waited_for_as_long_as_the_environment_says() {
    run(async || {
        // Connections are made, and nothing is answered.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = silent.local_addr().unwrap().to_string();
        // In time that goes on by itself where nothing else happens.
        tokio::time::pause();
        let waited = async |seconds: &str, tries: &str| {
            let variables = [("GCE_METADATA_TIMEOUT", seconds), ("GCE_METADATA_DETECT_RETRIES", tries)];
            let server = metadata_server(&[variables[0], variables[1], ("GCE_METADATA_HOST", &*host)]);
            let start = Instant::now();
            server.get_token().await.unwrap_err();
            start.elapsed().as_secs()
        };
        assert_eq!(waited("2", "1").await, 2);
        // What is no number is none. Before further tries it waits for 0.5, 1 and 2 s.
        assert_eq!(waited("soon", "1").await, 3);
        assert_eq!(waited("2", "often").await, 4 * 2 + 3);
    });
}

/// google-auth's `fetch_id_token`: the file that is named, if a service account has ID tokens of it; else the machine. Never gcloud's.
#[test]
fn id_tokens_are_those_of_a_service_account() {
    const AUDIENCE: &str = "https://orders-abc.run.app";
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = directory.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let account = info("adc@acme.example").to_string();
    let (of_account, of_user) = (file("key.json", &account), file("user.json", &user()));
    file("application_default_credentials.json", &account);
    let find = |variables: &[(&str, &str)]| {
        with_variables(directory.path(), variables, || google::application_default_id_token(AUDIENCE))
    };

    let found = find(&[("GOOGLE_APPLICATION_CREDENTIALS", &of_account)]).unwrap();
    let of_file = ServiceAccount::from_json(&account).unwrap().id_token(AUDIENCE).unwrap();
    assert_eq!(found.fingerprint(), of_file.fingerprint());
    for path in ["/nowhere/key.json", &*file("broken.json", "{")] {
        let error = find(&[("GOOGLE_APPLICATION_CREDENTIALS", path)]).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(path), "{error}");
    }
    let error = find(&[("NO_GCE_CHECK", "true")]).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("no service account for ID tokens"), "{error}");

    run(async || {
        let id_token = format!("e30.{}.c2ln", base64_url(&json!({ "aud": AUDIENCE, "exp": 4_000_000_000_u64 })));
        let identity = "/computeMetadata/v1/instance/service-accounts/default/identity?audience=https%3A%2F%2Forders-abc.run.app&format=full";
        for named in [None, Some(("GOOGLE_APPLICATION_CREDENTIALS", &*of_user))] {
            let service = TokenService::metadata([(200, String::new()), (200, id_token.clone())]).await;
            let host = host(&service);
            let variables: Vec<_> = named.into_iter().chain([("GCE_METADATA_HOST", &*host)]).collect();
            let token = find(&variables).unwrap().get_token().await.unwrap();
            assert_eq!(token.access_token().secret(), id_token);
            assert_eq!(paths(&service), ["/", identity]);
        }
    });
}
