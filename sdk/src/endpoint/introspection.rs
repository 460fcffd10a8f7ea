use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::TokenConfirmation;
use super::further_parameters::FurtherParameters;
use crate::client_auth::AuthenticatedEndpoint;
use crate::error::{Error, Result};
use crate::lenient::{self, Members, typed_list};
use crate::oidc::SignedMessages;
use crate::telemetry::Endpoint;
use crate::transport::Repeat;
use crate::wire::Form;

/// Begins the sentence that says what is wrong with an answer.
const WHAT: &str = "the introspection endpoint's answer";

/// The introspection endpoint (RFC 7662): tells a protected resource whether a token is active, and its claims.
///
/// ```
/// use grantkit::prelude::*;
///
/// # async fn example(secret: SecretString, token: &str) -> Result<()> {
/// let api = Client::builder().client_id("api").client_secret(secret).discover("https://as.example").await?;
/// let found = api.introspection()?.access_token(token).await?;
/// // A token that is bound to a key or a certificate needs its sender's proof, which is not checked here.
/// let is_usable = found.active && !found.is_sender_constrained();
/// let scope = found.scope.unwrap_or_default();
/// let may_read = is_usable && scope.split(' ').any(|one| one == "read:invoices");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Introspection {
    endpoint: AuthenticatedEndpoint,
    parameters: FurtherParameters,
    signed_messages: SignedMessages,
    /// Whether signed answers are asked for, and no others accepted.
    pub(super) is_signed: bool,
}

/// The server's answer about a token (RFC 7662 §2.2). The other members are meaningful only if it is `active`.
///
/// An API that accepts the token decides by more than `active`: `aud` names this API, and of a token
/// [that is bound](Self::is_sender_constrained) the sender's proof is checked. Unlike [`JwtVerifier`](crate::oidc::JwtVerifier), which refuses
/// such a token, this is an answer, also for those who only show it.
///
/// `Debug` shows nothing of the user, and of further members the names.
#[derive(Clone, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
#[non_exhaustive]
pub struct TokenIntrospection {
    /// Whether the token is valid now.
    pub active: bool,
    /// The scope, space-separated.
    pub scope: Option<String>,
    /// The client that the token was issued to.
    pub client_id: Option<String>,
    /// A name of the user, for people.
    pub username: Option<String>,
    /// How the token is presented.
    pub token_type: Option<String>,
    /// When it expires, in seconds since 1970-01-01T00:00:00Z.
    pub exp: Option<i64>,
    /// When it was issued, likewise.
    pub iat: Option<i64>,
    /// The user or service that the token is for (`sub`).
    pub sub: Option<String>,
    /// The issuer.
    pub iss: Option<String>,
    /// From when on it is valid, likewise.
    pub nbf: Option<i64>,
    /// The APIs that it is for (audience); empty if the server does not say.
    pub aud: Vec<String>,
    /// The key or certificate that it is bound to; `None` for a bearer token. Whether its sender holds that is for the API to check: see
    /// [`is_sender_constrained`](Self::is_sender_constrained).
    pub cnf: Option<TokenConfirmation>,
    /// Everything else.
    pub further: BTreeMap<String, Value>,
}

impl Introspection {
    pub(crate) fn new(endpoint: AuthenticatedEndpoint, signed_messages: SignedMessages) -> Self {
        Self {
            endpoint: endpoint.with_endpoint_kind(Endpoint::Introspection),
            parameters: FurtherParameters::default(),
            signed_messages,
            is_signed: false,
        }
    }

    /// Where it is.
    pub(crate) fn endpoint(&self) -> &AuthenticatedEndpoint {
        &self.endpoint
    }

    /// Adds a parameter to the requests, for a server that wants more than RFC 7662 §2.1 has.
    #[must_use = "call `.token(..)` or its like on what it returns"]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.add(name, value);
        self
    }

    /// Asks about a token of whatever kind, without a hint (`token_type_hint`).
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn token(&self, token: &str) -> Result<TokenIntrospection> {
        self.introspect(token, None).await
    }

    /// Asks about an access token.
    ///
    /// # Errors
    ///
    /// The error of the server or the network. An invalid token is no error, but not `active`.
    pub async fn access_token(&self, token: &str) -> Result<TokenIntrospection> {
        self.introspect(token, Some("access_token")).await
    }

    /// What is said of an access token whose holder asks who that is: the members as they came, and an error where it is not good any more.
    pub(crate) async fn of_active(&self, token: &str) -> Result<Value> {
        let found = self.access_token(token).await?;
        if !found.active {
            return Err(Error::token_expired("has ended, as the introspection endpoint says"));
        }
        let TokenIntrospection { sub, username, client_id, scope, further, .. } = found;
        let texts = [("sub", sub), ("username", username), ("client_id", client_id), ("scope", scope)];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::from(text?))));
        Ok(Value::Object(further.into_iter().chain(texts).collect()))
    }

    /// Asks about a refresh token.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn refresh_token(&self, token: &str) -> Result<TokenIntrospection> {
        self.introspect(token, Some("refresh_token")).await
    }

    async fn introspect(&self, token: &str, hint: Option<&'static str>) -> Result<TokenIntrospection> {
        let form = self.parameters.form(token, hint)?;
        if self.is_signed || self.signed_messages.requires_signed_introspection() {
            return self.introspect_signed(form).await;
        }
        let reply = self.endpoint.post(form, Repeat::AfterLoss).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure("introspection endpoint"));
        }
        TokenIntrospection::read(Members::read(reply.answer.body(), WHAT, "RFC 7662 §2.2")?)
    }

    /// RFC 9701 §4, §5.
    async fn introspect_signed(&self, form: Form) -> Result<TokenIntrospection> {
        let reply =
            self.endpoint.post_accepting("application/token-introspection+jwt", form, Repeat::AfterLoss).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure("introspection endpoint"));
        }
        let mut claims = self.signed_messages.verify_introspection(reply.answer.body()).await?;
        lenient::read_value(claims.remove("token_introspection").unwrap_or_default())
            .map_err(|_| Error::invalid_response("the signed answer has no `token_introspection` (RFC 9701 §5)"))
    }
}

