use grantkit::provider::ConfigErrors;
use grantkit::provider::ProviderSettings;
use grantkit::{Client, Result};

use super::authentication::{hmac, needs};
use super::certificate;
use super::credential::{key_in_file, with_algorithm};
use crate::pem;
use crate::workload;

/// Of which a client has one.
const CREDENTIALS: [&str; 5] =
    ["client_secret", "private_key_file", "private_key", "client_assertion_file", "client_assertion"];
/// Of those, the ones that something else makes.
const ASSERTIONS: [&str; 2] = ["client_assertion_file", "client_assertion"];
const SUBJECT: &str = "client_assertion_subject";
const CERTIFICATE: &str = "client_certificate_file";
const METHOD: &str = "token_endpoint_auth_method";
const ALGORITHM: &str = "token_endpoint_auth_signing_alg";

/// The keys that take `token_endpoint` beside them.
const PLACES: [&str; 5] =
    ["authorization_endpoint", "device_authorization_endpoint", "userinfo_endpoint", "revocation_endpoint", "jwks_uri"];

/// What the list of keys does not tell of where the server is.
pub(super) fn check_places(settings: &ProviderSettings, errors: &mut ConfigErrors) {
    check_url("token_endpoint", settings, errors);
    check_url("issuer", settings, errors);
    if !settings.contains("token_endpoint") && !settings.contains("issuer") {
        errors.missing_one_of(&["token_endpoint", "issuer"]);
    }
    for key in PLACES {
        check_url(key, settings, errors);
        if settings.contains(key) && !settings.contains("token_endpoint") {
            errors.wrong(
                key,
                "it stands beside `token_endpoint`: with `issuer` alone the server's metadata says it, so leave it out",
            );
        }
    }
    if settings.contains("jwks_uri") && !settings.contains("issuer") {
        errors.wrong("jwks_uri", "its keys are of `issuer`, which is missing: an ID token has to name it");
    }
}

/// That it is a URL that may be asked: `https`, or `http` on a loopback address.
pub(crate) fn check_url(key: &str, settings: &ProviderSettings, errors: &mut ConfigErrors) {
    let check = |url: &str| match key {
        "issuer" => Client::builder().issuer(url).map(drop),
        _ => Client::builder().token_endpoint(url).map(drop),
    };
    if let Some(Err(why)) = settings.text(key).map(check) {
        errors.wrong(key, why);
    }
}

/// What the list of keys does not tell of what the client proves itself with, and whether each is one.
pub(crate) fn check_client(settings: &ProviderSettings, errors: &mut ConfigErrors) {
    let mut value = |key: &str, is_right: fn(&str) -> Result<()>| {
        if let Some(Err(why)) = settings.text(key).map(is_right) {
            errors.wrong(key, why);
        }
    };
    value("client_assertion", |platform| workload::named(platform).map(drop));
    value(CERTIFICATE, |path| certificate::transport(path).map(drop));
    if settings.contains(SUBJECT) && !ASSERTIONS.iter().any(|key| settings.contains(key)) {
        errors.wrong(SUBJECT, "it says whose the assertion of `client_assertion_file` or `client_assertion` is: give one of these, or leave it out");
    }
    let given: Vec<_> = CREDENTIALS.into_iter().filter(|key| settings.contains(key)).collect();
    match (given.as_slice(), settings.text(METHOD)) {
        ([], None) if !settings.contains(CERTIFICATE) => {
            errors.missing_one_of(&[CREDENTIALS.as_slice(), &[CERTIFICATE]].concat());
            errors.note("a client that proves itself with nothing has `token_endpoint_auth_method` = none");
        }
        ([_, _, ..], _) => {
            let keys = given.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            errors.note(format!("more than one of {keys} is given: keep one of them"));
        }
        (_, Some(method)) if !fits(method, given.first().copied(), settings.contains(CERTIFICATE)) => {
            errors.wrong(METHOD, needs(method));
        }
        _ => {}
    }
    if let [key] = given.as_slice() {
        check_key(key, settings, errors);
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
fn check_key(given: &str, settings: &ProviderSettings, errors: &mut ConfigErrors) {
    let algorithm = settings.text(ALGORITHM);
    let key = match (given, settings.text(given)) {
        ("private_key_file", Some(path)) => key_in_file(path),
        ("private_key", Some(pem)) => pem::signing_key(pem),
        ("client_secret", Some(_)) => {
            let signs = matches!(settings.text(METHOD), None | Some("client_secret_jwt"));
            if let Some(Err(why)) = signs.then(|| hmac(algorithm)) {
                errors.wrong(ALGORITHM, why);
            }
            return;
        }
        _ => return,
    };
    match key {
        Err(why) => errors.wrong(given, why),
        Ok(key) => {
            if let Err(why) = with_algorithm(key, algorithm) {
                errors.wrong(ALGORITHM, why);
            }
        }
    }
}
