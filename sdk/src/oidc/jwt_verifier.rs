#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use super::encrypted_answers::{AnswerKind, EncryptedAnswers};
use super::expected_issuer::ExpectedIssuer;
use super::issuer_verifier::{Issue, IssuerVerifier, JwtRequirements, Presence, is_absent, refused};
use super::jwt_claims::JwtClaims;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::keys::{ASYMMETRIC, DecryptionKey, KeySetCache, KeyUse, Typ};
use crate::lenient::JsonObject;
use crate::time::{IntoClock, Time};
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

const JWT: &str = "JWT";

/// Verifies the JWTs of an issuer in a program that is no client of it: at an API, the access tokens of its callers (RFC 9068 §4); elsewhere,
/// whatever else an issuer signs.
///
/// Signature, issuer, audience and expiry are always checked, and algorithms with a public key alone are accepted. A token that is bound to a
/// key or a certificate (`cnf`) is refused, as it is worth nothing without a proof: [`danger_accept_sender_constrained`]. Keep the verifier, as
/// it keeps the issuer's keys: they are fetched with the first token, and anew for a key that is not among them, once a cool-down.
///
/// [`danger_accept_sender_constrained`]: Self::danger_accept_sender_constrained
///
/// ```
/// use grantkit::discovery::ServerMetadata;
/// use grantkit::oidc::JwtVerifier;
///
/// /// What the API answers to a call.
/// async fn authorize(verifier: &JwtVerifier, bearer: &str) -> u16 {
///     match verifier.verify(bearer).await {
///         Ok(claims) if claims.has_scope("read:invoices") => 200,
///         Ok(_) => 403,
///         Err(error) if error.is_security() => 401,
///         Err(_) => 503, // the issuer's keys cannot be had
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = grantkit_testkit::AuthorizationServer::builder().start().await?;
/// # let (issuer, now) = (server.issuer(), std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs());
/// # let bearer = server.sign_jwt(&serde_json::json!({
/// #     "iss": issuer, "aud": "https://api.example", "sub": "alice", "scope": "openid read:invoices", "exp": now + 60,
/// # }))?;
/// let metadata = ServerMetadata::discover(&issuer).await?;
/// // Of servers that say so, access tokens alone: `.typ("at+jwt")`.
/// let verifier = JwtVerifier::from_metadata(&metadata)?.audience("https://api.example");
/// assert_eq!(authorize(&verifier, &bearer).await, 200);
/// assert_eq!(authorize(&verifier, "eyJhbGciOiJub25lIn0.e30.").await, 401);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "call `.verify(..)`"]
pub struct JwtVerifier {
    source: KeySource,
    issuers: Vec<ExpectedIssuer>,
    audiences: Vec<String>,
    accepts_any_audience: bool,
    accepts_sender_constrained: bool,
    kinds: Vec<String>,
    expiry: Presence,
    encrypted: EncryptedAnswers,
    leeway: Option<Duration>,
    clock: Time,
    transport: Option<Transport>,
    /// Made with the first token.
    verifier: OnceLock<IssuerVerifier>,
}

#[derive(Clone)]
enum KeySource {
    At(EndpointUrl),
    AtHand(KeySetCache),
}

impl JwtVerifier {
    /// For the tokens of the issuer that these are the metadata of, with the keys at its `jwks_uri`.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `jwks_uri`.
    pub fn from_metadata(metadata: &ServerMetadata) -> Result<Self> {
        let url = metadata.jwks_uri.as_deref();
        let url = url.ok_or_else(|| {
            Error::unsupported(
                "the server's metadata has no `jwks_uri`: name the key set by `from_jwks_uri(url)?.issuer(..)?`",
            )
        })?;
        let url = EndpointUrl::parse("jwks_uri of the metadata", url, PlainHttp::LoopbackOnly)?;
        let issuer = ExpectedIssuer::new(&metadata.issuer)?;
        Ok(Self { issuers: vec![issuer], ..Self::new(KeySource::At(url)) })
    }

