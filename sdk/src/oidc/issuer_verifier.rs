//! The one path on which everything that an issuer signs is verified: ID tokens, userinfo, authorization responses, logout
//! tokens, introspection answers, and the tokens that a program receives.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use openidconnect::{JsonWebKey as _, JwsSigningAlgorithm as _, SignatureVerificationError};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::expected_issuer::ExpectedIssuer;
use crate::error::{Error, Fault, Incident, Result};
use crate::keys::{
    Algorithm, Key, KeySetCache, KeyUse, SignatureCheck, Signed, Typ, UnverifiedJwt, algorithm_name, is_encrypted,
};
use crate::lenient::JsonObject;
use crate::text::ServerText;
use crate::time::Time;
use crate::token::numeric_date;

/// How far two clocks may be apart.
const LEEWAY: Duration = Duration::from_mins(1);

/// Verifies what one issuer signs for one client.
#[derive(Clone)]
pub(super) struct IssuerVerifier {
    pub(super) issuer: ExpectedIssuer,
    /// Accepted as well.
    pub(super) other_issuers: Vec<ExpectedIssuer>,
    pub(super) client_id: String,
    /// Accepted as well.
    pub(super) other_audiences: Vec<String>,
    /// What the audience is to the program, for messages.
    pub(super) audience_name: &'static str,
    /// The audience is checked by the caller, if at all.
    pub(super) skips_audience: bool,
    pub(super) keys: KeySetCache,
    /// The key of `HS256` and its like.
    pub(super) secret: Option<SecretString>,
    pub(super) leeway: Duration,
    pub(super) clock: Time,
}

/// What is asked of one kind of signed answer. There is no default: each kind states all of it.
pub(super) struct JwtRequirements<'a> {
    /// Its name in errors.
    pub(super) what: &'static str,
    pub(super) typ: Typ<'a>,
    /// The only ones that are accepted; those with the client secret only where they are named here.
    pub(super) algorithms: &'a [Algorithm],
    /// `exp`; checked wherever it is there.
    pub(super) expiry: Presence,
    /// `iat`.
    pub(super) issue: Issue,
    /// What an answer of another issuer is a sign of.
    pub(super) foreign_issuer: Option<Incident>,
    /// Whose cool-down it is where no key fits.
    pub(super) key_use: KeyUse,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
}

/// What is asked of the time of issue (`iat`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Issue {
    /// It is there, and has passed.
    Past,
    /// Nothing.
    Any,
}

/// A signed answer that meets its [`JwtRequirements`].
pub(super) struct VerifiedJwt {
    pub(super) algorithm: Algorithm,
    pub(super) claims: JsonObject,
}

type Check = Result<(), &'static str>;

impl IssuerVerifier {
    pub(super) fn new(issuer: ExpectedIssuer, client_id: impl Into<String>, keys: KeySetCache) -> Self {
        Self {
            issuer,
            other_issuers: Vec::new(),
            client_id: client_id.into(),
            other_audiences: Vec::new(),
            audience_name: "client ID",
            skips_audience: false,
            keys,
            secret: None,
            leeway: LEEWAY,
            clock: Time::System,
        }
    }

    /// Issuer and audience are checked before the signature, so that a token for another client never causes a fetch of keys; the
    /// times are checked after it, since without it they mean nothing.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. Where the JWK set could not be fetched, the
    /// error is that of the fetch.
    pub(super) async fn verify(&self, requirements: &JwtRequirements<'_>, token: &str) -> Result<VerifiedJwt> {
        let refuse = |reason: &str| refused(requirements.what, reason);
        if requirements.key_use.is_of_anyone() && is_encrypted(token) {
            return Err(refuse(
                "it is encrypted, and there is no key to decrypt it with: give a `DecryptionKey`, or have the server only sign it",
            ));
        }
        let jwt = UnverifiedJwt::read(requirements.what, token, requirements.typ)?;
        check_algorithm(requirements.algorithms, &jwt.algorithm).map_err(|reason| refuse(&reason))?;
        self.check_issuer(&jwt.claims).map_err(|reason| {
            let error = refuse(&reason);
            requirements.foreign_issuer.into_iter().fold(error, Error::with_incident)
        })?;
        if !self.skips_audience {
            self.check_audience(&jwt.claims).map_err(|reason| refuse(&reason))?;
        }
        if jwt.algorithm.uses_shared_secret() {
            self.check_mac(requirements.what, &jwt)?;
        } else {
            self.check_signature(requirements, &jwt).await?;
        }
        self.check_times(requirements, &jwt.claims).map_err(refuse)?;
        Ok(VerifiedJwt { algorithm: jwt.algorithm, claims: jwt.claims })
    }

