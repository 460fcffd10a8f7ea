use grantkit::SecretString;
use grantkit::provider::ConfigKey;

use crate::catalogue::{AuthMethod, Entry, Grant, Kind, Quirk, ScopeParameter};

pub(super) const CLIENT_ID: &str = "client_id";
pub(super) const CLIENT_SECRET: &str = "client_secret";
pub(super) const PRIVATE_KEY: &str = "private_key";
pub(super) const PRIVATE_KEY_FILE: &str = "private_key_file";
pub(super) const PRIVATE_KEY_ID: &str = "private_key_id";
/// With the private key.
pub(super) const CERTIFICATE: &str = "client_certificate";
pub(super) const CERTIFICATE_FILE: &str = "client_certificate_file";
/// Whose token the program itself gets.
pub(super) const USER: &str = "user";
pub(super) const DECRYPTION_KEY: &str = "decryption_key";
pub(super) const DECRYPTION_KEY_FILE: &str = "decryption_key_file";
pub(super) const DPOP_KEY: &str = "dpop_key";
pub(super) const TEAM_ID: &str = "team_id";
pub(super) const AUTH_METHOD: &str = "token_endpoint_auth_method";
/// Repeated by each refresh.
pub(super) const REDIRECT_URI: &str = "redirect_uri";
/// In place of the redirect URI.
pub(super) const REDIRECT_URI_NAME: &str = "redirect_uri_name";
pub(super) const SCOPES: &str = "scopes";
pub(super) const OFFLINE_ACCESS: &str = "offline_access";
pub(super) const AUDIENCE: &str = "audience";
pub(super) const TOKEN: &str = "token";
pub(super) const BASE_URL: &str = "provider_base_url";
pub(super) const HOSTS: &str = "provider_hosts";

/// The keys of a provider's configuration.
pub(super) fn of(entry: &Entry) -> Vec<ConfigKey> {
    let mut keys = Vec::new();
    if entry.kind() == Kind::OpenId2 {
        return keys;
    }
    for parameter in entry.parameters() {
        let (name, about) = (parameter.name(), "A part of the service's addresses.");
        keys.push(match parameter.default_value() {
            Some(_) => ConfigKey::new::<Option<String>>(name, about),
            None => ConfigKey::new::<String>(name, about),
        });
    }
    if entry.kind() == Kind::ApiToken {
        keys.push(ConfigKey::new::<SecretString>(TOKEN, "The token, from the service's settings."));
    } else {
        keys.extend(of_client(entry));
    }
    keys.push(ConfigKey::new::<Option<String>>(
        BASE_URL,
        "In place of the scheme and host of every address of the service.",
    ));
    keys.push(ConfigKey::new::<std::collections::BTreeMap<String, String>>(
        HOSTS,
        "Base URLs in place of hosts of the service, by host.",
    ));
    keys
}

/// The keys with what a client proves itself with other than by a secret, in the order in which they count.
pub(super) fn of_private_key(entry: &Entry) -> &'static [&'static str] {
    if entry.has_quirk(Quirk::KeyByCertificate) {
        &[PRIVATE_KEY, PRIVATE_KEY_FILE, CERTIFICATE, CERTIFICATE_FILE]
    } else {
        &[PRIVATE_KEY, PRIVATE_KEY_FILE]
    }
}

