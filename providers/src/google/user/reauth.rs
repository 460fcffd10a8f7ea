//! A user authenticates again where the Workspace's administrator has limited sessions: the proof is a RAPT, which goes with each
//! refresh from then on.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use grantkit::client::NamedGrant;
use grantkit::credentials::Fingerprint;
use grantkit::grant::TokenAnswer;
use grantkit::token::RefreshToken;
use grantkit::transport::{ServiceRequest, Transport};
use grantkit::{Error, OAuthClient as _, OAuthToken, Result, SecretString};
use http::HeaderValue;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::AuthorizedUser;
use crate::google::options::API_CLIENT;

pub(super) const SCOPE: &str = "https://www.googleapis.com/auth/accounts.reauth";
const API: &str = "https://reauth.googleapis.com";
/// What the request is, as Google's clients say it (google-auth, "metrics").
const START: HeaderValue = HeaderValue::from_static("auth-request-type/re-start");
const CONTINUE: HeaderValue = HeaderValue::from_static("auth-request-type/re-cont");
/// As many as google-auth answers.
const MAX_CHALLENGES: usize = 5;

/// What answers Google's challenges: a program in which a person sits.
#[async_trait]
pub trait ReauthChallenges: Send + Sync + 'static {
    /// Whose answers they are, as far as it tells one user's credentials from another's: credentials that are given other challenges are
    /// others. [`Fingerprint::of_type`] where all values answer the same; [`Fingerprint::unique`] for what cannot be told from others.
    /// Asked once, when it is given.
    fn identity(&self) -> Fingerprint;

    /// The person's password.
    ///
    /// # Errors
    ///
    /// Why there is none.
    async fn password(&self) -> Result<SecretString>;

    /// The answer of the person's security key to this challenge, as the reauthentication API takes it (`securityKey`). Unsupported
    /// unless overridden.
    ///
    /// # Errors
    ///
    /// Why there is none.
    async fn security_key(&self, challenge: &Value) -> Result<Value> {
        let _ = challenge;
        Err(Error::unsupported(
            "no security key can be asked here: log in again, or implement `ReauthChallenges::security_key`",
        ))
    }
}

/// Whether the user has to authenticate again.
fn is_demanded(error: &Error) -> bool {
    is_said(error.oauth_code(), error.error_member("error_subtype"))
}

/// What asks for a user's proof is no end of their login: after it the refresh token is as good as before.
pub(crate) fn keep_refresh_token(answer: &mut TokenAnswer) {
    if is_said(answer.get("error").and_then(Value::as_str), answer.get("error_subtype")) {
        answer.keep_refresh_token();
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as a hook is")]
pub(super) fn read_answer(answer: &mut TokenAnswer) -> Result<()> {
    keep_refresh_token(answer);
    Ok(())
}

fn is_said(code: Option<&str>, subtype: Option<&Value>) -> bool {
    code == Some("invalid_grant") && matches!(subtype.and_then(Value::as_str), Some("invalid_rapt" | "rapt_required"))
}

/// The proof of the moment, for all that use the same credentials.
#[derive(Clone)]
pub(super) struct RaptToken {
    now: Arc<Mutex<Option<SecretString>>>,
    /// Of the token that was configured: one that a challenge has brought since then is the same user's.
    identity: Fingerprint,
}

impl RaptToken {
    pub(super) fn new(token: SecretString) -> Self {
        let identity = Fingerprint::builder().secret("rapt", token.expose_secret()).build();
        Self { now: Arc::new(Mutex::new(Some(token))), identity }
    }

    pub(super) fn identity(&self) -> Fingerprint {
        self.identity
    }

    pub(super) fn get(&self) -> Option<SecretString> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(&self, token: SecretString) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }
}

impl Default for RaptToken {
    fn default() -> Self {
        Self { now: Arc::default(), identity: Fingerprint::new("rapt", "none") }
    }
}

impl fmt::Debug for RaptToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RaptToken")
    }
}

impl AuthorizedUser {
    /// With this refresh token, or with the one that was configured and what came in its place.
    pub(super) async fn refreshed(&self, refresh_token: Option<&RefreshToken>) -> Result<OAuthToken> {
        let grant = self.grant()?;
        let (error, challenges) = match (refresh(grant, refresh_token).await, &self.challenges) {
            (Err(error), Some((_, challenges))) if is_demanded(&error) => (error, challenges),
            (outcome, _) => return outcome,
        };
        let for_session = self.grant_of_session()?.ok_or(error)?;
        let session = refresh(&for_session, refresh_token).await?;
        // That request may have replaced the refresh token, as any other.
        let successor = refresh_token.and(session.refresh_token()).cloned();
        let (scopes, transport) = (self.options.scopes(), self.options.transport.clone());
        let session = Session::new(self.reauth_url.as_deref(), session, scopes, transport);
        self.rapt.set(session.run(&**challenges).await?);
        let token = refresh(grant, successor.as_ref().or(refresh_token)).await?;
        Ok(match successor {
            Some(successor) if token.refresh_token().is_none() => token.with_refresh_token(successor),
            _ => token,
        })
    }
}

