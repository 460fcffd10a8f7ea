mod answer;
mod refreshed;
mod stored;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;

use super::conditions::Conditions;
use super::encrypted_answers::{AnswerKind, EncryptedAnswers};
use super::expected_issuer::ExpectedIssuer;
use super::id_token_expectations::IdTokenExpectations;
use super::issuer_verifier::{Issue, IssuerVerifier, JwtRequirements, Presence, refused};
use super::logout_token::LogoutTokenVerifier;
use crate::error::{Error, Result};
use crate::keys::{ASYMMETRIC, Algorithm, KeySetCache, KeyUse, Typ, algorithm_by_name};
use crate::time::Time;
use crate::token::IdTokenClaims;

const WHAT: &str = "ID token";
const TYP: Typ<'static> = Typ::IfPresent(&["JWT"]);

/// Verifies what one issuer signs for one client, ID tokens first of all (OpenID Connect Core §3.1.3.7).
///
/// Unless told otherwise it accepts every signature algorithm with a public key that this crate knows (RS, PS, ES,
/// `EdDSA`): each key is bound to its own algorithm, so that a longer list does not let an attacker choose a weaker one.
#[derive(Clone)]
pub(crate) struct LoginIdTokenVerifier {
    jwts: IssuerVerifier,
    algorithms: Vec<Algorithm>,
    encrypted: EncryptedAnswers,
    /// Those of authorization responses; any with a public key unless set.
    response_algorithms: Vec<Algorithm>,
    /// Those of userinfo answers; any with a public key unless set.
    userinfo_algorithms: Vec<Algorithm>,
    accepts_missing_nonce: bool,
}

