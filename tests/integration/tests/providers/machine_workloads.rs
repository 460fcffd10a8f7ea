//! What a platform gives to a program identifies this machine: the next machine, with the same path or address, is another identity.

use std::fs;
use std::path::Path;

use grantkit::Client;
use grantkit::client_auth::{AssertionFile, AssertionSource};
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::grant::{Assertion, SecurityToken};
use grantkit::prelude::*;
use grantkit::store::{FileStore, MemoryStore};
use grantkit::token::TokenTypeIdentifier;
use grantkit_integration_tests::other_process::other_process;
use grantkit_providers::google::ExternalAccount;
use grantkit_providers::workload::{
    Aws, AwsKeys, AwsWebIdentity, AzureManagedIdentity, AzureWorkloadIdentity, GitHubActions, GoogleMetadata,
    Kubernetes, OfSubject, Spiffe, Vault,
};

use crate::machines::{numbered, tokens};
use crate::token_service::TokenService;

const OWN: [&str; 3] = ["T1", "T2", "T1"];
const SHARED: [&str; 3] = ["T1", "T1", "T1"];

/// A client that proves itself with a secret, which is the same everywhere.
fn client(service: &TokenService) -> Client {
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    client.token_endpoint(&service.url("/token")).unwrap().build().erased()
}

async fn service() -> TokenService {
    TokenService::answering_text((1..=6).map(numbered)).await
}

/// In each place that takes a source: subject, actor, assertion, and the client's own proof.
async fn in_each_place(source: impl Fn() -> AssertionFile) -> Vec<[String; 3]> {
    let jwt = |source: AssertionFile| SecurityToken::from_source(TokenTypeIdentifier::JWT, source);
    let user = || SecurityToken::jwt("of.the.user");
    let mut all = Vec::new();
    let server = service().await;
    all.push(tokens(client(&server).token_exchange(jwt(source())).named("subject")).await);
    let server = service().await;
    all.push(tokens(client(&server).token_exchange(user()).actor(jwt(source())).named("actor")).await);
    let server = service().await;
    all.push(tokens(client(&server).jwt_bearer(Assertion::from_source(source())).named("assertion")).await);
    let server = service().await;
    let own = Client::builder().client_id("billing").client_assertion(source());
    let own = own.token_endpoint(&server.url("/token")).unwrap().build();
    all.push(tokens(own.client_credentials().named("client")).await);
    let server = service().await;
    let audience = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/a";
    let account = ExternalAccount::from_source(audience, TokenTypeIdentifier::JWT.as_str(), source()).unwrap();
    all.push(tokens(account.token_url(server.url("/token")).unwrap().scopes("a")).await);
    all
}

#[tokio::test]
async fn what_speaks_for_a_machine_is_in_no_store_wherever_it_is_used() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    fs::write(&path, "of.this.machine").unwrap();
    for got in in_each_place(|| AssertionFile::new(&path)).await {
        assert_eq!(got, OWN);
    }
    for got in in_each_place(|| AssertionFile::new(&path).with_subject("system:serviceaccount:shop:billing")).await {
        assert_eq!(got, SHARED);
    }
}

/// Logins are of persons: the servers of a fleet share them, however each proves that it is the client.
#[tokio::test]
async fn login_is_shared_by_machines_that_authenticate_differently() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    fs::write(&path, "of.this.machine").unwrap();
    let service = service().await;
    let store = MemoryStore::new();
    let (one, other) = (CredentialCache::new(16, None), CredentialCache::new(16, None));
    let client = || {
        let client = Client::builder().client_id("web").client_assertion(AssertionFile::new(&path));
        client.token_endpoint(&service.url("/token")).unwrap().build()
    };
    let login = |cache: &CredentialCache| {
        Credentials::builder(client().stored_login("alice").named()).cache(cache).store(store.clone()).build()
    };
    let expired = OAuthToken::new("A0").unwrap().with_refresh_token("R0");
    let expired = expired.with_expires_at(std::time::SystemTime::now() - std::time::Duration::from_secs(1));
    login(&one).put(expired).await.unwrap();
    for cache in [&other, &one] {
        assert_eq!(login(cache).token().await.unwrap().access_token().secret(), "T1");
    }
    // A refresh token of the configuration is spent once, too.
    let configured = |cache: &CredentialCache| {
        let grant = client().refresh_token_grant("R-of-the-configuration").named("configured");
        Credentials::builder(grant).cache(cache).store(store.clone()).build()
    };
    for cache in [&one, &other] {
        assert_eq!(configured(cache).token().await.unwrap().access_token().secret(), "T2");
    }
}

