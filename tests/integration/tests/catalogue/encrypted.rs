//! A service that encrypts its answers: itsme, whose ID tokens and userinfo are signed and then encrypted (itsme, "JS Object Signing &
//! Encryption"), played by the testkit with cryptography of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::ProviderClient;
use grantkit::provider::ProviderSettings;
use grantkit_providers::catalogue::{AuthMethod, Entry, Grant, entry};
use grantkit_testkit::{PlayedProvider, provider};
use serde_json::Value;

use crate::connect::data;
use crate::end_to_end::log_in;

fn itsme() -> &'static Entry {
    entry("itsme").unwrap()
}

async fn with_a_key() -> PlayedProvider {
    provider("itsme").signing_client().start().await.unwrap()
}

fn connect(settings: ProviderSettings) -> ProviderClient {
    ProviderClient::connect("itsme", settings).unwrap()
}

fn key_of(settings: &ProviderSettings) -> String {
    settings.text("decryption_key").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn itsme_logs_a_person_in_whose_id_token_and_profile_are_encrypted() {
    let cases = [
        (with_a_key().await, "RSA-OAEP-256", "A128CBC-HS256"),
        (provider("itsme").start().await.unwrap(), "dir", "A256GCM"),
    ];
    for (played, algorithm, encryption) in cases {
        let client = connect(played.settings());
        let login = log_in(itsme(), &client).await.unwrap();
        let id_token = login.token().id_token().unwrap();
        assert_eq!(id_token.split('.').count(), 5);
        let header = URL_SAFE_NO_PAD.decode(id_token.split('.').next().unwrap()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        assert_eq!((&header["alg"], &header["enc"]), (&algorithm.into(), &encryption.into()));
        assert_eq!(login.claims().unwrap().subject(), "4711");
        // Its answer is encrypted by RSA-OAEP, where it is to a key.
        let person = client.identity(&login).await.unwrap();
        let found = (person.id(), person.email(), person.name());
        assert_eq!(found, ("4711", Some("alice@example.com"), Some("Alice Example")), "{algorithm}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_reads_nothing_and_the_old_key_reads_beside_the_new_one() {
    let (played, other) = (with_a_key().await, with_a_key().await);
    let (own, foreign) = (played.settings(), key_of(&other.settings()));
    let error = log_in(itsme(), &connect(played.settings().with("decryption_key", foreign.clone()))).await.unwrap_err();
    assert!(error.contains("cannot be decrypted"), "{error}");
    for both in [format!("{foreign}{}", key_of(&own)), format!("{}\n{foreign}", key_of(&own)).replace('\n', "\\n")] {
        log_in(itsme(), &connect(played.settings().with("decryption_key", both))).await.unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.pem");
    std::fs::write(&path, key_of(&own)).unwrap();
    let keys = ["client_id", "private_key", "service_code", "provider_base_url"];
    let by_file = keys.into_iter().fold(ProviderSettings::new(), |all, key| all.with(key, own.text(key).unwrap()));
    log_in(itsme(), &connect(by_file.with("decryption_key_file", path.to_str().unwrap()))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_decryption_key_is_told_with_all_else() {
    let base = || ProviderSettings::new().with("client_id", "app").with("service_code", "ACME");
    let signing = with_a_key().await.settings().text("private_key").unwrap().to_owned();
    let refusal = |settings| ProviderClient::connect("itsme", settings).unwrap_err().to_string();
    let nothing = refusal(base());
    assert!(nothing.contains("`decryption_key`") && nothing.contains("`client_secret`"), "{nothing}");
    let unread = refusal(base().with("private_key", signing.clone()));
    assert!(unread.contains("missing: `decryption_key` or `decryption_key_file`"), "{unread}");
    // That of the signatures is none for encryption: it is on a curve.
    for (key, said) in [(signing.as_str(), "RSA-OAEP"), ("s3cret", "no private key in PEM")] {
        let refused =
            refusal(base().with("private_key", signing.clone()).with("decryption_key", key).with("scopes", 7));
        assert!(refused.contains("`decryption_key`: ") && refused.contains(said), "{refused}");
        assert!(refused.contains("`scopes`: ") && !refused.contains("s3cret"), "{refused}");
    }
    let nowhere = refusal(base().with("private_key", signing).with("decryption_key_file", "/nowhere/key.pem"));
    assert!(nowhere.contains("`decryption_key_file`: \"/nowhere/key.pem\" cannot be read"), "{nowhere}");
}

/// Each service that takes a key in place of the secret, with the key: its assertion has the audience that the service wants.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_with_a_key_logs_people_in_wherever_keys_are_taken() {
    let takes_keys = |entry: &&Entry| {
        entry.auth_methods().contains(&AuthMethod::PrivateKeyJwt) && entry.has_grant(Grant::AuthorizationCode)
    };
    let mut tried = 0;
    for entry in data().filter(takes_keys) {
        let played = provider(entry.name()).signing_client().start().await.unwrap();
        let client = ProviderClient::connect(entry.name(), played.settings()).unwrap();
        let login = log_in(entry, &client).await.unwrap_or_else(|error| panic!("{}: {error}", entry.name()));
        assert_eq!(client.identity(&login).await.unwrap().id(), played.id_of("4711"), "{}", entry.name());
        tried += 1;
    }
    assert!(tried > 8, "{tried}");
}

/// A scope in which a parameter stands is asked for, whatever else the settings ask for.
#[test]
fn the_scope_of_a_parameter_is_asked_for() {
    let scope = |name: &str, settings: ProviderSettings| {
        let settings = settings.with("client_id", "app").with("client_secret", "s3cret");
        let client = ProviderClient::connect(name, settings).unwrap();
        let login = client.login(grantkit::authorize::RedirectUri::new("https://app.example/cb").unwrap()).unwrap();
        let (url, _) = login.start().unwrap();
        url.query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned()
    };
    let itsme = || ProviderSettings::new().with("service_code", "ACME");
    assert_eq!(scope("itsme", itsme()), "openid service:ACME");
    assert_eq!(scope("itsme", itsme().with("scopes", vec!["openid", "email"])), "openid email service:ACME");
    assert_eq!(scope("itsme", itsme().with("scopes", vec!["openid", "service:OTHER"])), "openid service:OTHER");
    let snowflake = || ProviderSettings::new().with("account", "acme.snowflakecomputing.com").with("role", "ANALYST");
    assert_eq!(scope("snowflake", snowflake()), "session:role:ANALYST refresh_token");
    assert_eq!(scope("snowflake", snowflake().with("offline_access", false)), "session:role:ANALYST");
}
