use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::error::{Challenge, Error, Fault, Result};
use crate::keys::dpop::{DpopKey, ProofOfPossession, RequestFactory, nonce_asked_by_api, send_with_dpop};
use crate::lenient::{self, Members};
use crate::oidc::SignedMessages;
use crate::telemetry::Endpoint;
use crate::text::ServerText;
use crate::token::{OAuthToken, TokenType};
use crate::transport::{Answer, OutgoingRequest, Repeat, Transport};
use crate::wire::{EndpointUrl, read_failure};

const WHAT: &str = "the userinfo answer";

/// The userinfo endpoint (OpenID Connect Core §5.3): claims about the user who logged in.
///
/// A signed answer is verified with the issuer's keys, as ID tokens are, and an encrypted one is decrypted first (feature `oidc`).
/// If the client is [registered](crate::client::ClientBuilder::userinfo_signed_response_alg) for signed answers, no other is accepted.
///
/// ```
/// use grantkit::prelude::*;
///
/// # async fn example(client: Client, credentials: Credentials, subject: &str) -> Result<()> {
/// // `subject` is the `sub` of the ID token: claims about another person are an error.
/// let claims = client.userinfo()?.fetch(&credentials.token().await?, subject).await?;
/// let email = claims.get("email").and_then(|email| email.as_str());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Userinfo {
    url: EndpointUrl,
    transport: Result<Transport>,
    dpop: Option<DpopKey>,
    signed_messages: SignedMessages,
}

/// Claims about a user. `Debug` shows the names of the claims only.
#[derive(Clone, Deserialize)]
pub struct UserinfoClaims {
    sub: String,
    #[serde(flatten)]
    further: BTreeMap<String, Value>,
}

impl Userinfo {
    pub(crate) fn new(url: EndpointUrl, transport: Result<Transport>, signed_messages: SignedMessages) -> Self {
        Self { url, transport, dpop: None, signed_messages }
    }

    /// With the key that the client's tokens are bound to.
    pub(crate) fn with_dpop(self, dpop: Option<DpopKey>) -> Self {
        Self { dpop, ..self }
    }

    /// Fetches the claims of the user with this `sub`, that of the ID token.
    ///
    /// # Errors
    ///
    /// The error of the server, with its [`challenge`](Error::challenge), or of the network; [`is_token_expired`](Error::is_token_expired)
    /// for a token that is known to have expired, which is not sent; [`is_security`](Error::is_security) if the claims are of another user
    /// (OpenID Connect Core §5.3.2).
    pub async fn fetch(&self, token: &OAuthToken, subject: &str) -> Result<UserinfoClaims> {
        let claims = self.danger_fetch_any_subject(token).await?;
        if claims.sub != subject {
            return Err(Error::new(
                Fault::Security,
                format!(
                    "the userinfo answer is of another user than the ID token: its `sub` is {:?}, not {:?} (OpenID Connect Core \
                     §5.3.2)",
                    ServerText::identifier(&claims.sub),
                    ServerText::identifier(subject)
                ),
            ));
        }
        Ok(claims)
    }

    /// Fetches the claims without comparing their `sub` with an ID token. This gives up the check that they are of the user who logged
    /// in.
    ///
    /// # Errors
    ///
    /// The error of the server or the network; [`is_token_expired`](Error::is_token_expired) as for [`fetch`](Self::fetch).
    pub async fn danger_fetch_any_subject(&self, token: &OAuthToken) -> Result<UserinfoClaims> {
        if token.is_expired(Duration::ZERO) {
            return Err(Error::token_expired("has expired, and was not sent to the userinfo endpoint").not_sent());
        }
        let answer = self.ask(token).await?;
        if !answer.status().is_success() {
            let secret = token.access_token().secret();
            let secrets = std::iter::once(secret);
            let failure = read_failure("userinfo endpoint", answer.status(), answer.headers(), answer.body(), secrets);
            return Err(failure.with_challenges(Challenge::without_secrets(answer.headers(), [secret])));
        }
        if is_jwt(answer.headers()) || is_compact(answer.body()) {
            let claims = self.signed_messages.verify_userinfo(answer.body()).await?;
            return UserinfoClaims::of(Members::of(claims, WHAT));
        }
        self.signed_messages.check_plain_userinfo()?;
        UserinfoClaims::of(Members::read(answer.body(), WHAT, "OpenID Connect Core §5.3.2")?)
    }

