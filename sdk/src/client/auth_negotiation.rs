use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use crate::client_auth::{
    AssertionAudience, AssertionSource, AssertionTerms, ClientAssertion, ClientAuthentication, ClientSecretBasic,
    ClientSecretJwt, ClientSecretPost, Identity, NoAuthentication, PrivateKeyJwt, TlsClientAuth,
};
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, Identified};
use crate::keys::{HmacAlgorithm, Signer, SigningAlgorithm, SigningKey};
use crate::time::Time;

/// How a client authenticates, as configured.
#[derive(Clone, Default)]
pub(super) enum AuthMethod {
    #[default]
    None,
    /// With a secret, whichever way the server knows.
    Secret(SecretString),
    Basic(SecretString),
    Post(SecretString),
    SecretJwt(HmacAlgorithm, SecretString),
    /// With a key, by whichever algorithm the server knows.
    Key(SigningKey),
    PrivateKeyJwt(Identified<dyn Signer>),
    Assertion(Identified<dyn AssertionSource>),
    Tls(TlsClientAuth),
    /// One of the program's own.
    Own(Identified<dyn ClientAuthentication>),
}

/// The configuration of the client's assertions.
#[derive(Clone, Default)]
pub(super) struct Assertions {
    pub(super) audience: AssertionAudience,
    pub(super) typ: Option<String>,
    pub(super) lifetime: Option<Duration>,
    /// The client's clock, for all that it signs and checks.
    pub(super) time: Time,
}

impl Assertions {
    pub(super) fn terms(&self, issuer: Option<&str>, token_endpoint: &str) -> AssertionTerms {
        let terms = AssertionTerms::new(self.audience.clone(), self.typ.clone(), issuer, token_endpoint);
        let terms = terms.with_time(self.time.clone());
        self.lifetime.into_iter().fold(terms, AssertionTerms::with_lifetime)
    }

    /// As configured, before it is known what that comes to at the server.
    pub(super) fn configured_identity(&self) -> Fingerprint {
        let Self { audience, typ, lifetime, time: _ } = self;
        let builder = match audience {
            AssertionAudience::Issuer => Fingerprint::builder().parameter("audience", "issuer"),
            AssertionAudience::TokenEndpoint => Fingerprint::builder().parameter("audience", "token endpoint"),
            AssertionAudience::Endpoint => Fingerprint::builder().parameter("audience", "endpoint"),
            AssertionAudience::Exactly(audience) => Fingerprint::builder().parameter("exact audience", audience),
        };
        let builder = typ.iter().fold(builder, |builder, typ| builder.parameter("typ", typ));
        let seconds = lifetime.map(|lifetime| format!("{lifetime:?}"));
        seconds.iter().fold(builder, |builder, seconds| builder.parameter("lifetime", seconds)).build()
    }
}

impl AuthMethod {
    /// What is left open is what every server knows: `client_secret_basic` (RFC 6749 §2.3.1), the key's own algorithm.
    pub(super) fn identity(&self, client_id: &str, terms: AssertionTerms) -> Identity {
        let time = terms.time().clone();
        let identity = match self.clone() {
            Self::None => Identity::new(client_id, NoAuthentication),
            Self::Secret(secret) | Self::Basic(secret) => Identity::new(client_id, ClientSecretBasic::new(secret)),
            Self::Post(secret) => Identity::new(client_id, ClientSecretPost(secret)),
            Self::SecretJwt(algorithm, secret) => {
                Identity::new(client_id, ClientSecretJwt { algorithm, secret, terms })
            }
            Self::Key(key) => Identity::new(client_id, PrivateKeyJwt { signer: identified(key), terms }),
            Self::PrivateKeyJwt(signer) => Identity::new(client_id, PrivateKeyJwt { signer, terms }),
            Self::Assertion(source) => Identity::new(client_id, ClientAssertion { source, terms }),
            Self::Tls(method) => Identity::new(client_id, method),
            Self::Own(authentication) => Identity::identified(client_id, authentication),
        };
        identity.with_time(time)
    }

    /// Which of the ways it is: two of them may be one until the server's metadata settle what was left open.
    pub(super) fn configured_name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Secret(_) => "secret",
            Self::Basic(_) => "client_secret_basic",
            Self::Post(_) => "client_secret_post",
            Self::SecretJwt(..) => "client_secret_jwt",
            Self::Key(_) => "key",
            Self::PrivateKeyJwt(_) => "private_key_jwt",
            Self::Assertion(_) => "assertion",
            Self::Tls(_) => "tls",
            Self::Own(_) => "own",
        }
    }

    /// Its name in the registry of RFC 7591; of what is left open, as at a server that says nothing.
    pub(super) fn name(&self) -> &'static str {
        self.identity("", Assertions::default().terms(None, "")).authentication().method()
    }

    /// The same with what was left open settled by the server's metadata (RFC 8414 §2).
    pub(super) fn negotiated(self, offer: &SupportedAuthMethods<'_>) -> Result<Self> {
        match self {
            Self::Secret(secret) => with_secret(secret, offer.methods, offer.algorithms),
            Self::Key(key) => with_key(key, offer.methods, offer.algorithms),
            settled => Ok(settled),
        }
    }

    /// The same at an endpoint with an offer of its own; `configured` is the method that the builder was given. As at the token endpoint wherever
    /// that is offered, since a client is registered for one method (RFC 7591 §2).
    pub(super) fn negotiated_again(&self, configured: &Self, offer: &SupportedAuthMethods<'_>) -> Result<Self> {
        if self.is_offered(offer) { Ok(self.clone()) } else { configured.clone().negotiated(offer) }
    }

    fn is_offered(&self, offer: &SupportedAuthMethods<'_>) -> bool {
        let (method, algorithm) = match self {
            Self::Basic(_) => ("client_secret_basic", None),
            Self::Post(_) => ("client_secret_post", None),
            Self::SecretJwt(algorithm, _) => ("client_secret_jwt", Some(algorithm.name())),
            Self::PrivateKeyJwt(signer) => ("private_key_jwt", Some(signer.algorithm().name())),
            // These are never open.
            Self::Secret(_) | Self::Key(_) | Self::None | Self::Assertion(_) | Self::Tls(_) | Self::Own(_) => {
                return true;
            }
        };
        let lists =
            |list: Option<&[String]>, name: &str| list.is_none_or(|list| list.iter().any(|known| known == name));
        lists(offer.methods, method) && algorithm.is_none_or(|name| lists(offer.algorithms, name))
    }
}