fn of_client(entry: &Entry) -> Vec<ConfigKey> {
    let has = |method| entry.auth_methods().contains(&method);
    let with_secret = [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::ClientSecretJwt];
    let takes_secret = with_secret.into_iter().any(has);
    let takes_key = has(AuthMethod::PrivateKeyJwt);
    let is_public = has(AuthMethod::None) || entry.auth_methods().is_empty();
    let mut keys = Vec::new();
    let (id, key) = ("The client's ID.", "The client's private key, in PEM.");
    keys.push(if entry.has_quirk(Quirk::ClientIdNone) {
        ConfigKey::new::<Option<String>>(CLIENT_ID, id)
    } else {
        ConfigKey::new::<String>(CLIENT_ID, id)
    });
    if entry.has_quirk(Quirk::SecretIsJwt) {
        keys.push(ConfigKey::new::<String>(TEAM_ID, "The team that the key is of."));
        keys.push(ConfigKey::new::<String>(PRIVATE_KEY_ID, "The ID of the private key."));
        keys.push(ConfigKey::new::<SecretString>(PRIVATE_KEY, key).unless(&[PRIVATE_KEY_FILE]));
        keys.push(ConfigKey::new::<Option<String>>(PRIVATE_KEY_FILE, "The path of the private key, in PEM."));
    } else {
        let secret = "The client's secret.";
        if takes_secret && is_public {
            keys.push(ConfigKey::new::<Option<SecretString>>(CLIENT_SECRET, secret));
        } else if takes_secret && takes_key {
            keys.push(ConfigKey::new::<SecretString>(CLIENT_SECRET, secret).unless(of_private_key(entry)));
        } else if takes_secret || entry.has_secret_in_headers() {
            keys.push(ConfigKey::new::<SecretString>(CLIENT_SECRET, secret));
        }
        if takes_key {
            keys.push(if takes_secret || is_public {
                ConfigKey::new::<Option<SecretString>>(PRIVATE_KEY, key)
            } else {
                ConfigKey::new::<SecretString>(PRIVATE_KEY, key).unless(&[PRIVATE_KEY_FILE])
            });
            keys.push(ConfigKey::new::<Option<String>>(PRIVATE_KEY_FILE, "The path of the private key, in PEM."));
            keys.push(ConfigKey::new::<Option<String>>(PRIVATE_KEY_ID, "The ID of the private key (`kid`)."));
            if entry.has_quirk(Quirk::KeyByCertificate) {
                let about = "A certificate with its private key, in PEM: assertions name it (`x5t#S256`).";
                keys.push(ConfigKey::new::<Option<SecretString>>(CERTIFICATE, about));
                keys.push(ConfigKey::new::<Option<String>>(CERTIFICATE_FILE, "The path of a file with that."));
            }
        }
        if entry.auth_methods().len() > 1 {
            keys.push(ConfigKey::new::<Option<String>>(AUTH_METHOD, "How the client authenticates."));
        }
    }
    if entry.has_quirk(Quirk::IdTokenEncrypted) {
        let about = "The private RSA key that answers are encrypted to, in PEM; the one before it behind it, while keys change.";
        let others: &[&str] = if takes_secret { &[DECRYPTION_KEY_FILE, CLIENT_SECRET] } else { &[DECRYPTION_KEY_FILE] };
        keys.push(ConfigKey::new::<SecretString>(DECRYPTION_KEY, about).unless(others));
        keys.push(ConfigKey::new::<Option<String>>(DECRYPTION_KEY_FILE, "The path of a file with that."));
    }
    if entry.has_quirk(Quirk::DpopRequired) {
        let about = "The private key that tokens are bound to, in PEM; without it, one of the process.";
        keys.push(ConfigKey::new::<Option<SecretString>>(DPOP_KEY, about));
    }
    if entry.has_quirk(Quirk::RefreshNeedsRedirectUri) {
        keys.push(ConfigKey::new::<String>(
            REDIRECT_URI,
            "The redirect URI of the logins, which each refresh repeats.",
        ));
    }
    if entry.has_quirk(Quirk::RedirectUriIsName) {
        keys.push(ConfigKey::new::<String>(
            REDIRECT_URI_NAME,
            "The name that the service has given to the redirect URI, and wants in its place.",
        ));
    }
    if entry.scope_parameter() != ScopeParameter::Absent {
        keys.push(ConfigKey::new::<Vec<String>>(SCOPES, "What is asked for, in place of what is usual."));
    }
    if entry.has_grant(Grant::AuthorizationCode) {
        keys.push(ConfigKey::new::<Option<bool>>(
            OFFLINE_ACCESS,
            "Whether logins ask for a refresh token; they do unless told otherwise.",
        ));
    }
    if entry.has_quirk(Quirk::JwtBearer) {
        let about = "The user whose token the program itself gets, by an assertion of its private key (RFC 7523 §2.1).";
        keys.push(ConfigKey::new::<Option<String>>(USER, about));
    }
    if entry.has_grant(Grant::ClientCredentials) {
        keys.push(ConfigKey::new::<Option<String>>(AUDIENCE, "The API that a token for the program itself is for."));
    }
    keys
}
