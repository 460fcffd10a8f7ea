use std::path::Path;
use std::sync::Arc;

use grantkit::client_auth::{AssertionFile, AssertionSource};
use grantkit::keys::SigningKey;
use grantkit::{Result, SecretString};
use secrecy::ExposeSecret;

use super::OAuth2Config;
use super::certificate::unreadable;
use crate::bounded_file::{self, MAX_KEY_FILE};
use crate::pem;
use crate::workload::{self, OfSubject};

/// What the client proves with who it is.
pub(super) enum Credential {
    Secret(SecretString),
    Key(SigningKey),
    Assertion(Arc<dyn AssertionSource>),
    Certificate,
    Nothing,
}

impl Credential {
    /// The one that is given; a certificate may be there beside another.
    pub(super) fn of(config: &OAuth2Config) -> Result<Self> {
        if let Some(secret) = &config.client_secret {
            return Ok(Self::Secret(secret.clone()));
        }
        if let Some(path) = &config.client_assertion_file {
            return Ok(assertion(config, Arc::new(AssertionFile::new(path))));
        }
        if let Some(platform) = &config.client_assertion {
            return workload::named(platform).map(|source| assertion(config, source));
        }
        if let Some(path) = &config.private_key_file {
            return key(config, key_in_file(path)?);
        }
        if let Some(pem) = &config.private_key {
            return key(config, pem::signing_key(pem.expose_secret())?);
        }
        Ok(if config.client_certificate_file.is_some() { Self::Certificate } else { Self::Nothing })
    }

    /// The default method, where the metadata of the server does not decide.
    pub(super) fn usual_method(&self) -> Option<&'static str> {
        match self {
            Self::Secret(_) | Self::Key(_) | Self::Nothing => None,
            Self::Assertion(_) => Some("private_key_jwt"),
            Self::Certificate => Some("tls_client_auth"),
        }
    }
}

fn assertion(config: &OAuth2Config, source: Arc<dyn AssertionSource>) -> Credential {
    Credential::Assertion(match &config.client_assertion_subject {
        Some(subject) => Arc::new(OfSubject::new(subject, source)),
        None => source,
    })
}

pub(super) fn key_in_file(path: &str) -> Result<SigningKey> {
    let pem = bounded_file::read(Path::new(path), MAX_KEY_FILE).map_err(|error| unreadable(path, &error))?;
    pem::signing_key_in_file(&pem)
}

pub(super) fn with_algorithm(key: SigningKey, algorithm: Option<&str>) -> Result<SigningKey> {
    match algorithm {
        Some(algorithm) => key.with_algorithm(algorithm.parse()?),
        None => Ok(key),
    }
}

fn key(config: &OAuth2Config, key: SigningKey) -> Result<Credential> {
    let key = match &config.private_key_id {
        Some(id) => key.with_key_id(id),
        None => key,
    };
    with_algorithm(key, config.token_endpoint_auth_signing_alg.as_deref()).map(Credential::Key)
}
