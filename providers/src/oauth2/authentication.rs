use std::sync::Arc;

use grantkit::client::ClientBuilder;
use grantkit::client::state::AlreadyGiven;
use grantkit::client_auth::AssertionSource;
use grantkit::keys::{HmacAlgorithm, SigningKey};
use grantkit::transport::Transport;
use grantkit::{Client, Error, Result, SecretString};

use super::OAuth2Config;
use super::credential::Credential;

/// How the client authenticates, by its credential and the method's name.
#[derive(Clone)]
pub(super) enum Authentication {
    None,
    /// In the way that the server knows best.
    Secret(SecretString),
    Basic(SecretString),
    Post(SecretString),
    SecretJwt(HmacAlgorithm, SecretString),
    /// By an algorithm that the server knows.
    Key(SigningKey),
    PrivateKeyJwt(SigningKey),
    Assertion(Arc<dyn AssertionSource>),
    Tls,
    SelfSignedTls,
}

impl Authentication {
    pub(super) fn of(config: &OAuth2Config) -> Result<Self> {
        let credential = Credential::of(config)?;
        let method = match config.token_endpoint_auth_method.as_deref() {
            Some(method) => Some(method),
            None => credential.usual_method(),
        };
        let algorithm = config.token_endpoint_auth_signing_alg.as_deref();
        Ok(match (method, credential) {
            (None, Credential::Secret(secret)) if algorithm.is_none() => Self::Secret(secret),
            (None | Some("client_secret_jwt"), Credential::Secret(secret)) => Self::SecretJwt(hmac(algorithm)?, secret),
            (Some("client_secret_basic"), Credential::Secret(secret)) => Self::Basic(secret),
            (Some("client_secret_post"), Credential::Secret(secret)) => Self::Post(secret),
            (None, Credential::Key(key)) if algorithm.is_none() => Self::Key(key),
            (None | Some("private_key_jwt"), Credential::Key(key)) => Self::PrivateKeyJwt(key),
            (Some("private_key_jwt"), Credential::Assertion(source)) => Self::Assertion(source),
            (Some("tls_client_auth"), Credential::Certificate) => Self::Tls,
            (Some("self_signed_tls_client_auth"), Credential::Certificate) => Self::SelfSignedTls,
            (Some("none"), Credential::Nothing | Credential::Certificate) => Self::None,
            (None, _) => {
                return Err(Error::configuration(
                    "the client has nothing to prove itself with: give one of `client_secret`, `private_key_file`, `client_assertion_file` and \
                     `client_certificate_file`, or `token_endpoint_auth_method` as `none`",
                ));
            }
            (Some(method), _) => return Err(Error::configuration(needs(method))),
        })
    }

    /// The client, as far as this says it.
    pub(super) fn builder(
        &self,
        client_id: &str,
        transport: Option<Transport>,
    ) -> ClientBuilder<AlreadyGiven, AlreadyGiven> {
        let client = Client::builder().client_id(client_id);
        let client = match self.clone() {
            Self::None => client.public(),
            Self::Secret(secret) => client.client_secret(secret),
            Self::Basic(secret) => client.client_secret_basic(secret),
            Self::Post(secret) => client.client_secret_post(secret),
            Self::SecretJwt(algorithm, secret) => client.client_secret_jwt_with(algorithm, secret),
            Self::Key(key) => client.signing_key(key),
            Self::PrivateKeyJwt(key) => client.private_key_jwt(key),
            Self::Assertion(source) => client.client_assertion(source),
            Self::Tls => client.tls_client_auth(),
            Self::SelfSignedTls => client.self_signed_tls_client_auth(),
        };
        match transport {
            Some(transport) => client.transport(transport),
            None => client,
        }
    }
}

pub(super) fn hmac(algorithm: Option<&str>) -> Result<HmacAlgorithm> {
    match algorithm {
        None | Some("HS256") => Ok(HmacAlgorithm::Hs256),
        Some("HS384") => Ok(HmacAlgorithm::Hs384),
        Some("HS512") => Ok(HmacAlgorithm::Hs512),
        Some(other) => {
            Err(Error::configuration(format!("{other:?} does not sign with a secret: write HS256, HS384 or HS512")))
        }
    }
}

/// What a method needs, where it is unknown or there is another credential; to be said of `token_endpoint_auth_method`.
pub(super) fn needs(method: &str) -> String {
    let needs = match method {
        "client_secret_basic" | "client_secret_post" | "client_secret_jwt" => "`client_secret` and nothing else",
        "private_key_jwt" => {
            "`private_key_file`, `private_key`, `client_assertion_file` or `client_assertion`, and nothing else"
        }
        "tls_client_auth" | "self_signed_tls_client_auth" => "`client_certificate_file` and nothing else",
        "none" => "no secret and no key",
        _ => {
            return format!(
                "{method:?} is no method that is known here: write client_secret_basic, client_secret_post, client_secret_jwt, \
                 private_key_jwt, tls_client_auth, self_signed_tls_client_auth or none"
            );
        }
    };
    format!("{method:?} needs {needs}")
}