impl TokenIntrospection {
    fn read(mut answer: Members<'_>) -> Result<Self> {
        // What an API decides by is not guessed at: `"true"` is neither.
        let active = match answer.take("active") {
            Some(Value::Bool(active)) => active,
            Some(_) => return Err(answer.wrong("active", "is neither true nor false")),
            None => return Err(answer.missing("active")),
        };
        let cnf = match answer.take("cnf") {
            Some(Value::Object(members)) => Some(TokenConfirmation::read(members)),
            // A token that is bound must not be taken for one that is not.
            Some(_) if active => return Err(answer.wrong("cnf", "is not an object")),
            _ => None,
        };
        Ok(Self {
            active,
            scope: answer.scope("scope"),
            client_id: answer.text("client_id"),
            username: answer.text("username"),
            token_type: answer.text("token_type"),
            exp: answer.timestamp("exp"),
            iat: answer.timestamp("iat"),
            nbf: answer.timestamp("nbf"),
            sub: answer.text("sub"),
            iss: answer.text("iss"),
            aud: answer.list("aud").unwrap_or_default(),
            cnf,
            further: answer.rest().into_iter().collect(),
        })
    }

    /// Whether the token is bound to a key or a certificate (`cnf`, RFC 7800), so that it is worth nothing without a proof: `jkt` asks for
    /// DPoP (RFC 9449 §7), `x5t#S256` for the caller's client certificate (RFC 8705 §3). No proof is checked here, nor does the server that
    /// answers see one: an API that checks none refuses such a token, as otherwise a thief could use it.
    pub fn is_sender_constrained(&self) -> bool {
        self.cnf.is_some()
    }

    /// What the token is for, in detail (RFC 9396 §9.1), as a type of your own; `None` where the answer has no
    /// `authorization_details`.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where they are no list of that type.
    pub fn authorization_details<T: serde::de::DeserializeOwned>(&self) -> Result<Option<Vec<T>>> {
        typed_list(self.further.get("authorization_details"), "authorization_details")
    }
}

/// Leniently, as the endpoint's answers are read.
impl TryFrom<Map<String, Value>> for TokenIntrospection {
    type Error = Error;

    fn try_from(members: Map<String, Value>) -> Result<Self> {
        Self::read(Members::of(members, WHAT))
    }
}

impl fmt::Debug for TokenIntrospection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenIntrospection")
            .field("active", &self.active)
            .field("scope", &self.scope)
            .field("client_id", &self.client_id)
            .field("token_type", &self.token_type)
            .field("exp", &self.exp)
            .field("cnf", &self.cnf.as_ref().map(|_| "[redacted]"))
            .field("further", &self.further.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_that_is_bound_is_told_from_a_bearer_token() {
        let read = |answer| serde_json::from_value::<TokenIntrospection>(answer).unwrap();
        assert!(!read(json!({ "active": true })).is_sender_constrained());
        assert!(!read(json!({ "active": true, "cnf": null })).is_sender_constrained());
        for cnf in [json!({ "jkt": "0ZcO" }), json!({ "x5t#S256": "bwcK" }), json!({ "other": 1 }), json!({})] {
            assert!(read(json!({ "active": true, "cnf": cnf })).is_sender_constrained(), "{cnf}");
        }
    }

    #[test]
    fn nothing_of_the_user_shows() {
        let answer =
            json!({ "active": true, "sub": "alice", "username": "al1ce", "scope": "read", "cnf": { "jkt": "0ZcO" } });
        let shown = format!("{:#?}", serde_json::from_value::<TokenIntrospection>(answer).unwrap());
        assert!(!["alice", "al1ce", "0ZcO"].iter().any(|value| shown.contains(value)), "{shown}");
        assert!(["active", "read", "cnf"].iter().all(|value| shown.contains(value)), "{shown}");
    }
}
