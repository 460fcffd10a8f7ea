use grantkit::keys::SigningKey;
use grantkit::provider::ConfigMistakes;
use grantkit::provider::Settings;
use grantkit::{Client, Result};

use super::authentication::{hmac, needs};
use super::certificate;
use super::credential::{key_in_file, with_algorithm};
use crate::workload;

/// Of which a client has one.
const CREDENTIALS: [&str; 5] =
    ["client_secret", "private_key_file", "private_key", "client_assertion_file", "client_assertion"];
const CERTIFICATE: &str = "client_certificate_file";
const METHOD: &str = "token_endpoint_auth_method";
const ALGORITHM: &str = "token_endpoint_auth_signing_alg";

/// What the list of keys does not tell: where the server is, what the client proves itself with, and whether each is one.
pub(super) fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
    let mut value = |key: &str, is_right: fn(&str) -> Result<()>| {
        if let Some(Err(why)) = settings.text(key).map(is_right) {
            mistakes.wrong(key, why);
        }
    };
    value("token_endpoint", |url| Client::builder().token_endpoint(url).map(drop));
    value("issuer", |url| Client::builder().issuer(url).map(drop));
    value("client_assertion", |platform| workload::named(platform).map(drop));
    value(CERTIFICATE, |path| certificate::transport(path).map(drop));
    if !settings.contains("token_endpoint") && !settings.contains("issuer") {
        mistakes.missing_one_of(&["token_endpoint", "issuer"]);
    }
    let given: Vec<_> = CREDENTIALS.into_iter().filter(|key| settings.contains(key)).collect();
    match (given.as_slice(), settings.text(METHOD)) {
        ([], None) if !settings.contains(CERTIFICATE) => {
            mistakes.missing_one_of(&[CREDENTIALS.as_slice(), &[CERTIFICATE]].concat());
            mistakes.note("a client that proves itself with nothing has `token_endpoint_auth_method` = none");
        }
        ([_, _, ..], _) => {
            let keys = given.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            mistakes.note(format!("more than one of {keys} is given: keep one of them"));
        }
        (_, Some(method)) if !fits(method, given.first().copied(), settings.contains(CERTIFICATE)) => {
            mistakes.wrong(METHOD, needs(method));
        }
        _ => {}
    }
    if let [key] = given.as_slice() {
        check_key(key, settings, mistakes);
    }
}

/// Whether the method proves with this credential.
fn fits(method: &str, credential: Option<&str>, has_certificate: bool) -> bool {
    match method {
        "client_secret_basic" | "client_secret_post" | "client_secret_jwt" => credential == Some("client_secret"),
        "private_key_jwt" => credential.is_some_and(|key| key != "client_secret"),
        "tls_client_auth" | "self_signed_tls_client_auth" => credential.is_none() && has_certificate,
        "none" => credential.is_none(),
        _ => false,
    }
}

/// The key can be read, and signs by the algorithm that is asked for.
fn check_key(given: &str, settings: &Settings, mistakes: &mut ConfigMistakes) {
    let algorithm = settings.text(ALGORITHM);
    let key = match (given, settings.text(given)) {
        ("private_key_file", Some(path)) => key_in_file(path),
        ("private_key", Some(pem)) => SigningKey::from_pem(pem.as_bytes()),
        ("client_secret", Some(_)) => {
            let signs = matches!(settings.text(METHOD), None | Some("client_secret_jwt"));
            if let Some(Err(why)) = signs.then(|| hmac(algorithm)) {
                mistakes.wrong(ALGORITHM, why);
            }
            return;
        }
        _ => return,
    };
    match key {
        Err(why) => mistakes.wrong(given, why),
        Ok(key) => {
            if let Err(why) = with_algorithm(key, algorithm) {
                mistakes.wrong(ALGORITHM, why);
            }
        }
    }
}
