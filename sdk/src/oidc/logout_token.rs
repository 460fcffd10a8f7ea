#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::encrypted_answers::{AnswerKind, EncryptedAnswers};
use super::expected_issuer::ExpectedIssuer;
use super::issuer_verifier::{Issue, IssuerVerifier, JwtRequirements, Presence, is_absent, refused};
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::keys::{ASYMMETRIC, Algorithm, DecryptionKey, KeySetCache, KeyUse, Typ, algorithm_by_name};
use crate::lenient::JsonObject;
use crate::time::{IntoClock, Time};
use crate::token::numeric_date;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

const WHAT: &str = "logout token";
/// What a logout token tells of (OpenID Connect Back-Channel Logout 1.0 §2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Tokens live for two minutes at most (§4 encourages it); this is for servers that set no expiry.
const OLDEST: Duration = Duration::from_mins(10);

/// Verifies the tokens by which a server tells this client of logouts (OpenID Connect Back-Channel Logout 1.0 §2.6): keep one
/// for an issuer, as it keeps the issuer's keys.
///
/// ```no_run
/// use grantkit::discovery::ServerMetadata;
/// use grantkit::oidc::LogoutTokenVerifier;
///
/// # async fn example(posted_logout_token: &str) -> grantkit::Result<()> {
/// let verifier = LogoutTokenVerifier::from_metadata(&*ServerMetadata::discover("https://as.example").await?, "billing")?;
/// let logout = verifier.verify(posted_logout_token).await?; // refused: answer 400
/// // End the session `logout.session()`, or all those of the user `logout.subject()`; then answer 200.
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LogoutTokenVerifier {
    jwts: Result<IssuerVerifier>,
    algorithms: Vec<Algorithm>,
    encrypted: EncryptedAnswers,
}

/// A logout at the server, verified. `Debug` shows neither user nor session.
#[derive(Clone)]
pub struct LogoutToken {
    issuer: String,
    subject: Option<String>,
    session: Option<String>,
    id: String,
}

impl LogoutTokenVerifier {
    /// For the logout tokens of this issuer, for this client.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `jwks_uri`.
    pub fn from_metadata(metadata: &ServerMetadata, client_id: impl Into<String>) -> Result<Self> {
        let url = metadata.jwks_uri.as_deref();
        let url = url.ok_or_else(|| Error::unsupported("the server's metadata has no `jwks_uri`, so nothing that it signs can be verified: complete the metadata (`ServerMetadata::from_json`), or take \
                 `client.logout_token_verifier()` of a client that is built with `.jwks_uri(url)?`"))?;
        let url = EndpointUrl::parse("jwks_uri of the metadata", url, PlainHttp::LoopbackOnly)?;
        let issuer = ExpectedIssuer::new(&metadata.issuer)?;
        let client_id = client_id.into();
        let keys = KeySetCache::new(url, &client_id, &Transport::shared()?);
        let jwts = IssuerVerifier::new(issuer, client_id, keys);
        let announced: Vec<_> = metadata
            .id_token_signing_alg_values_supported
            .iter()
            .filter_map(|name| algorithm_by_name(name))
            .filter(|algorithm| ASYMMETRIC.contains(algorithm))
            .collect();
        let algorithms = if announced.is_empty() { ASYMMETRIC.to_vec() } else { announced };
        Ok(Self::with_jwts(jwts, algorithms, EncryptedAnswers::default()))
    }

    /// As the client's ID tokens are verified.
    pub(super) fn with_jwts(jwts: IssuerVerifier, algorithms: Vec<Algorithm>, encrypted: EncryptedAnswers) -> Self {
        Self { jwts: Ok(jwts), algorithms, encrypted }
    }

    /// With the error for each verification, as there are no keys.
    pub(crate) fn without_keys(why: Error) -> Self {
        Self { jwts: Err(why), algorithms: Vec::new(), encrypted: EncryptedAnswers::default() }
    }

    /// Accepts logout tokens that are signed by this algorithm and no other: the client's `id_token_signed_response_alg`, by which
    /// they are signed too (§2.4). Without it: every algorithm with a public key that the metadata announces for ID tokens.
    ///
    /// A client that has its logout tokens signed with its secret takes the verifier of its
    /// [`Client`](crate::Client::logout_token_verifier).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is no algorithm with a public key.
    pub fn id_token_signed_response_alg(mut self, algorithm: &str) -> Result<Self> {
        let known = algorithm_by_name(algorithm).filter(|known| ASYMMETRIC.contains(known));
        self.algorithms = vec![known.ok_or_else(|| {
            Error::configuration(format!(
                "{algorithm:?} is not a signature algorithm with a public key for logout tokens: name another, or take the \
                 client's `logout_token_verifier()`, which knows its secret"
            ))
        })?];
        Ok(self)
    }

