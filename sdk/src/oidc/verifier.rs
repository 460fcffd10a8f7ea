mod answer;
mod response;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr as _;
use std::time::{Duration, SystemTime};

use openidconnect::core::CoreIdToken;
use openidconnect::{
    ClaimsVerificationError, ClientId, ClientSecret, IssuerUrl, JsonWebKeySet, JwsSigningAlgorithm as _, Nonce,
    SignatureVerificationError,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::claims::IdTokenClaims;
use super::conditions::{Conditions, same};
use super::encrypted_answers::{AnswerKind, EncryptedAnswers};
use super::expected::Expected;
use super::refusal::{explain, refused};
use super::shape::check_shape;
use crate::error::{Error, Result};
use crate::jose::{ASYMMETRIC, Algorithm, Clock, Key, KeySetCache, UnverifiedJwt, algorithm_by_name, algorithm_name};

/// How far two clocks may be apart.
const LEEWAY: Duration = Duration::from_mins(1);

/// Verifies the ID tokens that one issuer gives one client (OpenID Connect Core §3.1.3.7).
///
/// Unless told otherwise it accepts every signature algorithm with a public key that this crate knows (RS, PS, ES,
/// `EdDSA`): each key is bound to its own algorithm, so that a longer list lets nobody choose a weaker check.
#[derive(Clone)]
pub(crate) struct IdTokenVerifier {
    issuer: IssuerUrl,
    client_id: String,
    keys: KeySetCache,
    algorithms: Vec<Algorithm>,
    secret: Option<SecretString>,
    encrypted: EncryptedAnswers,
    /// The one of authorization responses; any with a public key unless set.
    response_algorithm: Option<Algorithm>,
    /// The one of userinfo answers; any with a public key unless set.
    userinfo_algorithm: Option<Algorithm>,
    leeway: Duration,
    clock: Clock,
}

type Verifier<'a> = openidconnect::IdTokenVerifier<'a, Key>;

/// A token that has passed the checks that need no key.
struct Candidate {
    id_token: CoreIdToken,
    jwt: UnverifiedJwt,
}

impl IdTokenVerifier {
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): the issuer is no URL.
    pub(crate) fn new(issuer: &str, client_id: impl Into<String>, keys: KeySetCache) -> Result<Self> {
        let issuer = IssuerUrl::new(issuer.to_owned())
            .map_err(|error| Error::configuration(format!("the issuer {issuer:?} is no URL: {error}")))?;
        Ok(Self {
            issuer,
            client_id: client_id.into(),
            keys,
            algorithms: ASYMMETRIC.to_vec(),
            secret: None,
            encrypted: EncryptedAnswers::default(),
            response_algorithm: None,
            userinfo_algorithm: None,
            leeway: LEEWAY,
            clock: Clock::System,
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
        let known = |name: &str| {
            algorithm_by_name(name)
                .ok_or_else(|| Error::configuration(format!("{name:?} is no signature algorithm for ID tokens")))
        };
        self.algorithms = names.into_iter().map(known).collect::<Result<_>>()?;
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
        self.secret = Some(secret);
        self
    }

    /// Accepts authorization responses by this algorithm and no other, by its name: the client's
    /// `authorization_signed_response_alg` (JARM §3). `HS256` and its like need the [client secret](Self::with_client_secret) too.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): the name is unknown, or `none`.
    pub(crate) fn with_response_algorithm(mut self, name: &str) -> Result<Self> {
        let known = algorithm_by_name(name);
        self.response_algorithm = Some(known.ok_or_else(|| {
            Error::configuration(format!("{name:?} is no signature algorithm for authorization responses"))
        })?);
        Ok(self)
    }

    /// The same for userinfo answers: the client's `userinfo_signed_response_alg` (OpenID Connect Registration §2).
    ///
    /// # Errors
    ///
    /// As [`with_response_algorithm`](Self::with_response_algorithm).
    pub(crate) fn with_userinfo_algorithm(mut self, name: &str) -> Result<Self> {
        let known = algorithm_by_name(name);
        self.userinfo_algorithm =
            Some(known.ok_or_else(|| {
                Error::configuration(format!("{name:?} is no signature algorithm for userinfo answers"))
            })?);
        Ok(self)
    }

    /// With what decrypts the answers, before they are verified.
    pub(crate) fn with_encrypted_answers(mut self, encrypted: EncryptedAnswers) -> Self {
        self.encrypted = encrypted;
        self
    }

    /// The issuer's keys.
    pub(crate) fn keys(&self) -> &KeySetCache {
        &self.keys
    }

    /// How far the issuer's clock and this one may be apart; 60 s unless set.
    pub(crate) fn with_leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Verifies the token, and fetches the issuer's keys where they are not there yet, old, or do not fit.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed. Where the JWK set could not be fetched, the
    /// error is that of the fetch.
    pub(crate) async fn verify(&self, id_token: &str, expected: Expected<'_>) -> Result<IdTokenClaims> {
        let id_token = self.encrypted.open(AnswerKind::IdToken, id_token)?;
        let candidate = self.read(id_token.text())?;
        if candidate.jwt.algorithm.uses_shared_secret() {
            let verifier = self.with_secret_as_key()?;
            self.confirm(&candidate, verifier, &expected).map_err(|refusal| self.explain(refusal))?;
            return self.finish(candidate, expected);
        }
        let keys = self.keys.current().await?;
        if let Err(refusal) = self.confirm(&candidate, self.with_keys(keys.keys()), &expected) {
            if !may_be_rotation(&refusal, &candidate.jwt) {
                return Err(self.explain(refusal));
            }
            let newer = self.keys.after_miss(&keys).await?;
            self.confirm(&candidate, self.with_keys(newer.keys()), &expected).map_err(|refusal| match refusal {
                ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                    let why = newer.why_none_fits(candidate.jwt.key_id.as_deref(), &candidate.jwt.algorithm);
                    refused(&format!("no key of the JWK set at {} fits: {why}", self.keys.url()))
                }
                other => self.explain(other),
            })?;
        }
        self.finish(candidate, expected)
    }

    fn read(&self, id_token: &str) -> Result<Candidate> {
        let jwt = UnverifiedJwt::read("ID token", id_token)?;
        if !self.algorithms.contains(&jwt.algorithm) {
            let allowed: Vec<_> = self.algorithms.iter().map(algorithm_name).collect();
            return Err(refused(&format!(
                "it is signed with {}, and what is accepted here is {}",
                algorithm_name(&jwt.algorithm),
                allowed.join(", ")
            )));
        }
        check_shape(&jwt.claims).map_err(refused)?;
        let id_token = CoreIdToken::from_str(id_token).map_err(|_| {
            refused("a claim occurs twice, or is of another JSON type than OpenID Connect Core §5.1 gives it")
        })?;
        Ok(Candidate { id_token, jwt })
    }

    fn with_keys<'a>(&self, keys: JsonWebKeySet<Key>) -> Verifier<'a> {
        Verifier::new_public_client(ClientId::new(self.client_id.clone()), self.issuer.clone(), keys)
    }

    fn with_secret_as_key<'a>(&self) -> Result<Verifier<'a>> {
        let secret = self.secret.as_ref().ok_or_else(|| {
            Error::configuration("an ID token signed with the client secret (`HS256`) needs the client secret")
        })?;
        let secret = ClientSecret::new(secret.expose_secret().to_owned());
        let client_id = ClientId::new(self.client_id.clone());
        Ok(Verifier::new_confidential_client(client_id, secret, self.issuer.clone(), JsonWebKeySet::default()))
    }

    /// Everything that `openidconnect` checks: issuer, audience, signature, expiry, nonce, login time and class.
    fn confirm(
        &self,
        candidate: &Candidate,
        verifier: Verifier<'_>,
        expected: &Expected<'_>,
    ) -> Result<(), ClaimsVerificationError> {
        let now = self.clock.wall();
        let leeway = self.leeway;
        let earlier = now.checked_sub(leeway).unwrap_or(SystemTime::UNIX_EPOCH);
        let Expected { nonce: sent, max_age, acr_values, .. } = *expected;
        let verifier = verifier
            .set_allowed_algs(self.algorithms.iter().cloned())
            // Whether another audience is trusted hangs on `azp`, which `openidconnect` does not look at.
            .set_other_audience_verifier_fn(|_| true)
            .set_time_fn(move || earlier.into())
            .set_auth_time_verifier_fn(move |login| {
                max_age
                    .map_or(Ok(()), |max_age| check_login(login.map(|login| login.timestamp()), max_age, now, leeway))
            })
            .set_auth_context_verifier_fn(|acr| match acr {
                _ if acr_values.is_empty() => Ok(()),
                Some(acr) if acr_values.iter().any(|wanted| wanted == acr.as_str()) => Ok(()),
                Some(_) => Err("the login was not of the class that was asked for (`acr`)".to_owned()),
                None => Err("it does not say of which class the login was (`acr`), and one was asked for".to_owned()),
            });
        let nonce = |nonce: Option<&Nonce>| match (sent, nonce) {
            (None, _) => Ok(()),
            (Some(sent), Some(nonce)) if same(sent, nonce.secret()) => Ok(()),
            (Some(_), Some(_)) => Err("it belongs to another login (`nonce`), and may have been replayed".to_owned()),
            (Some(_), None) => Err("it has no `nonce`, and one was sent with the login".to_owned()),
        };
        candidate.id_token.claims(&verifier, nonce).map(|_| ())
    }

    /// What `openidconnect` does not check; only after the signature, which the claims are worth nothing without.
    fn finish(&self, candidate: Candidate, expected: Expected<'_>) -> Result<IdTokenClaims> {
        let UnverifiedJwt { algorithm, claims, .. } = candidate.jwt;
        let claims = IdTokenClaims::new(claims);
        let conditions = Conditions {
            client_id: &self.client_id,
            algorithm: &algorithm,
            expected,
            now: self.clock.wall(),
            leeway: self.leeway,
        };
        conditions.check(&claims).map_err(refused)?;
        Ok(claims)
    }

    fn explain(&self, refusal: ClaimsVerificationError) -> Error {
        explain(refusal, self.issuer.as_str(), &self.client_id)
    }
}

/// Whether newer keys could make a difference: none fits by its ID, or there is no ID to tell by.
fn may_be_rotation(refusal: &ClaimsVerificationError, jwt: &UnverifiedJwt) -> bool {
    match refusal {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => true,
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::CryptoError(_)) => {
            jwt.key_id.is_none()
        }
        _ => false,
    }
}

/// OpenID Connect Core §3.1.3.7, 13. `login` counts seconds since 1970.
fn check_login(login: Option<i64>, max_age: Duration, now: SystemTime, leeway: Duration) -> Result<(), String> {
    let login = login.ok_or("it does not say when the user logged in (`auth_time`), and a `max_age` was sent")?;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let login = u64::try_from(login).unwrap_or(0);
    if login > now.saturating_add(leeway.as_secs()) {
        return Err("the user logged in in the future (`auth_time`): is this machine's clock right?".to_owned());
    }
    if now.saturating_sub(login) > max_age.as_secs().saturating_add(leeway.as_secs()) {
        return Err("the user logged in too long ago (`auth_time`, `max_age`)".to_owned());
    }
    Ok(())
}

impl fmt::Debug for IdTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenVerifier")
            .field("issuer", &self.issuer.as_str())
            .field("client_id", &self.client_id)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}
