//! Every provider that is linked in, with every key that it says it has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use grantkit::credentials::CacheKey;
use grantkit::keys::SigningAlgorithm;
use grantkit::prelude::*;
use grantkit::provider::{self, ProviderPlugin};
use grantkit_providers as _;
use grantkit_providers::catalogue;
use serde_json::{Value, json};

use crate::seen::Seen;

/// A configuration, and for each key that it can have another value.
struct Case {
    base: Value,
    others: Value,
}

fn case(base: Value, others: Value) -> Case {
    Case { base, others }
}

const ED25519: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----";
const OTHER: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----";

#[allow(clippy::too_many_lines, reason = "a table")]
fn cases(provider: &str, files: &BTreeMap<&str, String>) -> Vec<Case> {
    let file = |name: &str| &files[name];
    match provider {
        "auth0" => vec![
            case(
                json!({ "tenant": "acme", "client_id": "billing", "client_secret": "s3cret" }),
                json!({
                    "tenant": "other", "client_id": "other", "client_secret": "other", "audience": "api",
                    "scopes": ["read"], "organization": "acme", "token_endpoint_auth_method": "client_secret_basic",
                }),
            ),
            case(
                json!({ "tenant": "acme", "client_id": "billing", "private_key": ED25519 }),
                json!({ "private_key": OTHER, "private_key_id": "one" }),
            ),
            case(
                json!({ "tenant": "acme", "client_id": "billing", "private_key_file": file("key") }),
                json!({ "private_key_file": file("other key") }),
            ),
            case(
                json!({ "tenant": "acme", "client_id": "billing", "client_certificate_file": file("certificate") }),
                json!({ "client_certificate_file": file("other certificate") }),
            ),
        ],
        "google" => vec![
            case(
                json!({ "client_id": "billing", "client_secret": "s3cret", "refresh_token": "one" }),
                json!({
                    "client_id": "other", "client_secret": "other", "refresh_token": "two", "scopes": ["drive"],
                    "quota_project_id": "p", "token_uri": "http://127.0.0.1:1/token", "provider_base_url": "http://127.0.0.1:2",
                }),
            ),
            case(json!({ "credentials_file": file("user") }), json!({ "credentials_file": file("other user") })),
            case(
                json!({ "credentials_json": authorized_user("three") }),
                json!({ "credentials_json": authorized_user("four") }),
            ),
            case(json!({ "api_key": "one" }), json!({ "api_key": "two" })),
            case(
                json!({ "metadata_host": "127.0.0.1:1", "impersonate_service_account": "a@acme.example", "scopes": ["drive"] }),
                json!({
                    "metadata_host": "127.0.0.1:2", "impersonate_service_account": "b@acme.example", "scopes": ["mail"],
                    "delegates": ["d@acme.example"], "subject": "alice", "id_token_audience": "https://run.example",
                    "iam_url": "http://127.0.0.1:1/v1", "quota_project_id": "p",
                }),
            ),
        ],
        "oauth2" => vec![
            case(
                json!({ "token_endpoint": "https://as.example/token", "client_id": "billing", "client_secret": "s3cret" }),
                json!({
                    "token_endpoint": "https://other.example/token", "client_id": "other", "client_secret": "other",
                    "scopes": ["read"], "audience": "api", "resource": "https://api.example",
                    "token_endpoint_auth_method": "client_secret_post",
                }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "client_secret": "s3cret" }),
                json!({
                    "issuer": "https://other.example", "client_id": "other", "client_secret": "other", "scopes": ["read"],
                    "audience": "api", "resource": "https://api.example", "token_endpoint_auth_method": "client_secret_post",
                }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "private_key": ED25519 }),
                json!({ "private_key": OTHER, "private_key_id": "one" }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "private_key_file": file("key") }),
                json!({ "private_key_file": file("other key") }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "client_assertion_file": "/one" }),
                json!({
                    "client_assertion_file": "/two", "client_assertion_audience": "https://other.example",
                    "client_assertion_subject": "billing",
                }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "client_assertion": "kubernetes:/three" }),
                json!({ "client_assertion": "kubernetes:/four", "client_assertion_subject": "payroll" }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "client_assertion": "kubernetes:/three", "client_assertion_subject": "one" }),
                // Whatever its subject is, the file may be at another path on each machine.
                json!({ "client_assertion_subject": "two" }),
            ),
            case(
                json!({ "issuer": "https://as.example", "client_id": "billing", "client_certificate_file": file("certificate") }),
                json!({ "client_certificate_file": file("other certificate") }),
            ),
            case(
                json!({
                    "issuer": "https://as.example", "client_id": "billing", "token_endpoint_auth_signing_alg": "HS256",
                    "client_secret": "a secret of sixty-four bytes, which is what HS512 needs at least",
                }),
                json!({ "token_endpoint_auth_signing_alg": "HS512" }),
            ),
        ],
        // As of the other, but for endpoints by hand.
        "oidc" => {
            let all = cases("oauth2", files).into_iter();
            all.filter(|case| case.base.get("issuer").is_some()).collect()
        }
        "qci" => vec![case(
            json!({ "api_url": "https://api.example", "token": "one" }),
            json!({ "api_url": "https://other.example", "token": "two", "timeout": 7 }),
        )],
        other => panic!("the provider {other:?} is new: write down what tells its tokens apart"),
    }
}