    /// How far the issuer's clock and this machine's may be apart; 60 s unless set.
    #[must_use]
    pub fn clock_leeway(mut self, leeway: Duration) -> Self {
        if let Ok(jwts) = &mut self.jwts {
            jwts.leeway = leeway;
        }
        self
    }

    /// Checks the times by this clock instead of the machine's: for tests and simulations. A client's own verifier has the client's.
    pub fn clock(mut self, clock: impl IntoClock) -> Self {
        if let Ok(jwts) = &mut self.jwts {
            jwts.clock = Time::Given(clock.into_clock());
        }
        self
    }

    /// Fetches the keys over this transport instead of the shared one. A client's own verifier has the client's.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "as every builder here takes it")]
    pub fn transport(mut self, transport: Transport) -> Self {
        if let Ok(jwts) = &mut self.jwts {
            jwts.keys = jwts.keys.over(&transport);
        }
        self
    }

    /// Decrypts logout tokens with this key; may be repeated. They come encrypted to clients whose ID tokens do.
    pub fn decryption_key(mut self, key: DecryptionKey) -> Self {
        self.encrypted.keys.push(key);
        self
    }

    /// Verifies the `logout_token` that was posted to the `backchannel_logout_uri`.
    ///
    /// That one is not taken twice is for the caller to see to, by its [`id`](LogoutToken::id): the user may have logged in again since.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. Where the issuer's keys could not be fetched, the error
    /// is that of the fetch.
    pub async fn verify(&self, logout_token: &str) -> Result<LogoutToken> {
        let jwts = self.jwts.as_ref().map_err(Clone::clone)?;
        let logout_token = self.encrypted.open(AnswerKind::LogoutToken, logout_token)?;
        let requirements = JwtRequirements {
            what: WHAT,
            typ: Typ::IfPresent(&["logout+jwt", "JWT"]),
            algorithms: &self.algorithms,
            // Final versions of the specification require it, and older servers do not have it.
            expiry: Presence::Optional,
            issue: Issue::Past,
            foreign_issuer: None,
            key_use: KeyUse::Posted,
        };
        let claims = jwts.verify(&requirements, logout_token.text()).await?.claims;
        read(jwts, &claims).map_err(|reason| refused(WHAT, reason))
    }
}

/// §2.6, but for what is asked of everything that is signed.
fn read(jwts: &IssuerVerifier, claims: &JsonObject) -> Result<LogoutToken, &'static str> {
    let text = |name: &str| claims.text(name).filter(|text| !text.is_empty());
    if is_absent(claims.get("exp")) {
        let end = claims.get("iat").and_then(numeric_date).and_then(|issued| issued.checked_add(OLDEST));
        if end.is_some_and(|end| jwts.is_over(end)) {
            return Err("it has no expiry (`exp`), and was issued too long ago (`iat`)");
        }
    }
    if !claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
        return Err("it tells of something else than a logout (`events`)");
    }
    // So that an ID token is none.
    if claims.has("nonce") {
        return Err("it has a `nonce`, which no logout token has");
    }
    let read = LogoutToken {
        issuer: text("iss").ok_or("it names no issuer (`iss`)")?.to_owned(),
        subject: text("sub").map(str::to_owned),
        session: text("sid").map(str::to_owned),
        id: text("jti").ok_or("it has no ID (`jti`)")?.to_owned(),
    };
    if read.subject.is_none() && read.session.is_none() {
        return Err("it names neither user nor session (`sub`, `sid`)");
    }
    Ok(read)
}

impl LogoutToken {
    /// The issuer: of a server of many tenants, that of the tenant. The same user or session is another one at another issuer.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The user, as the issuer calls them: without a session, all their sessions here are to end.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The session to end: the `sid` of its ID token.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// The token's own ID (`jti`), by which to see that it comes a second time.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for LogoutTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let jwts = self.jwts.as_ref().ok();
        f.debug_struct("LogoutTokenVerifier")
            .field("issuer", &jwts.map(|jwts| jwts.issuer.as_str()))
            .field("client_id", &jwts.map(|jwts| &jwts.client_id))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for LogoutToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutToken").finish_non_exhaustive()
    }
}
