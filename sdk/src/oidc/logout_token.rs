#[cfg(test)]
mod tests;

use std::fmt;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::encrypted_answers::{AnswerKind, EncryptedAnswers};
use super::numeric_date::numeric_date;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Kind, Result};
use crate::jose::{ASYMMETRIC, Clock, DecryptionKey, KeySetCache, UnverifiedJwt};
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

const WHAT: &str = "logout token";
/// What a logout token tells of (OpenID Connect Back-Channel Logout 1.0 §2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How far two clocks may be apart.
const LEEWAY: Duration = Duration::from_mins(1);
/// Tokens live for two minutes at most (§4 encourages it); this is for servers that set no expiry.
const OLDEST: Duration = Duration::from_mins(10);

/// Verifies the tokens by which a server tells this client of logouts (OpenID Connect Back-Channel Logout 1.0 §2.6): keep one
/// for an issuer, as it keeps the issuer's keys.
///
/// ```no_run
/// use grantkit::{LogoutTokenVerifier, ServerMetadata};
///
/// # async fn example(posted_logout_token: &str) -> grantkit::Result<()> {
/// let verifier = LogoutTokenVerifier::new(&*ServerMetadata::discover("https://as.example").await?, "billing")?;
/// let logout = verifier.verify(posted_logout_token).await?; // refused: answer 400
/// // End the session `logout.session()`, or all those of the user `logout.subject()`; then answer 200.
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LogoutTokenVerifier {
    issuer: String,
    client_id: String,
    keys: Result<KeySetCache>,
    encrypted: EncryptedAnswers,
    clock: Clock,
}

/// A logout at the server, verified. `Debug` shows neither user nor session.
#[derive(Clone)]
pub struct LogoutToken {
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
    pub fn new(metadata: &ServerMetadata, client_id: impl Into<String>) -> Result<Self> {
        Self::over(metadata, client_id, &Transport::shared()?)
    }

    /// The same, with keys that are fetched over this transport.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn over(metadata: &ServerMetadata, client_id: impl Into<String>, transport: &Transport) -> Result<Self> {
        let url = metadata.jwks_uri.as_deref();
        let url = url.ok_or_else(|| Error::unsupported("the server's metadata has no `jwks_uri`"))?;
        let url = EndpointUrl::parse("jwks_uri of the metadata", url, PlainHttp::LoopbackOnly)?;
        Ok(Self::with_keys(&metadata.issuer, client_id, Ok(KeySetCache::new(url, transport))))
    }

    /// With keys that others use too, or with why there are none, for whoever asks for a verification.
    pub(crate) fn with_keys(issuer: &str, client_id: impl Into<String>, keys: Result<KeySetCache>) -> Self {
        let encrypted = EncryptedAnswers::default();
        Self { issuer: issuer.to_owned(), client_id: client_id.into(), keys, encrypted, clock: Clock::System }
    }

    /// Decrypts logout tokens with this key; may be repeated. They come encrypted to clients whose ID tokens do.
    pub fn decryption_key(mut self, key: DecryptionKey) -> Self {
        self.encrypted.keys.push(key);
        self
    }

    /// Decrypts them as the client's ID tokens are.
    pub(crate) fn with_encrypted_answers(self, encrypted: EncryptedAnswers) -> Self {
        Self { encrypted, ..self }
    }

    /// Verifies the `logout_token` that was posted to the `backchannel_logout_uri`.
    ///
    /// That one is not taken twice is for the caller to see to, by its [`id`](LogoutToken::id); a second logout does no harm.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. Where the issuer's keys could not be fetched, the error
    /// is that of the fetch.
    pub async fn verify(&self, logout_token: &str) -> Result<LogoutToken> {
        let logout_token = self.encrypted.open(AnswerKind::LogoutToken, logout_token)?;
        let logout_token = logout_token.text();
        let jwt = UnverifiedJwt::read_typed(WHAT, logout_token, &["logout+jwt", "JWT"])?;
        if !ASYMMETRIC.contains(&jwt.algorithm) {
            return Err(refused(
                "it is signed with a secret, and what is accepted here is a signature by the issuer's key",
            ));
        }
        let read = self.check(&jwt.claims).map_err(refused)?;
        let cache = self.keys.as_ref().map_err(Clone::clone)?;
        let keys = cache.current().await?;
        if !keys.has_signed(&jwt, logout_token) {
            let newer = cache.after_miss(&keys).await?;
            if !newer.has_signed(&jwt, logout_token) {
                return Err(refused("no key of the issuer's JWK set has signed it"));
            }
        }
        Ok(read)
    }

    /// §2.6, but for the signature.
    fn check(&self, claims: &Map<String, Value>) -> Result<LogoutToken, &'static str> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        if text("iss") != Some(&self.issuer) {
            return Err("it is of another issuer (`iss`)");
        }
        let is_own = |audience: &Value| audience.as_str() == Some(&self.client_id);
        let is_ours = match claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(is_own),
            Some(one) => is_own(one),
            None => false,
        };
        if !is_ours {
            return Err("it is for another client (`aud`)");
        }
        self.check_times(claims)?;
        if !claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
            return Err("it tells of something else than a logout (`events`)");
        }
        // So that an ID token is none.
        if claims.contains_key("nonce") {
            return Err("it has a `nonce`, which no logout token has");
        }
        let read = LogoutToken {
            subject: text("sub").map(str::to_owned),
            session: text("sid").map(str::to_owned),
            id: text("jti").ok_or("it has no ID (`jti`)")?.to_owned(),
        };
        if read.subject.is_none() && read.session.is_none() {
            return Err("it names neither user nor session (`sub`, `sid`)");
        }
        Ok(read)
    }

    fn check_times(&self, claims: &Map<String, Value>) -> Result<(), &'static str> {
        let now = self.clock.wall();
        let later = |time: SystemTime, by: Duration| time.checked_add(by).unwrap_or(time);
        let issued = claims.get("iat").and_then(numeric_date).ok_or("it has no time of issue (`iat`)")?;
        if issued > later(now, LEEWAY) {
            return Err("it was issued in the future (`iat`): is this machine's clock right?");
        }
        let end = match claims.get("exp") {
            Some(expiry) => numeric_date(expiry).ok_or("its expiry (`exp`) is no time")?,
            None => later(issued, OLDEST),
        };
        if later(end, LEEWAY) <= now { Err("it has expired") } else { Ok(()) }
    }
}

impl LogoutToken {
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

fn refused(reason: &str) -> Error {
    Error::new(Kind::Security, format!("the {WHAT} is refused: {reason}"))
}

impl fmt::Debug for LogoutTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutTokenVerifier")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for LogoutToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutToken").finish_non_exhaustive()
    }
}