impl LoginIdTokenVerifier {
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): the issuer is no URL.
    pub(crate) fn new(issuer: &str, client_id: impl Into<String>, keys: KeySetCache) -> Result<Self> {
        Ok(Self {
            jwts: IssuerVerifier::new(ExpectedIssuer::new(issuer)?, client_id, keys),
            algorithms: ASYMMETRIC.to_vec(),
            encrypted: EncryptedAnswers::default(),
            response_algorithms: ASYMMETRIC.to_vec(),
            userinfo_algorithms: ASYMMETRIC.to_vec(),
            accepts_missing_nonce: false,
        })
    }

    /// Accepts these algorithms and no other, by their names: the client's `id_token_signed_response_alg`.
    ///
    /// `HS256` and its like need the [client secret](Self::with_client_secret) too.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): a name is unknown, or `none`, or there is no name at all.
    pub(crate) fn with_algorithms<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        self.algorithms = names.into_iter().map(|name| known(name, "ID tokens")).collect::<Result<_>>()?;
        if self.algorithms.is_empty() {
            return Err(Error::configuration("without any signature algorithm no ID token can be accepted"));
        }
        Ok(self)
    }

    /// Narrows the algorithms to what the metadata announces (`id_token_signing_alg_values_supported`); a list in which
    /// nothing is known here is passed over.
    pub(crate) fn with_announced_algorithms<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let announced: Vec<_> = names.into_iter().filter_map(algorithm_by_name).collect();
        let both: Vec<_> = self.algorithms.iter().filter(|own| announced.contains(own)).cloned().collect();
        if !both.is_empty() {
            self.algorithms = both;
        }
        self
    }

    /// The key of `HS256`, `HS384` and `HS512`, which are accepted only where [named](Self::with_algorithms).
    pub(crate) fn with_client_secret(mut self, secret: SecretString) -> Self {
        self.jwts.secret = Some(secret);
        self
    }

    /// Accepts authorization responses by this algorithm and no other, by its name: the client's
    /// `authorization_signed_response_alg` (JARM §3). `HS256` and its like need the [client secret](Self::with_client_secret) too.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): the name is unknown, or `none`.
    pub(crate) fn with_response_algorithm(mut self, name: &str) -> Result<Self> {
        self.response_algorithms = vec![known(name, "authorization responses")?];
        Ok(self)
    }

    /// The same for userinfo answers: the client's `userinfo_signed_response_alg` (OpenID Connect Registration §2).
    ///
    /// # Errors
    ///
    /// As [`with_response_algorithm`](Self::with_response_algorithm).
    pub(crate) fn with_userinfo_algorithm(mut self, name: &str) -> Result<Self> {
        self.userinfo_algorithms = vec![known(name, "userinfo answers")?];
        Ok(self)
    }

    /// With what decrypts the answers, before they are verified.
    pub(crate) fn with_encrypted_answers(mut self, encrypted: EncryptedAnswers) -> Self {
        self.encrypted = encrypted;
        self
    }

    /// By this clock instead of the machine's.
    pub(crate) fn with_time(mut self, time: Time) -> Self {
        self.jwts.clock = time;
        self
    }

    /// How far the issuer's clock and this one may be apart; 60 s unless set.
    pub(crate) fn with_leeway(mut self, leeway: Duration) -> Self {
        self.jwts.leeway = leeway;
        self
    }

    /// Accepts an ID token without the `nonce` that was sent; another one is refused all the same.
    pub(crate) fn with_missing_nonce(mut self) -> Self {
        self.accepts_missing_nonce = true;
        self
    }

    /// The issuer's keys.
    pub(crate) fn keys(&self) -> &KeySetCache {
        &self.jwts.keys
    }

    /// Fetches the issuer's keys, unless they are here: before something is spent on an ID token that could not be verified then.
    ///
    /// # Errors
    ///
    /// Why they could not be fetched, after several tries.
    pub(crate) async fn prepare(&self) -> Result<()> {
        let needs_keys = self.algorithms.iter().any(|algorithm| ASYMMETRIC.contains(algorithm));
        if needs_keys { self.jwts.keys.current_patiently().await.map(|_| ()) } else { Ok(()) }
    }

    /// What verifies the logout tokens of the same issuer: by the same algorithms, keys, leeway and secret (OpenID Connect
    /// Back-Channel Logout 1.0 §2.4).
    pub(crate) fn logout_tokens(&self) -> LogoutTokenVerifier {
        LogoutTokenVerifier::with_jwts(self.jwts.clone(), self.algorithms.clone(), self.encrypted.clone())
    }

    /// Verifies the token, and fetches the issuer's keys where they are not there yet, old, or do not fit.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. Where the JWK set could not be fetched, the
    /// error is that of the fetch.
    pub(crate) async fn verify(&self, id_token: &str, expected: IdTokenExpectations<'_>) -> Result<IdTokenClaims> {
        self.verify_of(KeyUse::IdToken, id_token, expected).await
    }

    /// The same for one that the browser brings, beside the code.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub(crate) async fn verify_brought(
        &self,
        id_token: &str,
        expected: IdTokenExpectations<'_>,
    ) -> Result<IdTokenClaims> {
        self.verify_of(KeyUse::AuthorizationResponse, id_token, expected).await
    }

    async fn verify_of(
        &self,
        key_use: KeyUse,
        id_token: &str,
        expected: IdTokenExpectations<'_>,
    ) -> Result<IdTokenClaims> {
        let id_token = self.encrypted.open(AnswerKind::IdToken, id_token)?;
        let requirements = JwtRequirements {
            what: WHAT,
            typ: TYP,
            algorithms: &self.algorithms,
            expiry: Presence::Required,
            issue: Issue::Past,
            foreign_issuer: None,
            key_use,
        };
        let jwt = self.jwts.verify(&requirements, id_token.text()).await?;
        let conditions = Conditions {
            client_id: &self.jwts.client_id,
            algorithm: &jwt.algorithm,
            expected,
            accepts_missing_nonce: self.accepts_missing_nonce,
            now: self.jwts.now(),
            leeway: self.jwts.leeway,
        };
        conditions.check(&jwt.claims).map_err(|reason| refused(WHAT, &reason))?;
        Ok(IdTokenClaims::new(jwt.claims))
    }
}

fn known(name: &str, what: &str) -> Result<Algorithm> {
    algorithm_by_name(name)
        .ok_or_else(|| Error::configuration(format!("{name:?} is not a signature algorithm for {what}")))
}

impl fmt::Debug for LoginIdTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginIdTokenVerifier")
            .field("issuer", &self.jwts.issuer.as_str())
            .field("client_id", &self.jwts.client_id)
            .field("keys", &self.jwts.keys)
            .finish_non_exhaustive()
    }
}
