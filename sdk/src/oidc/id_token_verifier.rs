use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::issuer_verifier::{Issue, JwtRequirements, Presence, refused};
use super::jwt_verifier::JwtVerifier;
use crate::discovery::ServerMetadata;
use crate::error::Result;
use crate::keys::{ASYMMETRIC, KeyUse, Typ};
use crate::lenient::JsonObject;
use crate::text::ServerText;
use crate::time::IntoClock;
use crate::token::IdTokenClaims;
use crate::transport::Transport;

const WHAT: &str = "ID token";

/// Verifies ID tokens that this program receives without having asked for them: of a sign-in button on a page, of an app on a phone, of
/// a program that calls this one (OpenID Connect Core §3.1.3.7, but for the `nonce`, which the receiver has to compare with its own).
///
/// A token for several audiences has to have been issued to one of those accepted here (`azp`), or to an
/// [`authorized_party`](Self::authorized_party). One that is for this program alone may have been issued to another client of its issuer,
/// as an app's token for its backend; call `authorized_party` where that is to be limited. Logout tokens are refused (`events`).
///
/// The issuer's keys are kept, and fetched anew for a key that is not among them, once a cool-down. Keep the verifier: it is made
/// ready by its first call.
///
/// ```no_run
/// use grantkit::discovery::ServerMetadata;
/// use grantkit::oidc::IdTokenVerifier;
///
/// # async fn example(posted: &str) -> grantkit::Result<()> {
/// let metadata = ServerMetadata::discover("https://as.example").await?;
/// let verifier = IdTokenVerifier::from_metadata(&metadata)?.audience("web-client");
/// let claims = verifier.verify(posted).await?; // refused: answer 401
/// println!("{}", claims.subject());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "call `.verify(..)`"]
pub struct IdTokenVerifier {
    jwts: JwtVerifier,
    authorized_parties: Vec<String>,
}

impl IdTokenVerifier {
    /// For the ID tokens of the issuer that these are the metadata of, with the keys at its `jwks_uri`.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the metadata has no `jwks_uri`.
    pub fn from_metadata(metadata: &ServerMetadata) -> Result<Self> {
        JwtVerifier::from_metadata(metadata).map(Self::new)
    }

    /// With the keys of the JWK set at this address, for an issuer without metadata: say which by [`issuer`](Self::issuer).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn from_jwks_uri(jwks_uri: &str) -> Result<Self> {
        JwtVerifier::from_jwks_uri(jwks_uri).map(Self::new)
    }

    /// With the keys of this JWK set (RFC 7517 §5), as JSON, and never with others: say whose they are by [`issuer`](Self::issuer).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is no JWK set, or has no key that verifies signatures.
    pub fn from_jwk_set(json: impl AsRef<[u8]>) -> Result<Self> {
        JwtVerifier::from_jwk_set(json).map(Self::new)
    }

    fn new(jwts: JwtVerifier) -> Self {
        Self { jwts, authorized_parties: Vec::new() }
    }

    /// Accepts tokens with this `iss`, too; may be repeated, for an issuer that goes by two names.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is empty.
    pub fn issuer(self, issuer: &str) -> Result<Self> {
        Ok(Self { jwts: self.jwts.issuer(issuer)?, ..self })
    }

    /// Accepts tokens for this client or program, by their `aud`; may be repeated.
    pub fn audience(self, audience: impl Into<String>) -> Self {
        Self { jwts: self.jwts.audience(audience), ..self }
    }

    /// Accepts tokens that were issued to this client, by their `azp`, for an [`audience`](Self::audience) of this program; may be
    /// repeated. Tokens of all other clients but the audiences are refused then.
    pub fn authorized_party(mut self, client_id: impl Into<String>) -> Self {
        self.authorized_parties.push(client_id.into());
        self
    }

    /// Accepts tokens that are bound to a key or a certificate; see [`JwtVerifier::danger_accept_sender_constrained`].
    pub fn danger_accept_sender_constrained(self) -> Self {
        Self { jwts: self.jwts.danger_accept_sender_constrained(), ..self }
    }

    /// How far the issuer's clock and this machine's may be apart; 60 s unless set.
    pub fn clock_leeway(self, leeway: Duration) -> Self {
        Self { jwts: self.jwts.clock_leeway(leeway), ..self }
    }

    /// Checks the times by this clock instead of the machine's: for tests and simulations.
    pub fn clock(self, clock: impl IntoClock) -> Self {
        Self { jwts: self.jwts.clock(clock), ..self }
    }

    /// Fetches the keys over this transport instead of the shared one.
    pub fn transport(self, transport: Transport) -> Self {
        Self { jwts: self.jwts.transport(transport), ..self }
    }

    /// Verifies signature, issuer, audience, authorized party and times.
    ///
    /// # Errors
    ///
    /// [`is_security`](crate::Error::is_security) names the check that failed. [`is_configuration`](crate::Error::is_configuration) where no
    /// issuer or no audience was given. Where the keys could not be fetched, the error is that of the fetch.
    pub async fn verify(&self, id_token: &str) -> Result<IdTokenClaims> {
        let requirements = JwtRequirements {
            what: WHAT,
            typ: Typ::IfPresent(&["JWT"]),
            algorithms: &ASYMMETRIC,
            expiry: Presence::Required,
            issue: Issue::Past,
            foreign_issuer: None,
            key_use: KeyUse::Posted,
        };
        let claims = self.jwts.verify_as(&requirements, id_token).await?;
        if claims.text("sub").is_none_or(str::is_empty) {
            return Err(refused(WHAT, "it names no user (`sub`)"));
        }
        if claims.get("events").is_some() {
            return Err(refused(
                WHAT,
                "it tells of an event, as a logout token does, and is no proof of a login (`events`)",
            ));
        }
        self.check_authorized_party(&claims)?;
        Ok(IdTokenClaims::new(claims))
    }

    /// OpenID Connect Core §3.1.3.7, 4 and 5: a token that another client got must not be replayed here.
    fn check_authorized_party(&self, claims: &JsonObject) -> Result<()> {
        let own = self.jwts.audiences();
        let is_other =
            |audience: &Value| audience.as_str().is_none_or(|audience| !own.iter().any(|one| one == audience));
        let is_for_others = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.iter().any(is_other));
        let is_limited = is_for_others || !self.authorized_parties.is_empty();
        match claims.get("azp").filter(|azp| !azp.is_null()) {
            Some(Value::String(party)) if own.iter().chain(&self.authorized_parties).any(|one| one == party) => Ok(()),
            Some(Value::String(_)) if !is_limited => Ok(()),
            None if !is_for_others => Ok(()),
            None => {
                Err(refused(WHAT, "it has several audiences and does not say to which client it was issued (`azp`)"))
            }
            azp @ Some(_) => {
                let azp = ServerText::member(azp);
                let reason = format!(
                    "it was issued to another client (`azp` {azp}): call `.authorized_party(..)` with its ID if that is right"
                );
                Err(refused(WHAT, &reason))
            }
        }
    }
}

impl fmt::Debug for IdTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenVerifier")
            .field("keys", &self.jwts.name())
            .field("audiences", &self.jwts.audiences())
            .finish_non_exhaustive()
    }
}
