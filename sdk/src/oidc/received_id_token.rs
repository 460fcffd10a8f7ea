use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

use super::expected_issuer::ExpectedIssuer;
use super::jwt_verifier::{Issue, JwtVerifier, Presence, Profile};
use crate::error::{Error, Result};
use crate::keys::{ASYMMETRIC, KeySetCache, KeyUse, Typ, UnverifiedJwt};
use crate::token::IdTokenClaims;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

const WHAT: &str = "ID token";

/// Verifies ID tokens that this program receives without having asked for them: of a sign-in button on a page, of an app on a phone, of
/// a program that calls this one (OpenID Connect Core §3.1.3.7, but for the `nonce`, which the receiver has to compare with its own).
///
/// The issuer's keys are kept, and fetched anew for a key that is not among them, once a cool-down.
///
/// ```no_run
/// use grantkit::oidc::ReceivedIdTokenVerifier;
///
/// # async fn example(posted: &str) -> grantkit::Result<()> {
/// let verifier = ReceivedIdTokenVerifier::new("https://as.example/jwks")?.issuer("https://as.example")?.audience("web-client");
/// let claims = verifier.verify(posted).await?; // refused: answer 401
/// println!("{}", claims.subject());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "call `.verify(..)`"]
pub struct ReceivedIdTokenVerifier {
    jwks_uri: EndpointUrl,
    issuers: Vec<ExpectedIssuer>,
    audiences: Vec<String>,
    leeway: Option<Duration>,
    transport: Option<Transport>,
}

impl ReceivedIdTokenVerifier {
    /// With the keys of the JWK set at this address.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn new(jwks_uri: &str) -> Result<Self> {
        let jwks_uri = EndpointUrl::parse("JWK set", jwks_uri, PlainHttp::LoopbackOnly)?;
        Ok(Self { jwks_uri, issuers: Vec::new(), audiences: Vec::new(), leeway: None, transport: None })
    }

    /// Accepts tokens with this `iss`; may be repeated, for an issuer that goes by two names.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is empty.
    pub fn issuer(mut self, issuer: &str) -> Result<Self> {
        self.issuers.push(ExpectedIssuer::named(issuer)?);
        Ok(self)
    }

    /// Accepts tokens for this client or program, by their `aud`; may be repeated.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// How far the issuer's clock and this machine's may be apart; 60 s unless set.
    pub fn clock_leeway(mut self, leeway: Duration) -> Self {
        self.leeway = Some(leeway);
        self
    }

    /// Fetches the keys over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Verifies signature, issuer, audience and times.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. [`is_configuration`](Error::is_configuration) where no issuer or
    /// no audience was given. Where the keys could not be fetched, the error is that of the fetch.
    pub async fn verify(&self, id_token: &str) -> Result<IdTokenClaims> {
        let missing = |what: &str| Error::configuration(format!("no {what} of ID tokens is given: call `.{what}(..)`"));
        // Of those that are accepted the one that the token names, by which it is then held; else any, which it fails.
        let claims = UnverifiedJwt::peek(id_token).unwrap_or_default();
        let issuer = self.issuers.iter().find(|issuer| issuer.is_of(&claims)).or(self.issuers.first());
        let audience = self.audiences.iter().find(|audience| is_for(audience, &claims)).or(self.audiences.first());
        let issuer = issuer.ok_or_else(|| missing("issuer"))?;
        let audience = audience.ok_or_else(|| missing("audience"))?;
        let transport = self.transport.clone().map_or_else(Transport::shared, Ok)?;
        let keys = KeySetCache::new(self.jwks_uri.clone(), audience, &transport);
        let mut jwts = JwtVerifier::new(issuer.clone(), audience, keys);
        jwts.leeway = self.leeway.unwrap_or(jwts.leeway);
        let profile = Profile {
            what: WHAT,
            typ: Typ::IfPresent(&["JWT"]),
            algorithms: &ASYMMETRIC,
            expiry: Presence::Required,
            issue: Issue::Past,
            foreign_issuer: None,
            key_use: KeyUse::Posted,
        };
        let verified = jwts.verify(&profile, id_token).await?;
        match verified.claims.get("sub") {
            Some(Value::String(subject)) if !subject.is_empty() => Ok(IdTokenClaims::new(verified.claims)),
            _ => Err(super::jwt_verifier::refused(WHAT, "it names no user (`sub`)")),
        }
    }
}

fn is_for(audience: &str, claims: &Map<String, Value>) -> bool {
    match claims.get("aud") {
        Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(audience)),
        one => one.and_then(Value::as_str) == Some(audience),
    }
}

impl fmt::Debug for ReceivedIdTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedIdTokenVerifier")
            .field("jwks_uri", &self.jwks_uri.as_str())
            .field("audiences", &self.audiences)
            .finish_non_exhaustive()
    }
}
