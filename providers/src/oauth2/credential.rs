use std::fs;

use grantkit::{AssertionFile, Error, Provider, Result, SecretString, SigningKey};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::certificate::unreadable;
use super::{OAuth2, OAuth2Config};
use crate::check::{complaint, wrong_value};

/// What the client proves with who it is.
pub(super) enum Credential {
    Secret(SecretString),
    Key(SigningKey),
    Assertion(AssertionFile),
    Certificate,
    Nothing,
}

impl Credential {
    /// The one that is given; a certificate may be there beside another.
    pub(super) fn of(config: &OAuth2Config) -> Result<Self> {
        let given: Vec<_> = [
            ("client_secret", config.client_secret.is_some()),
            ("private_key_file", config.private_key_file.is_some()),
            ("private_key", config.private_key.is_some()),
            ("client_assertion_file", config.client_assertion_file.is_some()),
        ]
        .into_iter()
        .filter(|(_, is_given)| *is_given)
        .map(|(key, _)| key)
        .collect();
        if given.len() > 1 {
            return Err(complaint(OAuth2::NAME, "more than one of", &given, "; keep the one that the client has"));
        }
        if let Some(secret) = &config.client_secret {
            return Ok(Self::Secret(secret.clone()));
        }
        if let Some(path) = &config.client_assertion_file {
            return Ok(Self::Assertion(AssertionFile::new(path)));
        }
        if let Some(path) = &config.private_key_file {
            let pem = fs::read(path).map(Zeroizing::new);
            let pem = pem.map_err(|error| wrong_value("private_key_file", unreadable(path, &error)))?;
            return key(config, "private_key_file", &pem);
        }
        if let Some(pem) = &config.private_key {
            return key(config, "private_key", pem.expose_secret().as_bytes());
        }
        Ok(if config.client_certificate_file.is_some() { Self::Certificate } else { Self::Nothing })
    }

    /// The method that goes without saying.
    pub(super) fn usual_method(&self) -> Result<Option<&'static str>> {
        match self {
            Self::Secret(_) | Self::Key(_) => Ok(None),
            Self::Assertion(_) => Ok(Some("private_key_jwt")),
            Self::Certificate => Ok(Some("tls_client_auth")),
            Self::Nothing => Err(complaint(
                OAuth2::NAME,
                "missing",
                &["client_secret"],
                "; give this, `private_key_file`, `private_key`, `client_assertion_file` or `client_certificate_file`, or \
                 `token_endpoint_auth_method` = none",
            )),
        }
    }
}

fn key(config: &OAuth2Config, setting: &str, pem: &[u8]) -> Result<Credential> {
    let wrong = |error: Error| wrong_value(setting, error);
    let key = SigningKey::from_pem(pem).map_err(wrong)?;
    let key = match &config.private_key_id {
        Some(id) => key.with_key_id(id),
        None => key,
    };
    let Some(algorithm) = &config.token_endpoint_auth_signing_alg else { return Ok(Credential::Key(key)) };
    let wrong = |error: Error| wrong_value("token_endpoint_auth_signing_alg", error);
    Ok(Credential::Key(key.with_algorithm(algorithm.parse().map_err(wrong)?).map_err(wrong)?))
}