/// Those that are data are tried all together: `catalogue::connect`.
fn with_code() -> impl Iterator<Item = &'static ProviderPlugin> {
    let is_data = |name| catalogue::entry(name).is_some() && !["auth0", "google"].contains(&name);
    provider::providers().into_iter().filter(move |plugin| !is_data(plugin.name()))
}

fn authorized_user(refresh_token: &str) -> String {
    json!({ "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": refresh_token })
        .to_string()
}

fn files(folder: &std::path::Path) -> BTreeMap<&'static str, String> {
    let certificate = || {
        let made = rcgen::generate_simple_self_signed(["billing".to_owned()]).unwrap();
        format!("{}{}", made.signing_key.serialize_pem(), made.cert.pem())
    };
    let contents = [
        ("user", authorized_user("one")),
        ("other user", authorized_user("two")),
        ("key", ED25519.to_owned()),
        ("other key", OTHER.to_owned()),
        ("certificate", certificate()),
        ("other certificate", certificate()),
    ];
    contents
        .map(|(name, content)| {
            let path = folder.join(name);
            fs::write(&path, content).unwrap();
            (name, path.to_str().unwrap().to_owned())
        })
        .into()
}

fn connect(provider: &str, configuration: &Value) -> ProviderClient {
    let settings = configuration.as_object().unwrap().iter();
    let settings = settings.fold(ProviderSettings::new(), |settings, (key, value)| settings.with(key, value.clone()));
    ProviderClient::connect(provider, settings).unwrap()
}

fn key(provider: &str, configuration: &Value) -> CacheKey {
    CacheKey::from_client(&connect(provider, configuration))
}

/// Each provider with each key changed.
pub(crate) fn add_all(seen: &mut Seen) {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    for plugin in with_code() {
        let mut told = BTreeSet::new();
        for Case { base, others } in cases(plugin.name(), &files) {
            let changed = others.as_object().unwrap().iter().map(|(name, value)| {
                let mut other = base.clone();
                other[name] = value.clone();
                other
            });
            for configuration in std::iter::once(base.clone()).chain(changed) {
                // Two cases may have the same in common, and a key in a file is the same key.
                if told.insert(configuration.to_string()) && configuration.get("private_key_file").is_none() {
                    seen.add(&format!("{} {configuration}", plugin.name()), &connect(plugin.name(), &configuration));
                }
            }
        }
    }
}

#[test]
fn one_key_changed_is_another_token() {
    assert!(SigningAlgorithm::EdDsa.name().starts_with("Ed"));
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    for plugin in with_code() {
        let mut changed = BTreeSet::new();
        for Case { base, others } in cases(plugin.name(), &files) {
            let first = key(plugin.name(), &base);
            assert_eq!(first, key(plugin.name(), &base), "{}: the same again", plugin.name());
            for (name, value) in others.as_object().unwrap() {
                let mut other = base.clone();
                other[name] = value.clone();
                assert_ne!(first, key(plugin.name(), &other), "{}: {name}", plugin.name());
                changed.insert(name.clone());
            }
        }
        // Those are of logins, and no token of the program itself depends on them.
        let of_logins = [
            "offline_access",
            "authorization_endpoint",
            "device_authorization_endpoint",
            "userinfo_endpoint",
            "revocation_endpoint",
            "jwks_uri",
        ];
        let keys = plugin.keys().iter().map(|key| key.name).filter(|name| !of_logins.contains(name));
        let keys: BTreeSet<String> = keys.map(str::to_owned).collect();
        assert_eq!(changed, keys, "{}: each key has to be changed once", plugin.name());
    }
}

/// Where a service exchanges its tokens is a part of its logins, also where the token endpoint is the same.
#[test]
fn the_host_of_an_exchange_tells_logins_apart() {
    let login = |host: &str| {
        let hosts = json!({ "graph.instagram.com": host });
        let configuration = json!({ "client_id": "app", "client_secret": "s3cret", "provider_hosts": hosts });
        connect("instagram", &configuration).stored_login("alice").unwrap().named()
    };
    let [one, other] = ["https://one.example", "https://other.example"].map(login);
    assert_eq!(CacheKey::from_client(&one), CacheKey::from_client(&login("https://one.example")));
    assert_ne!(CacheKey::from_client(&one), CacheKey::from_client(&other));
    assert_ne!(one.refresh_key(), other.refresh_key());
}