    /// With a new proof each time, where the token is bound to a key; where the server asks for a nonce in it, once more
    /// (RFC 9449 §9).
    async fn ask(&self, token: &OAuthToken) -> Result<Answer> {
        let transport = self.transport.as_ref().map_err(Clone::clone)?;
        let key = self.key_of(token)?;
        let proof = key.map(|key| ProofOfPossession {
            key,
            url: self.url.url(),
            token: Some(token.access_token()),
            asked_nonce: |answer| nonce_asked_by_api(answer.status(), answer.headers()),
        });
        send_with_dpop(transport, Repeat::Idempotent, proof, &mut GetFactory { url: &self.url, token }).await
    }

    /// The key that the token is bound to, where it is.
    fn key_of(&self, token: &OAuthToken) -> Result<Option<&DpopKey>> {
        match token.token_type() {
            TokenType::Bearer => Ok(None),
            TokenType::DPoP => self.dpop.as_ref().map(Some).ok_or_else(|| {
                Error::configuration(
                    "the token is bound to a key (DPoP), and the client has none: give it the key that the token was issued for, \
                     by `.dpop(..)` on its builder",
                )
            }),
        }
    }
}

/// Makes the request with a token.
struct GetFactory<'a> {
    url: &'a EndpointUrl,
    token: &'a OAuthToken,
}

impl RequestFactory for GetFactory<'_> {
    async fn request(&mut self) -> Result<OutgoingRequest<'_>> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, self.token.authorization_header());
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let url = Cow::Borrowed(self.url);
        Ok(OutgoingRequest::new(Endpoint::Userinfo, Method::GET, url, headers, Zeroizing::default()))
    }
}

fn is_jwt(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/jwt")
}

/// Whether it is a signed or an encrypted JWT that came under another content type, as of some servers: it is no JSON, and says nothing
/// unless it is verified.
fn is_compact(body: &[u8]) -> bool {
    let text = body.trim_ascii();
    let parts = text.split(|byte| *byte == b'.').count();
    let is_of_a_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    matches!(parts, 3 | 5) && text.iter().all(is_of_a_part)
}

impl UserinfoClaims {
    fn of(mut members: Members<'_>) -> Result<Self> {
        // An empty one is no user's, and so another's than the ID token's.
        let sub = match members.take("sub") {
            Some(Value::String(sub)) => sub,
            Some(_) => return Err(members.wrong("sub", "is not text")),
            None => return Err(members.missing("sub")),
        };
        Ok(Self { sub, further: members.rest().into_iter().collect() })
    }

    /// The user, as the issuer calls them.
    pub fn subject(&self) -> &str {
        &self.sub
    }

    /// All of them.
    pub(crate) fn to_json(&self) -> Value {
        let all = self.further.iter().map(|(name, value)| (name.clone(), value.clone()));
        Value::Object(all.chain([("sub".to_owned(), Value::from(self.sub.as_str()))]).collect())
    }

    /// Any claim by name (OpenID Connect Core §5.1).
    pub fn get(&self, claim: &str) -> Option<&Value> {
        self.further.get(claim)
    }

    /// All claims but `sub`, as a custom type.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) if they do not fit the type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::to_value(&self.further)
            .and_then(lenient::read_value)
            .map_err(|_| Error::invalid_response(format!("the claims do not fit {}", std::any::type_name::<T>())))
    }
}

impl fmt::Debug for UserinfoClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UserinfoClaims").field(&self.further.keys().collect::<Vec<_>>()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jwt_is_known_by_its_form() {
        for jwt in ["e30.e30.c2ln", " e30.e30.c2ln\r\n", "e30.a-b_.iv.text.tag", "e30..iv.text.tag"] {
            assert!(is_compact(jwt.as_bytes()), "{jwt}");
        }
        for other in ["", "{}", "alice", "a.b", "a.b.c.d", r#"{"sub":"a.b.c"}"#, "a.b c.d", "\"a.b.c\""] {
            assert!(!is_compact(other.as_bytes()), "{other}");
        }
    }

    /// What its siblings take: a byte-order mark, claims of another type; never an array, and never without the user.
    #[test]
    fn an_answer_is_read_as_leniently_as_others() {
        let read = |json: &str| UserinfoClaims::of(Members::read(json.as_bytes(), WHAT, "OpenID Connect Core §5.3.2")?);
        let claims = read("\u{feff}{\"sub\":\"alice\",\"email\":7,\"amr\":\"pwd\"}").unwrap();
        assert_eq!((claims.subject(), claims.get("email")), ("alice", Some(&Value::from(7))));
        for (json, said) in [
            (r#"["alice"]"#, "JSON object"),
            (r#"{"sub":"alice","sub":"mallory"}"#, "JSON object"),
            (r#"{"sub":7}"#, "`sub`"),
            ("{}", "`sub`"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.is_invalid_response() && error.to_string().contains(said), "{json}: {error}");
        }
    }
}