pub(super) fn identified(signer: impl Signer + 'static) -> Identified<dyn Signer> {
    let identity = signer.identity();
    Identified::new(Arc::new(signer), identity)
}

/// How an endpoint lets clients authenticate, by the server's metadata.
pub(super) struct SupportedAuthMethods<'a> {
    methods: Option<&'a [String]>,
    algorithms: Option<&'a [String]>,
}

impl<'a> SupportedAuthMethods<'a> {
    pub(super) fn of_token_endpoint(metadata: &'a ServerMetadata) -> Self {
        Self {
            methods: listed(metadata.token_endpoint_auth_methods_supported.as_ref()),
            algorithms: listed(metadata.token_endpoint_auth_signing_alg_values_supported.as_ref()),
        }
    }

    pub(super) fn of_revocation_endpoint(metadata: &'a ServerMetadata) -> Self {
        let own = &metadata.revocation_endpoint_auth_methods_supported;
        let algorithms = &metadata.revocation_endpoint_auth_signing_alg_values_supported;
        Self::of_token_endpoint(metadata).overridden_by(own.as_ref(), algorithms.as_ref())
    }

    pub(super) fn of_introspection_endpoint(metadata: &'a ServerMetadata) -> Self {
        let own = &metadata.introspection_endpoint_auth_methods_supported;
        let algorithms = &metadata.introspection_endpoint_auth_signing_alg_values_supported;
        Self::of_token_endpoint(metadata).overridden_by(own.as_ref(), algorithms.as_ref())
    }

    /// What an endpoint does not say is as at the token endpoint: RFC 8414 §2 has `client_secret_basic` for revocation and nothing
    /// for introspection, but servers that say it for the token endpoint alone mean all of them.
    fn overridden_by(self, methods: Option<&'a Vec<String>>, algorithms: Option<&'a Vec<String>>) -> Self {
        Self { methods: listed(methods).or(self.methods), algorithms: listed(algorithms).or(self.algorithms) }
    }
}

/// An empty list says nothing (RFC 8414 §3.2).
fn listed(list: Option<&Vec<String>>) -> Option<&[String]> {
    list.map(Vec::as_slice).filter(|list| !list.is_empty())
}

fn with_secret(secret: SecretString, methods: Option<&[String]>, algorithms: Option<&[String]>) -> Result<AuthMethod> {
    // `client_secret_basic` is what a server knows that says nothing (RFC 8414 §2).
    let Some(methods) = methods else { return Ok(AuthMethod::Basic(secret)) };
    let knows = |method: &str| methods.iter().any(|known| known == method);
    if knows("client_secret_basic") {
        return Ok(AuthMethod::Basic(secret));
    }
    if knows("client_secret_post") {
        return Ok(AuthMethod::Post(secret));
    }
    if !knows("client_secret_jwt") {
        return Err(unknown_method("a secret", methods));
    }
    let possible: Vec<_> = HmacAlgorithm::ALL
        .into_iter()
        .filter(|algorithm| algorithms.is_none_or(|names| names.iter().any(|name| name == algorithm.name())))
        .collect();
    let long_enough = |algorithm: &&HmacAlgorithm| secret.expose_secret().len() >= algorithm.shortest_secret();
    // Where the secret is too short for each, the weakest asks the least of a new one.
    match possible.iter().find(long_enough).or(possible.last()) {
        Some(algorithm) => Ok(AuthMethod::SecretJwt(*algorithm, secret)),
        None => Err(unknown_algorithm("client_secret_jwt", algorithms)),
    }
}

fn with_key(key: SigningKey, methods: Option<&[String]>, algorithms: Option<&[String]>) -> Result<AuthMethod> {
    if let Some(methods) = methods.filter(|methods| !methods.iter().any(|known| known == "private_key_jwt")) {
        return Err(unknown_method("a signing key (private_key_jwt)", methods));
    }
    let knows =
        |algorithm: &SigningAlgorithm| algorithms.is_none_or(|names| names.iter().any(|name| name == algorithm.name()));
    let own = key.algorithm();
    let algorithm = [own].iter().chain(key.algorithms()).copied().find(knows);
    let algorithm = algorithm.ok_or_else(|| unknown_algorithm("private_key_jwt with this key", algorithms))?;
    Ok(AuthMethod::PrivateKeyJwt(identified(key.with_algorithm(algorithm)?)))
}

fn unknown_method(with: &str, methods: &[String]) -> Error {
    Error::unsupported(format!(
        "the server's metadata has no way for a client to authenticate with {with}, only {}: use one of those, or name the \
         method, if you know better",
        methods.join(", ")
    ))
}

fn unknown_algorithm(method: &str, algorithms: Option<&[String]>) -> Error {
    Error::unsupported(format!(
        "the server's metadata has no algorithm for {method}, only {}: use a key for one of those",
        algorithms.unwrap_or_default().join(", ")
    ))
}