    /// With the keys of the JWK set at this address, for an issuer without metadata: say which by [`issuer`](Self::issuer).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn from_jwks_uri(jwks_uri: &str) -> Result<Self> {
        let url = EndpointUrl::parse("JWK set", jwks_uri, PlainHttp::LoopbackOnly)?;
        Ok(Self::new(KeySource::At(url)))
    }

    /// With the keys of this JWK set (RFC 7517 §5), as JSON, and never with others: say whose they are by [`issuer`](Self::issuer).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is no JWK set, or has no key that verifies signatures.
    pub fn from_jwk_set(json: impl AsRef<[u8]>) -> Result<Self> {
        Ok(Self::new(KeySource::AtHand(KeySetCache::at_hand(json.as_ref())?)))
    }

    fn new(source: KeySource) -> Self {
        Self {
            source,
            issuers: Vec::new(),
            audiences: Vec::new(),
            accepts_any_audience: false,
            accepts_sender_constrained: false,
            kinds: Vec::new(),
            expiry: Presence::Required,
            encrypted: EncryptedAnswers::default(),
            leeway: None,
            clock: Time::System,
            transport: None,
            verifier: OnceLock::new(),
        }
    }

    /// Accepts tokens with this `iss`, too; may be repeated, for an issuer that goes by two names. All of them sign with the same keys.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is empty.
    pub fn issuer(mut self, issuer: &str) -> Result<Self> {
        self.issuers.push(ExpectedIssuer::named(issuer)?);
        Ok(self.changed())
    }

    /// Accepts tokens that are for this API or program, by their `aud`; may be repeated.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self.changed()
    }

    /// Accepts tokens for any audience. A token that was obtained for another API is then valid here, too: check `aud` yourself.
    pub fn danger_accept_any_audience(mut self) -> Self {
        self.accepts_any_audience = true;
        self.changed()
    }

    /// Accepts tokens that are bound to a key or a certificate (`cnf`, RFC 7800). Who stole one could use it here then, unless you check the
    /// sender's proof yourself: with `jkt` a DPoP proof (RFC 9449 §4.3, §7), with `x5t#S256` the client certificate of the connection
    /// (RFC 8705 §3). [`JwtClaims::is_sender_constrained`] says which tokens ask for one.
    pub fn danger_accept_sender_constrained(mut self) -> Self {
        self.accepts_sender_constrained = true;
        self
    }

    /// Accepts tokens that say to be of this kind in their header (`typ`, RFC 8725 §3.11), such as `at+jwt`; may be repeated. Without it:
    /// those of kind `JWT`, and those that say nothing.
    pub fn typ(mut self, typ: impl Into<String>) -> Self {
        self.kinds.push(typ.into());
        self
    }

    /// Accepts tokens without `exp`, which are good for ever. An `exp` that is there is kept to.
    pub fn danger_accept_without_expiry(mut self) -> Self {
        self.expiry = Presence::Optional;
        self
    }

    /// Decrypts tokens with this key; may be repeated. What was encrypted has to be signed, too.
    pub fn decryption_key(mut self, key: DecryptionKey) -> Self {
        self.encrypted.keys.push(key);
        self
    }

    /// How far the issuer's clock and this machine's may be apart; 60 s unless set.
    pub fn clock_leeway(mut self, leeway: Duration) -> Self {
        self.leeway = Some(leeway);
        self.changed()
    }

    /// Checks the times by this clock instead of the machine's: for tests and simulations.
    pub fn clock(mut self, clock: impl IntoClock) -> Self {
        self.clock = Time::Given(clock.into_clock());
        self.changed()
    }

    /// Fetches the keys over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self.changed()
    }

    fn changed(mut self) -> Self {
        self.verifier.take();
        self
    }

    /// Verifies signature, kind, issuer, audience and times, and that no proof is asked for beside the token.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed: the token is worth nothing. [`is_configuration`](Error::is_configuration)
    /// where no issuer or no audience was given. Where the keys could not be fetched, the error is that of the fetch.
    pub async fn verify(&self, jwt: &str) -> Result<JwtClaims> {
        let kinds: Vec<_> = self.kinds.iter().map(String::as_str).collect();
        let requirements = JwtRequirements {
            what: JWT,
            typ: if kinds.is_empty() { Typ::IfPresent(&["JWT"]) } else { Typ::Required(&kinds) },
            algorithms: &ASYMMETRIC,
            expiry: self.expiry,
            issue: Issue::Any,
            foreign_issuer: None,
            key_use: KeyUse::Posted,
        };
        let jwt = self.encrypted.open(AnswerKind::Jwt, jwt)?;
        Ok(JwtClaims::new(self.verify_as(&requirements, jwt.text()).await?))
    }

    /// The claims of a token that meets the requirements.
    pub(super) async fn verify_as(&self, requirements: &JwtRequirements<'_>, token: &str) -> Result<JsonObject> {
        let claims = self.verifier(requirements.what)?.verify(requirements, token).await?.claims;
        if !self.accepts_sender_constrained && !is_absent(claims.get("cnf")) {
            return Err(refused(
                requirements.what,
                "it is bound to a key or a certificate (`cnf`, RFC 9449 §6, RFC 8705 §3), and its sender's proof is not checked here: check \
                 that, and call `.danger_accept_sender_constrained()`",
            ));
        }
        Ok(claims)
    }

    fn verifier(&self, what: &str) -> Result<&IssuerVerifier> {
        if let Some(verifier) = self.verifier.get() {
            return Ok(verifier);
        }
        let missing =
            |member: &str| Error::configuration(format!("no {member} of {what}s is given: call `.{member}(..)`"));
        let (issuer, other_issuers) = self.issuers.split_first().ok_or_else(|| missing("issuer"))?;
        let (audience, other_audiences) = match self.audiences.split_first() {
            Some((audience, others)) => (audience.as_str(), others),
            None if self.accepts_any_audience => ("", &[][..]),
            None => return Err(missing("audience")),
        };
        let keys = match &self.source {
            KeySource::At(url) => {
                let transport = self.transport.clone().map_or_else(Transport::shared, Ok)?;
                KeySetCache::new(url.clone(), audience, &transport)
            }
            KeySource::AtHand(keys) => keys.clone(),
        };
        let mut verifier = IssuerVerifier::new(issuer.clone(), audience, keys);
        verifier.other_issuers = other_issuers.to_vec();
        verifier.other_audiences = other_audiences.to_vec();
        verifier.audience_name = if what == JWT { "audience" } else { verifier.audience_name };
        verifier.skips_audience = self.accepts_any_audience;
        verifier.leeway = self.leeway.unwrap_or(verifier.leeway);
        verifier.clock = self.clock.clone();
        Ok(self.verifier.get_or_init(|| verifier))
    }

    /// Of the keys, for `Debug`.
    pub(super) fn name(&self) -> &str {
        match &self.source {
            KeySource::At(url) => url.as_str(),
            KeySource::AtHand(_) => "at hand",
        }
    }

    pub(super) fn audiences(&self) -> &[String] {
        &self.audiences
    }
}

impl fmt::Debug for JwtVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuers: Vec<_> = self.issuers.iter().map(ExpectedIssuer::as_str).collect();
        f.debug_struct("JwtVerifier")
            .field("keys", &self.name())
            .field("issuers", &issuers)
            .field("audiences", &self.audiences)
            .finish_non_exhaustive()
    }
}
