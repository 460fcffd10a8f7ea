use std::path::Path;

use grantkit::client::ClientBuilder;
use grantkit::client::state::AlreadyGiven;
use grantkit::keys::SigningKey;
use grantkit::provider::{ConfigErrors, ProviderSettings};
use grantkit::transport::Transport;
use grantkit::{Client, Error, Result, SecretString};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use super::Auth0Config;
use crate::bounded_file::{self, MAX_KEY_FILE};
use crate::pem;

const METHOD: &str = "token_endpoint_auth_method";
const SECRET: &str = "client_secret";
const KEY: &str = "private_key";
const KEY_FILE: &str = "private_key_file";
const CERTIFICATE: &str = "client_certificate_file";
const SECRET_WITHOUT_USE: &str = "it is \"none\", and `client_secret` is given: leave one of the two out";

/// How an application authenticates, by its name in RFC 7591.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Post,
    Basic,
    PrivateKeyJwt,
    Tls,
    SelfSignedTls,
    None,
}

impl Method {
    fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "client_secret_post" => Self::Post,
            "client_secret_basic" => Self::Basic,
            "private_key_jwt" => Self::PrivateKeyJwt,
            "tls_client_auth" => Self::Tls,
            "self_signed_tls_client_auth" => Self::SelfSignedTls,
            "none" => Self::None,
            other => {
                return Err(Error::configuration(format!(
                    "it is {other:?}, and Auth0 takes client_secret_post or client_secret_basic, private_key_jwt, tls_client_auth, \
                     self_signed_tls_client_auth or none"
                )));
            }
        })
    }

    /// By what there is.
    fn usual(has_secret: bool, has_key: bool) -> Self {
        match (has_secret, has_key) {
            (true, _) => Self::Post,
            (false, true) => Self::PrivateKeyJwt,
            (false, false) => Self::Tls,
        }
    }

    /// The keys of which one is needed.
    fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Post | Self::Basic => &[SECRET],
            Self::PrivateKeyJwt => &[KEY, KEY_FILE],
            Self::Tls | Self::SelfSignedTls => &[CERTIFICATE],
            Self::None => &[],
        }
    }
}

/// What the list of keys does not tell: whether the method is one, and has what it needs.
pub(super) fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
    match settings.text(METHOD).map(Method::named) {
        Some(Err(why)) => errors.wrong(METHOD, why),
        Some(Ok(method)) => {
            let needed = method.needs();
            if !needed.is_empty() && !needed.iter().any(|key| settings.contains(key)) {
                errors.missing_one_of(needed);
            }
            if method == Method::None && settings.contains(SECRET) {
                errors.wrong(METHOD, SECRET_WITHOUT_USE);
            }
        }
        None => {}
    }
    if let Some(Err(why)) = settings.text(KEY).filter(|text| !text.trim().is_empty()).map(pem::signing_key) {
        errors.wrong(KEY, why);
    }
    if let Some(Err(why)) = settings.text(KEY_FILE).map(key_in_file) {
        errors.wrong(KEY_FILE, why);
    }
    if let Some(Err(why)) = settings.text(CERTIFICATE).map(transport) {
        errors.wrong(CERTIFICATE, why);
    }
}

/// The client, as far as this says it.
pub(super) fn builder(config: &Auth0Config) -> Result<ClientBuilder<AlreadyGiven, AlreadyGiven>> {
    let client = Client::builder().client_id(config.client_id.as_str());
    let has_key = config.private_key.is_some() || config.private_key_file.is_some();
    let method = match config.token_endpoint_auth_method.as_deref() {
        Some(name) => Method::named(name)?,
        None => Method::usual(config.client_secret.is_some(), has_key),
    };
    let secret = || config.client_secret.clone().unwrap_or_else(|| SecretString::from(""));
    let client = match method {
        Method::Post => client.client_secret_post(secret()),
        Method::Basic => client.client_secret_basic(secret()),
        Method::PrivateKeyJwt => client.private_key_jwt(key(config)?),
        Method::Tls => client.tls_client_auth(),
        Method::SelfSignedTls => client.self_signed_tls_client_auth(),
        Method::None if config.client_secret.is_some() => {
            return Err(Error::configuration(format!("`{METHOD}`: {SECRET_WITHOUT_USE}")));
        }
        Method::None => client.public(),
    };
    Ok(match &config.client_certificate_file {
        Some(path) => client.transport(transport(path)?),
        None => client,
    })
}

fn key(config: &Auth0Config) -> Result<SigningKey> {
    let key = match (&config.private_key, &config.private_key_file) {
        (Some(pem), _) => pem::signing_key(pem.expose_secret())?,
        (None, Some(path)) => key_in_file(path)?,
        (None, None) => {
            return Err(Error::configuration("`private_key` is missing: give the key itself, or `private_key_file`"));
        }
    };
    Ok(match &config.private_key_id {
        Some(id) => key.with_key_id(id),
        None => key,
    })
}

fn key_in_file(path: &str) -> Result<SigningKey> {
    pem::signing_key_in_file(&read(path)?)
}

fn transport(path: &str) -> Result<Transport> {
    Transport::builder().client_certificate(&*read(path)?).build()
}

fn read(path: &str) -> Result<Zeroizing<Vec<u8>>> {
    bounded_file::read(Path::new(path), MAX_KEY_FILE)
        .map_err(|error| Error::configuration(format!("{path:?} cannot be read: {error}")))
}