/// Of the provider `oauth2`, by name: what gives the assertion, and whether a subject is named.
#[tokio::test]
async fn by_name_a_subject_is_shared_through_the_store_and_no_other() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| {
        let path = directory.path().join(name);
        fs::write(&path, format!("of.{name}.token")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (one, other) = (path("one"), path("other"));
    let sources = [
        [("client_assertion_file", one.clone()), ("client_assertion_file", other.clone())],
        [("client_assertion", format!("kubernetes:{one}")), ("client_assertion", format!("kubernetes:{other}"))],
        [("client_assertion", format!("spiffe:{one}")), ("client_assertion", format!("spiffe:{other}"))],
    ];
    for [(key, one), (_, other)] in sources {
        // Two machines with one store, of which the second has its assertion elsewhere.
        let got = async |subjects: [Option<&str>; 2], places: [&str; 2]| {
            let service = service().await;
            let store = MemoryStore::new();
            let mut got = Vec::new();
            for (subject, place) in subjects.into_iter().zip(places) {
                let settings =
                    ProviderSettings::new().with("client_id", "billing").with("token_endpoint", service.url("/token"));
                let settings = settings.with(key, place);
                let settings = subject.into_iter().fold(settings, |all, it| all.with("client_assertion_subject", it));
                let client = ProviderClient::connect("oauth2", settings).unwrap();
                let cache = CredentialCache::new(16, None);
                let credentials = Credentials::builder(client).cache(&cache).store(store.clone()).build();
                got.push(credentials.token().await.unwrap().access_token().secret().to_owned());
            }
            (got, service.bodies().len())
        };
        let same = [Some("system:serviceaccount:shop:billing"); 2];
        assert_eq!(got(same, [&one, &one]).await, (vec!["T1".to_owned(); 2], 1), "{key}: one subject");
        assert_eq!(got(same, [&one, &other]).await, (vec!["T1".to_owned(); 2], 1), "{key}: one subject in two places");
        let apart = (vec!["T1".to_owned(), "T2".to_owned()], 2);
        assert_eq!(got([None; 2], [&one, &one]).await, apart, "{key}: nobody says whose it is");
        assert_eq!(got([Some("billing"), Some("payroll")], [&one, &one]).await, apart, "{key}: two subjects");
        assert_eq!(got([Some("billing"), None], [&one, &one]).await, apart, "{key}: one says it alone");
    }
}

/// What has a secret of its own is told by that, unless the program says whose it is: a corrected secret is another token in the process, and
/// the same in the store.
#[tokio::test]
async fn named_subject_stands_for_a_platforms_secrets_in_the_store_alone() {
    let vault = |token: &str| Vault::new("http://127.0.0.1:1", "deployer", token);
    let key = |source: OfSubject<Vault>| {
        let client = Client::builder().client_id("billing").client_assertion(source);
        let client = client.token_endpoint("https://as.example/token").unwrap().build();
        client.client_credentials().named("vault").fingerprint()
    };
    let [one, other] = ["s.one", "s.other"].map(|token| key(OfSubject::new("billing", vault(token))));
    assert_ne!(one, other, "in the process");
    assert_eq!(one.to_string(), other.to_string(), "in the store");
    assert_ne!(one.to_string(), key(OfSubject::new("payroll", vault("s.one"))).to_string());
}

/// A source of a program's own, with as little as compiles.
#[derive(Debug)]
struct SaysNothing;

#[async_trait]
impl AssertionSource for SaysNothing {
    fn identity(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn assertion(&self, _: &str) -> Result<SecretString> {
        Ok("of.somebody".into())
    }
}

#[tokio::test]
async fn a_source_that_says_nothing_is_safe() {
    let service = service().await;
    let grant = client(&service).jwt_bearer(Assertion::from_source(SaysNothing));
    assert_eq!(tokens(grant.named("silent")).await, OWN);
}

/// Which are another identity on the next machine, and which are the same.
#[test]
fn each_platform_says_whether_it_identifies_the_machine() {
    let keys = AwsKeys { access_key_id: "AKID".into(), secret_access_key: "key".into(), session_token: None };
    let here = "http://127.0.0.1:1";
    let sources: [(&dyn AssertionSource, bool); 17] = [
        (&Aws::from_metadata_service(here), true),
        (&Aws::new("eu-west-1", keys), false),
        (&AwsWebIdentity::new("/token"), true),
        (&AwsWebIdentity::new("/token").with_subject("billing"), false),
        (&AzureManagedIdentity::from_metadata_service(here), true),
        (&AzureManagedIdentity::from_metadata_service(here).with_client_id("5d6a"), false),
        (&AzureManagedIdentity::from_app_service(here, "header"), false),
        (&AzureWorkloadIdentity::new("/token"), true),
        (&GitHubActions::new(here, "request-token").unwrap(), false),
        (&GoogleMetadata::from_metadata_server(here), true),
        (&GoogleMetadata::from_metadata_server(here).with_service_account("a@p.iam.gserviceaccount.com"), false),
        (&Kubernetes::new("/token"), true),
        (&Kubernetes::new("/token").with_subject("billing"), false),
        (&OfSubject::new("billing", Aws::from_metadata_service(here)), false),
        (&Spiffe::new("/svid"), true),
        (&Spiffe::as_jwt("/svid").with_subject("spiffe://acme.example/billing"), false),
        (&Vault::new(here, "deployer", "s.token"), false),
    ];
    for (source, expected) in sources {
        assert_eq!(source.speaks_for_this_machine(), expected, "{source:?}");
    }
}

const STORE: &str = "GRANTKIT_TEST_STORE";
const SERVER: &str = "GRANTKIT_TEST_SERVER";

/// Two processes, each with its own account in the same file, over one store.
#[tokio::test]
async fn two_processes_do_not_share_what_is_their_own() {
    let directory = tempfile::tempdir().unwrap();
    let service = service().await;
    let mut got = Vec::new();
    for account in ["of.one", "of.the.other"] {
        fs::write(directory.path().join("token"), account).unwrap();
        let mut process = other_process("machine_workloads::a_machine");
        process.env(STORE, directory.path()).env(SERVER, service.url("/token"));
        let output = tokio::task::spawn_blocking(move || process.output().unwrap()).await.unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        got.push(output.lines().find_map(|line| line.strip_prefix("token: ")).unwrap_or(&output).to_owned());
    }
    let expected = ["T1 T2 T3 T4", "T5 T2 T6 T4"];
    assert_eq!(
        got, expected,
        "a subject of the machine, and one that both share; the same for the client's proof, by name"
    );
    let subjects: Vec<_> = service.bodies().iter().map(|body| body.contains("of.the.other")).collect();
    assert_eq!(subjects, [false, false, false, false, true, true]);
}

/// The other process of the test above.
#[tokio::test]
async fn a_machine() {
    let (Ok(place), Ok(server)) = (std::env::var(STORE), std::env::var(SERVER)) else { return };
    let place = Path::new(&place);
    let store = FileStore::with_key_file(place.join("store"), place.join("key")).await.unwrap();
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    let client = client.token_endpoint(&server).unwrap().build();
    let token = async |source: Kubernetes, name: &str| {
        let grant = client.token_exchange(SecurityToken::from_source(TokenTypeIdentifier::JWT, source)).named(name);
        let credentials = Credentials::builder(grant).store(store.clone()).build();
        credentials.token().await.unwrap().access_token().secret().to_owned()
    };
    let path = place.join("token");
    let own = token(Kubernetes::new(&path), "own").await;
    let shared = token(Kubernetes::new(&path).with_subject("system:serviceaccount:shop:billing"), "shared").await;
    // The same of a client by name, which proves itself with the file.
    let client = async |subject: Option<&str>| {
        let settings = ProviderSettings::new().with("client_id", "billing").with("token_endpoint", &server);
        let settings = settings.with("client_assertion_file", path.to_str().unwrap());
        let settings = subject.into_iter().fold(settings, |all, it| all.with("client_assertion_subject", it));
        let client = ProviderClient::connect("oauth2", settings).unwrap();
        let credentials = Credentials::builder(client).store(store.clone()).build();
        credentials.token().await.unwrap().access_token().secret().to_owned()
    };
    let (own_proof, shared_proof) = (client(None).await, client(Some("system:serviceaccount:shop:billing")).await);
    println!("\ntoken: {own} {shared} {own_proof} {shared_proof}");
}