    /// The accepted one that the claims are of.
    fn issuer_of(&self, claims: &JsonObject) -> Option<&ExpectedIssuer> {
        [&self.issuer].into_iter().chain(&self.other_issuers).find(|issuer| issuer.is_of(claims))
    }

    pub(super) fn check_issuer(&self, claims: &JsonObject) -> Result<(), String> {
        match claims.text("iss") {
            _ if self.issuer_of(claims).is_some() => Ok(()),
            Some(given) if !given.is_empty() => Err(format!(
                "its `iss` is not the issuer {:?} but {:?}; they are compared character by character (a trailing slash counts)",
                self.issuer.as_str(),
                ServerText::new(given)
            )),
            _ => Err("it names no issuer (`iss`)".to_owned()),
        }
    }

    pub(super) fn check_audience(&self, claims: &JsonObject) -> Result<(), String> {
        let is_own =
            |audience: &str| audience == self.client_id || self.other_audiences.iter().any(|other| audience == other);
        let (is_audience, is_ours) = match claims.text("aud") {
            Some(one) => (!one.is_empty(), is_own(one)),
            None => match claims.get("aud") {
                Some(Value::Array(several)) => (
                    !several.is_empty() && several.iter().all(Value::is_string),
                    several.iter().filter_map(Value::as_str).any(is_own),
                ),
                _ => (false, false),
            },
        };
        match (is_audience, is_ours) {
            (true, true) => Ok(()),
            (true, false) => Err(format!(
                "it is meant for another client or API: its `aud` is {}, and does not hold the {} {:?}",
                ServerText::member(claims.get("aud")),
                self.audience_name,
                self.client_id
            )),
            (false, _) => Err("it names no audience (`aud`)".to_owned()),
        }
    }

    /// Signed with the client secret.
    fn check_mac(&self, what: &str, jwt: &UnverifiedJwt<'_>) -> Result<()> {
        let secret = self.secret.as_ref().ok_or_else(|| {
            Error::configuration(format!(
                "the {what} is signed with the client secret (`HS256` and its like), and the client has none: give it one, or \
                 name another algorithm"
            ))
        })?;
        let key = Key::new_symmetric(secret.expose_secret().as_bytes().to_vec());
        match key.verify_signature(&jwt.algorithm, jwt.message.as_bytes(), &jwt.signature) {
            Ok(()) => Ok(()),
            Err(SignatureVerificationError::InvalidKey(reason)) => {
                Err(refused(what, &format!("its signature cannot be checked: {reason}")))
            }
            Err(_) => Err(wrong_signature(what).with_incident(Incident::WrongSignature)),
        }
    }

