use std::fs;

use grantkit::client::ClientBuilder;
use grantkit::client::state::AlreadyGiven;
use grantkit::keys::SigningKey;
use grantkit::provider::{ConfigMistakes, Settings};
use grantkit::transport::Transport;
use grantkit::{Client, Error, Result, SecretString};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use super::Auth0Config;

const METHOD: &str = "token_endpoint_auth_method";
const SECRET: &str = "client_secret";
const KEY: &str = "private_key";
const KEY_FILE: &str = "private_key_file";
const CERTIFICATE: &str = "client_certificate_file";

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
pub(super) fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
    match settings.text(METHOD).map(Method::named) {
        Some(Err(why)) => mistakes.wrong(METHOD, why),
        Some(Ok(method)) => {
            let needed = method.needs();
            if !needed.is_empty() && !needed.iter().any(|key| settings.contains(key)) {
                mistakes.missing_one_of(needed);
            }
        }
        None => {}
    }
    if let Some(Err(why)) =
        settings.text(KEY).filter(|text| !text.trim().is_empty()).map(|pem| signing_key(pem.as_bytes()))
    {
        mistakes.wrong(KEY, why);
    }
    if let Some(Err(why)) = settings.text(KEY_FILE).map(key_in_file) {
        mistakes.wrong(KEY_FILE, why);
    }
    if let Some(Err(why)) = settings.text(CERTIFICATE).map(transport) {
        mistakes.wrong(CERTIFICATE, why);
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
        Method::None => client.public(),
    };
    Ok(match &config.client_certificate_file {
        Some(path) => client.transport(transport(path)?),
        None => client,
    })
}

fn key(config: &Auth0Config) -> Result<SigningKey> {
    let key = match (&config.private_key, &config.private_key_file) {
        (Some(pem), _) => signing_key(pem.expose_secret().as_bytes())?,
        (None, Some(path)) => key_in_file(path)?,
        (None, None) => return Err(Error::configuration("`private_key` is missing")),
    };
    Ok(match &config.private_key_id {
        Some(id) => key.with_key_id(id),
        None => key,
    })
}

fn key_in_file(path: &str) -> Result<SigningKey> {
    signing_key(&read(path)?)
}

fn transport(path: &str) -> Result<Transport> {
    Transport::builder().client_certificate(&*read(path)?).build()
}

fn read(path: &str) -> Result<Zeroizing<Vec<u8>>> {
    fs::read(path)
        .map(Zeroizing::new)
        .map_err(|error| Error::configuration(format!("{path:?} cannot be read: {error}")))
}

fn signing_key(pem: &[u8]) -> Result<SigningKey> {
    // An environment variable has its line ends as `\n`, more often than not.
    let text = Zeroizing::new(String::from_utf8_lossy(pem).replace("\\n", "\n"));
    SigningKey::from_pem(text.as_bytes())
}
