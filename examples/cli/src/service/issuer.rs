//! A profile of a server that publishes its metadata.

use std::{fs, io};

use grantkit::Client;
use grantkit::client::{ClientBuilder, NamedGrant};
use grantkit::client_auth::AssertionFile;
use grantkit::grant::{Assertion, SecurityToken};
use grantkit::keys::SigningKey;
use grantkit::transport::Transport;

use super::{CLIENT_SECRET, in_file, secret};
use crate::dpop_key;
use crate::failure::Failure;
use crate::metadata::{self, Age};
use crate::profile::{Grant, Profile};
use crate::vault::Vault;

/// The key of a private key's file, with which the client authenticates (`private_key_jwt`, RFC 7523 §2.2).
const KEY_FILE: &str = "private_key_file";
/// What the server knows it by (`kid`).
const KEY_ID: &str = "private_key_id";
/// The key of a file with certificate and private key (RFC 8705 §2.1).
const CERTIFICATE_FILE: &str = "client_certificate_file";
/// The key of a file with what is given in for a token (`jwt_bearer`, `token_exchange`); it is read for each request.
pub(crate) const ASSERTION_FILE: &str = "assertion_file";
/// What kind of token is in that file (RFC 8693 §3), where it is no JWT.
const TOKEN_TYPE: &str = "subject_token_type";

/// The keys of such a profile that those of a provider do not have.
pub(crate) const KEYS: [&str; 5] = [KEY_FILE, KEY_ID, CERTIFICATE_FILE, ASSERTION_FILE, TOKEN_TYPE];

/// How the client gets tokens without a person's login; `None` where it takes one.
pub(super) fn grant_without_login(
    client: &Client,
    name: &str,
    profile: &Profile,
) -> Result<Option<NamedGrant>, Failure> {
    let text = |key: &str| profile.further.get(key).and_then(toml::Value::as_str);
    let file = || {
        let path = text(ASSERTION_FILE).ok_or_else(|| {
            Failure::configuration(format!(
                "profile {name:?} has no `{ASSERTION_FILE}`, with what its tokens are got by"
            ))
            .or_next(format!("grantkit profiles set {name} {ASSERTION_FILE}=<a file>"))
        })?;
        // What is stored is this user's, as the file is.
        Ok::<_, Failure>(AssertionFile::new(path).with_subject(format!("the profile {name}")))
    };
    macro_rules! asked_for {
        ($grant:expr) => {{
            let grant = profile.resource.iter().fold($grant.scopes(&profile.scopes), |grant, url| grant.resource(url));
            Ok(Some(grant.audiences(&profile.audience).named(name)))
        }};
    }
    match profile.grant {
        Grant::Login => Ok(None),
        Grant::ClientCredentials => asked_for!(client.client_credentials()),
        Grant::JwtBearer => asked_for!(client.jwt_bearer(Assertion::from_source(file()?))),
        Grant::TokenExchange => {
            let kind = text(TOKEN_TYPE).unwrap_or("urn:ietf:params:oauth:token-type:jwt");
            asked_for!(client.token_exchange(SecurityToken::from_source(kind, file()?)))
        }
    }
}

/// The client, and what carries its requests, where it has a certificate.
pub(super) async fn client(
    name: &str,
    issuer: &str,
    profile: &Profile,
    vault: &Vault,
    age: Age,
) -> Result<(Client, Option<Transport>), Failure> {
    let unknown = profile.further.keys().find(|key| !KEYS.contains(&key.as_str()));
    if let Some(key) = unknown.or(profile.keys.keys().next()) {
        let failure = if key == CLIENT_SECRET {
            in_file(name, key)
        } else {
            Failure::configuration(format!("profile {name:?} has an unknown key, `{key}`")).of_profile(name)
        };
        return Err(failure);
    }
    let client_id = profile.client_id.as_deref().ok_or_else(|| {
        Failure::configuration(format!("profile {name:?} has no `client_id`"))
            .or_next(format!("grantkit profiles set {name} client_id=.."))
    })?;
    let builder = Client::builder().client_id(client_id);
    let builder = if profile.dpop { builder.dpop(dpop_key::of_profile(vault, name).await?) } else { builder };
    let transport = match file(name, profile, CERTIFICATE_FILE)? {
        Some(pem) => Some(Transport::builder().client_certificate(&pem).build().map_err(|error| {
            let next =
                format!("grantkit profiles set {name} {CERTIFICATE_FILE}=<a file with certificate and key in PEM>");
            Failure::from(error).or_next(next)
        })?),
        None => None,
    };
    let builder = transport.iter().cloned().fold(builder, ClientBuilder::transport);
    let key = file(name, profile, KEY_FILE)?.map(SigningKey::from_pem).transpose().map_err(|error| {
        Failure::from(error).or_next(format!("grantkit profiles set {name} {KEY_FILE}=<a file with a key in PEM>"))
    })?;
    let secret = secret(name, CLIENT_SECRET, profile, vault).await?;
    let metadata = metadata::of_issuer(vault, name, issuer, age).await?;
    let client = match (key, secret) {
        (Some(key), _) => {
            let key = match profile.further.get(KEY_ID).and_then(toml::Value::as_str) {
                Some(id) => key.with_key_id(id),
                None => key,
            };
            builder.signing_key(key).build_with_metadata(&metadata)?
        }
        (None, Some(secret)) => builder.client_secret(secret).build_with_metadata(&metadata)?,
        (None, None) if transport.is_some() => builder.tls_client_auth().build_with_metadata(&metadata)?,
        (None, None) => builder.public().build_with_metadata(&metadata)?,
    };
    Ok((client, transport))
}

/// The content of the file that this key names, where it does.
fn file(name: &str, profile: &Profile, key: &str) -> Result<Option<Vec<u8>>, Failure> {
    let Some(value) = profile.further.get(key) else { return Ok(None) };
    let read = value.as_str().ok_or_else(|| io::Error::other("it is not text")).and_then(fs::read);
    read.map(Some).map_err(|error| {
        Failure::configuration(format!("`{key}` of profile {name:?}, {value}, cannot be read"))
            .caused_by(&error)
            .or_next(format!("grantkit profiles set {name} {key}=<a file>"))
    })
}
