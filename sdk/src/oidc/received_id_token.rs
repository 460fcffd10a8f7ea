use std::fmt;
use std::time::Duration;

use super::issuer_verifier::{Issue, Presence, Profile, refused};
use super::jwt_verifier::JwtVerifier;
use crate::error::Result;
use crate::keys::{ASYMMETRIC, KeyUse, Typ};
use crate::time::IntoClock;
use crate::token::IdTokenClaims;
use crate::transport::Transport;

const WHAT: &str = "ID token";

/// Verifies ID tokens that this program receives without having asked for them: of a sign-in button on a page, of an app on a phone, of
/// a program that calls this one (OpenID Connect Core §3.1.3.7, but for the `nonce`, which the receiver has to compare with its own).
///
/// The issuer's keys are kept, and fetched anew for a key that is not among them, once a cool-down. Keep the verifier: it is made
/// ready by its first call.
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
pub struct ReceivedIdTokenVerifier(JwtVerifier);

impl ReceivedIdTokenVerifier {
    /// With the keys of the JWK set at this address.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn new(jwks_uri: &str) -> Result<Self> {
        JwtVerifier::at_jwks_uri(jwks_uri).map(Self)
    }

    /// Accepts tokens with this `iss`; may be repeated, for an issuer that goes by two names.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is empty.
    pub fn issuer(self, issuer: &str) -> Result<Self> {
        self.0.issuer(issuer).map(Self)
    }

    /// Accepts tokens for this client or program, by their `aud`; may be repeated.
    pub fn audience(self, audience: impl Into<String>) -> Self {
        Self(self.0.audience(audience))
    }

    /// Accepts tokens that are bound to a key or a certificate; see [`JwtVerifier::danger_accept_sender_constrained`].
    pub fn danger_accept_sender_constrained(self) -> Self {
        Self(self.0.danger_accept_sender_constrained())
    }

    /// How far the issuer's clock and this machine's may be apart; 60 s unless set.
    pub fn clock_leeway(self, leeway: Duration) -> Self {
        Self(self.0.clock_leeway(leeway))
    }

    /// Checks the times by this clock instead of the machine's: for tests and simulations.
    pub fn clock(self, clock: impl IntoClock) -> Self {
        Self(self.0.clock(clock))
    }

    /// Fetches the keys over this transport instead of the shared one.
    pub fn transport(self, transport: Transport) -> Self {
        Self(self.0.transport(transport))
    }

    /// Verifies signature, issuer, audience and times.
    ///
    /// # Errors
    ///
    /// [`is_security`](crate::Error::is_security) names the check that failed. [`is_configuration`](crate::Error::is_configuration) where no
    /// issuer or no audience was given. Where the keys could not be fetched, the error is that of the fetch.
    pub async fn verify(&self, id_token: &str) -> Result<IdTokenClaims> {
        let profile = Profile {
            what: WHAT,
            typ: Typ::IfPresent(&["JWT"]),
            algorithms: &ASYMMETRIC,
            expiry: Presence::Required,
            issue: Issue::Past,
            foreign_issuer: None,
            key_use: KeyUse::Posted,
        };
        let claims = self.0.verify_as(&profile, id_token).await?;
        match claims.text("sub") {
            Some(subject) if !subject.is_empty() => Ok(IdTokenClaims::new(claims)),
            _ => Err(refused(WHAT, "it names no user (`sub`)")),
        }
    }
}

impl fmt::Debug for ReceivedIdTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedIdTokenVerifier")
            .field("jwks_uri", &self.0.name())
            .field("audiences", &self.0.audiences())
            .finish_non_exhaustive()
    }
}
