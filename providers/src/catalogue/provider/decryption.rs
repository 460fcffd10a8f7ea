//! The keys that a service encrypts its answers to: ID tokens, userinfo (OpenID Connect Core §10.2).

use grantkit::keys::{DecryptionKey, KeyManagementAlgorithm};
use grantkit::provider::{ConfigErrors, ProviderSettings};
use grantkit::{Error, Result};
use secrecy::ExposeSecret as _;

use super::connect::{Authenticated, key_in_file};
use super::keys;
use crate::catalogue::{Entry, Quirk};
use crate::pem;

const RSA: [KeyManagementAlgorithm; 2] = [KeyManagementAlgorithm::RsaOaep256, KeyManagementAlgorithm::RsaOaep];

/// Adds what is wrong with the keys, and that a client with a key of its own has none to decrypt with.
pub(super) fn check(entry: &Entry, settings: &ProviderSettings, errors: &mut ConfigErrors) {
    if !entry.has_quirk(Quirk::IdTokenEncrypted) {
        return;
    }
    for key in [keys::DECRYPTION_KEY, keys::DECRYPTION_KEY_FILE] {
        if settings.contains(key)
            && let Err(error) = rsa_keys(settings)
        {
            errors.wrong(key, error);
        }
    }
    let has_key = settings.contains(keys::DECRYPTION_KEY) || settings.contains(keys::DECRYPTION_KEY_FILE);
    let signs = settings.contains(keys::PRIVATE_KEY) || settings.contains(keys::PRIVATE_KEY_FILE);
    if signs && !has_key {
        errors.missing_one_of(&[keys::DECRYPTION_KEY, keys::DECRYPTION_KEY_FILE]);
    }
}

/// With the keys of the settings, and with the one that follows from the secret.
pub(super) fn with_keys(entry: &Entry, settings: &ProviderSettings, builder: Authenticated) -> Result<Authenticated> {
    if !entry.has_quirk(Quirk::IdTokenEncrypted) {
        return Ok(builder);
    }
    let builder = rsa_keys(settings)?.into_iter().fold(builder, Authenticated::decryption_key);
    Ok(match settings.secret(keys::CLIENT_SECRET) {
        Some(secret) => {
            let key = DecryptionKey::from_client_secret(secret).with_algorithms([KeyManagementAlgorithm::Dir])?;
            builder.decryption_key(key)
        }
        None => builder,
    })
}

fn rsa_keys(settings: &ProviderSettings) -> Result<Vec<DecryptionKey>> {
    let pem = match (settings.secret(keys::DECRYPTION_KEY), settings.text(keys::DECRYPTION_KEY_FILE)) {
        (Some(pem), _) => pem,
        (None, Some(path)) => key_in_file(path)?,
        (None, None) => return Ok(Vec::new()),
    };
    let pem = pem::with_line_ends(pem.expose_secret());
    let all: Vec<_> = pem.split_inclusive("PRIVATE KEY-----").collect();
    // Each stands between two marks.
    let blocks = all.chunks_exact(2).map(|marks| zeroize::Zeroizing::new(marks.concat()));
    let keys: Vec<_> =
        blocks.map(|block| DecryptionKey::from_pem(block.as_bytes())?.with_algorithms(RSA)).collect::<Result<_>>()?;
    if keys.is_empty() {
        return Err(Error::configuration("there is no private key in PEM"));
    }
    Ok(keys)
}