    /// A key of the issuer has signed it. Where none has that is here, the keys are fetched anew, once a cool-down: the key may
    /// be a new one, also under an old ID. No key is tried twice: a forged token costs one try, whatever the refetch brings.
    async fn check_signature(&self, requirements: &JwtRequirements<'_>, jwt: &UnverifiedJwt<'_>) -> Result<()> {
        let by = requirements.key_use;
        let keys = if by.is_patient() { self.keys.current_patiently().await? } else { self.keys.current().await? };
        let signed =
            Signed { jwt, tenant: self.issuer_of(&jwt.claims).and_then(|issuer| issuer.tenant_of(&jwt.claims)) };
        let before = match keys.check(signed) {
            SignatureCheck::Good => return Ok(()),
            before => before,
        };
        let newer = self.keys.after_miss(&keys, by).await?;
        let outcome = if Arc::ptr_eq(&newer, &keys) { before } else { newer.check_after(&keys, &before, signed) };
        let reason = match outcome {
            SignatureCheck::Good => return Ok(()),
            // The key may be a new one that is not here yet, also under the ID of an old one: the cool-down is not over, or a CDN still has the
            // old set.
            SignatureCheck::Bad if !newer.has_others_for(signed, &keys) => {
                return Err(wrong_signature(requirements.what));
            }
            SignatureCheck::Bad => {
                return Err(wrong_signature(requirements.what).with_incident(Incident::WrongSignature));
            }
            SignatureCheck::Unusable(reason) => format!("its signature cannot be checked: {reason}"),
            SignatureCheck::NoKeyFits => {
                let why = newer.why_none_fits(signed);
                format!(
                    "its signature cannot be checked, since no key of the JWK set at {} fits: {why}",
                    self.keys.name()
                )
            }
        };
        Err(refused(requirements.what, &reason))
    }

    /// RFC 7519 §4.1: whatever says when it begins or ends is kept to.
    fn check_times(&self, requirements: &JwtRequirements<'_>, claims: &JsonObject) -> Check {
        let time = |name: &str, no_time: &'static str| match claims.get(name) {
            value if is_absent(value) => Ok(None),
            value => value.and_then(numeric_date).map(Some).ok_or(no_time),
        };
        let issued = time("iat", "its time of issue (`iat`) is no time");
        match (requirements.issue, issued) {
            (Issue::Past, Ok(None)) => return Err("it has no time of issue (`iat`)"),
            (Issue::Past, Ok(Some(issued))) if self.is_ahead(issued) => {
                return Err("it was issued in the future (`iat`): is this machine's clock right?");
            }
            (Issue::Past, Err(no_time)) => return Err(no_time),
            (Issue::Past, Ok(Some(_))) | (Issue::Any, _) => {}
        }
        match time("exp", "its expiry (`exp`) is no time")? {
            None if requirements.expiry == Presence::Required => return Err("it has no expiry (`exp`)"),
            Some(end) if self.is_over(end) => {
                return Err("it has expired (`exp`): is this machine's clock right? If so, ask for a new one");
            }
            _ => {}
        }
        match time("nbf", "its start (`nbf`) is no time")? {
            Some(start) if self.is_ahead(start) => Err("it is not valid yet (`nbf`): is this machine's clock right?"),
            _ => Ok(()),
        }
    }

    /// What a token's times are compared with.
    pub(super) fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH.checked_add(self.clock.now().wall).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    pub(super) fn is_ahead(&self, time: SystemTime) -> bool {
        self.now().checked_add(self.leeway).is_some_and(|now| time > now)
    }

    pub(super) fn is_over(&self, end: SystemTime) -> bool {
        end.checked_add(self.leeway).is_some_and(|end| end <= self.now())
    }
}

/// `null` says as much as no member at all.
pub(super) fn is_absent(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_null)
}

pub(super) fn check_algorithm(accepted: &[Algorithm], given: &Algorithm) -> Result<(), String> {
    if accepted.contains(given) {
        return Ok(());
    }
    let accepted: Vec<_> = accepted.iter().map(algorithm_name).collect();
    Err(format!("it is signed with {}, and what is accepted here is {}", algorithm_name(given), accepted.join(", ")))
}

fn wrong_signature(what: &str) -> Error {
    refused(
        what,
        "its signature is wrong. Either it was forged, or the issuer and the client are not configured for each other (issuer, \
         JWK set or client secret)",
    )
}

pub(super) fn refused(what: &str, reason: &str) -> Error {
    Error::new(Fault::Security, format!("the {what} is refused: {reason}"))
}
