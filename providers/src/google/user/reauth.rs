//! A user authenticates again where the Workspace's administrator has limited sessions: the proof is a RAPT, which goes with each
//! refresh from then on.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use grantkit::transport::{ServiceRequest, Transport};
use grantkit::{Error, OAuthToken, Result, SecretString};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

pub(super) const SCOPE: &str = "https://www.googleapis.com/auth/accounts.reauth";
const API: &str = "https://reauth.googleapis.com";
/// As many as google-auth answers.
const MAX_CHALLENGES: usize = 5;

/// What answers Google's challenges: a program in which a person sits.
#[async_trait]
pub trait ReauthChallenges: Send + Sync + 'static {
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
pub(super) fn is_demanded(error: &Error) -> bool {
    let subtype = error.error_member("error_subtype").and_then(Value::as_str);
    error.oauth_code() == Some("invalid_grant") && matches!(subtype, Some("invalid_rapt" | "rapt_required"))
}

/// The proof of the moment, for all that use the same credentials.
#[derive(Clone, Default)]
pub(super) struct RaptToken(Arc<Mutex<Option<SecretString>>>);

impl RaptToken {
    pub(super) fn new(token: SecretString) -> Self {
        Self(Arc::new(Mutex::new(Some(token))))
    }

    pub(super) fn get(&self) -> Option<SecretString> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(&self, token: SecretString) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }
}

impl fmt::Debug for RaptToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RaptToken")
    }
}

/// One exchange of challenges and answers.
pub(super) struct Session<'a> {
    api: &'a str,
    token: OAuthToken,
    scopes: &'a [String],
    transport: Option<Transport>,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        api: Option<&'a str>,
        token: OAuthToken,
        scopes: &'a [String],
        transport: Option<Transport>,
    ) -> Self {
        Self { api: api.unwrap_or(API), token, scopes, transport }
    }

    pub(super) async fn run(&self, challenges: &dyn ReauthChallenges) -> Result<SecretString> {
        let mut start = json!({ "supportedChallengeTypes": ["SECURITY_KEY", "PASSWORD", "SAML"] });
        if !self.scopes.is_empty() {
            start["oauthScopesForDomainPolicyLookup"] = self.scopes.into();
        }
        let mut answer = self.call("/v2/sessions:start", &start, None).await?;
        for _ in 0..MAX_CHALLENGES {
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
                "CHALLENGE_REQUIRED" | "CHALLENGE_PENDING" => answer = self.answered(&answer, challenges).await?,
                other => {
                    return Err(Error::login_required(format!(
                        "Google's reauthentication ended with {other:?}: log in again"
                    )));
                }
            }
        }
        Err(Error::login_required("Google's reauthentication did not end after five challenges: log in again"))
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
        self.call(&format!("/v2/sessions/{session}:continue"), &body, secret.as_ref()).await
    }

    async fn call(&self, path: &str, body: &Value, secret: Option<&SecretString>) -> Result<Value> {
        let url = format!("{}{path}", self.api);
        let request =
            ServiceRequest::get("reauthentication API", url).post_json(body).bearer(self.token.access_token());
        let request = secret.into_iter().fold(request, |request, secret| request.secret(secret.expose_secret()));
        let request = self.transport.iter().cloned().fold(request, ServiceRequest::transport);
        request.send().await?.success()?.json()
    }
}

fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    object.get(member).and_then(Value::as_str).unwrap_or_default()
}