/// The grant keeps by itself what comes in place of a configured refresh token.
async fn refresh(grant: &NamedGrant, refresh_token: Option<&RefreshToken>) -> Result<OAuthToken> {
    match refresh_token {
        Some(refresh_token) => grant.refresh_token(refresh_token).await,
        None => grant.get_token().await,
    }
}

/// One exchange of challenges and answers.
struct Session<'a> {
    api: &'a str,
    token: OAuthToken,
    scopes: &'a [String],
    transport: Option<Transport>,
}

impl<'a> Session<'a> {
    fn new(api: Option<&'a str>, token: OAuthToken, scopes: &'a [String], transport: Option<Transport>) -> Self {
        Self { api: api.unwrap_or(API), token, scopes, transport }
    }

    async fn run(&self, challenges: &dyn ReauthChallenges) -> Result<SecretString> {
        let mut start = json!({ "supportedChallengeTypes": ["SECURITY_KEY", "PASSWORD", "SAML"] });
        if !self.scopes.is_empty() {
            start["oauthScopesForDomainPolicyLookup"] = self.scopes.into();
        }
        let mut answer = self.call("/v2/sessions:start", START, &start, None).await?;
        let mut answered = 0;
        loop {
            match text(&answer, "status") {
                "AUTHENTICATED" => {
                    let proof = text(&answer, "encodedProofOfReauthToken");
                    if proof.is_empty() {
                        return Err(Error::invalid_response(
                            "Google's reauthentication has no `encodedProofOfReauthToken`",
                        ));
                    }
                    return Ok(proof.into());
                }
                "CHALLENGE_REQUIRED" | "CHALLENGE_PENDING" if answered < MAX_CHALLENGES => {
                    answer = self.answered(&answer, challenges).await?;
                    answered += 1;
                }
                "CHALLENGE_REQUIRED" | "CHALLENGE_PENDING" => {
                    return Err(Error::login_required(
                        "Google's reauthentication did not end after five challenges: log in again",
                    ));
                }
                other => {
                    return Err(Error::login_required(format!(
                        "Google's reauthentication ended with {other:?}: log in again"
                    )));
                }
            }
        }
    }

    async fn answered(&self, answer: &Value, challenges: &dyn ReauthChallenges) -> Result<Value> {
        let all = answer.get("challenges").and_then(Value::as_array).into_iter().flatten();
        let ready = all.into_iter().find(|challenge| text(challenge, "status") == "READY");
        let challenge = ready.ok_or_else(|| {
            Error::login_required("Google's reauthentication has no challenge that can be answered: log in again")
        })?;
        let mut secret = None;
        let response = match text(challenge, "challengeType") {
            "PASSWORD" => {
                let password = challenges.password().await?;
                // An empty one is none to the API.
                let password = if password.expose_secret().is_empty() { " ".into() } else { password };
                let response = json!({ "credential": password.expose_secret() });
                secret = Some(password);
                response
            }
            "SECURITY_KEY" => json!({ "securityKey": challenges.security_key(challenge).await? }),
            "SAML" => {
                return Err(Error::login_required(
                    "Google's reauthentication goes through the company's identity provider (SAML), which takes a browser: log the user \
                     in again, by `gcloud auth application-default login` or the program's own login, and use the new refresh token",
                ));
            }
            other => {
                return Err(Error::login_required(format!(
                    "Google's reauthentication asks for {other:?}, which needs a browser: log in again, by `gcloud auth login`"
                )));
            }
        };
        let session = text(answer, "sessionId");
        let body = json!({
            "sessionId": session,
            "challengeId": challenge.get("challengeId"),
            "action": "RESPOND",
            "proposalResponse": response,
        });
        let session: String = form_urlencoded::byte_serialize(session.as_bytes()).collect();
        self.call(&format!("/v2/sessions/{session}:continue"), CONTINUE, &body, secret.as_ref()).await
    }

    async fn call(&self, path: &str, kind: HeaderValue, body: &Value, secret: Option<&SecretString>) -> Result<Value> {
        let url = format!("{}{path}", self.api);
        let request =
            ServiceRequest::get("reauthentication API", url).post_json(body).bearer(self.token.access_token());
        let request = request.header(API_CLIENT, kind);
        let request = secret.into_iter().fold(request, |request, secret| request.secret(secret.expose_secret()));
        let request = self.transport.iter().cloned().fold(request, ServiceRequest::transport);
        request.send().await?.success()?.json()
    }
}

fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    object.get(member).and_then(Value::as_str).unwrap_or_default()
}
