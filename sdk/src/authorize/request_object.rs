use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;

use super::{AuthorizationCode, PendingLogin};
use crate::error::{Error, Result};
use crate::keys::{self, Signer};
use crate::random::random_id;
use crate::wire::Form;

/// A person's browser takes it to the server at once.
const LIFETIME: Duration = Duration::from_mins(5);

/// Signed requests (RFC 9101).
impl AuthorizationCode {
    /// Signs the authorization request (JAR, RFC 9101), so that it cannot be changed on the way: it then begins with
    /// [`start_signed`](Self::start_signed), or with [`push`](Self::push).
    ///
    /// ```
    /// use grantkit::prelude::*;
    /// use grantkit::keys::{SigningAlgorithm, SigningKey};
    ///
    /// # async fn example() -> Result<()> {
    /// let key = SigningKey::generate(SigningAlgorithm::Es256)?.with_key_id("app-2026"); // the server has the public half
    /// let client = Client::builder().client_id("app").public().discover("https://as.example").await?;
    /// let login = client.authorization_code(RedirectUri::new("https://app.example/callback")?)?.request_signer(key);
    /// let (url, pending) = login.start_signed().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request_signer(mut self, signer: impl Signer + 'static) -> Self {
        self.request_signer = Some(Arc::new(signer));
        self
    }

    /// Sets how long a signed request is valid, in whole seconds; 5 minutes unless set.
    pub fn request_lifetime(mut self, lifetime: Duration) -> Self {
        self.request_lifetime = Some(lifetime);
        self
    }

    /// As [`start`](Self::start), with the request in a JWT that the [`request_signer`](Self::request_signer) has signed.
    ///
    /// # Errors
    ///
    /// As `start`; [`is_configuration`](Error::is_configuration) where there is no signer, the client does not know the
    /// server's issuer, for which the request is, or the server's metadata does not list the signer's algorithm
    /// (`request_object_signing_alg_values_supported`); or why it could not be signed.
    pub async fn start_signed(&self) -> Result<(Url, PendingLogin)> {
        self.found().await?.start_signed_found().await
    }

    async fn start_signed_found(&self) -> Result<(Url, PendingLogin)> {
        self.check_not_pushed()?;
        if self.request_signer.is_none() {
            return Err(Error::configuration("the request is not signed: call `.request_signer(..)`, or `.start()`"));
        }
        let (parameters, pending) = self.request()?;
        Ok((self.address(&self.signed(parameters).await?), pending))
    }

    /// Puts the parameters into a request object, if there is a signer.
    pub(super) async fn signed(&self, mut parameters: Form) -> Result<Form> {
        let Some(signer) = &self.request_signer else { return Ok(parameters) };
        let signer = self.request_algorithms().signer("the key of `.request_signer(..)`", signer)?;
        let issuer = self.issuer().ok_or_else(|| {
            Error::configuration(
                "a signed request is for one server, by its issuer (RFC 9101 §4): call `.issuer(..)` on the builder, or end \
                 that with `.discover(issuer)`",
            )
        })?;
        let now = self.time().issued_at()?;
        let lifetime = self.request_lifetime.unwrap_or(LIFETIME);
        let mut claims = claims(&parameters)?;
        let own = [
            ("iss", self.client_id().into()),
            ("aud", issuer.into()),
            ("iat", now.into()),
            ("nbf", now.into()),
            ("exp", now.saturating_add(lifetime.as_secs()).into()),
            ("jti", random_id()?.into()),
        ];
        claims.extend(own.map(|(name, value): (_, Value)| (name.to_owned(), value)));
        let request = keys::sign(&*signer, "oauth-authz-req+jwt", &claims).await?;
        let request = match self.request_encryption {
            Some(encryption) => {
                self.signed_messages().encrypt_request(&request, encryption, self.client_secret()).await?
            }
            None => request,
        };
        // OpenID Connect Core §6.1 wants these outside, too; a server that goes by RFC 9101 §6.3 ignores them there.
        let is_openid = self.asks_for_id_token();
        let outside = |name: &str| name == "client_id" || is_openid && (name == "response_type" || name == "scope");
        parameters.retain(outside);
        // It is all of them, in an encoding of its own.
        parameters.push_secret("request", &request);
        Ok(parameters)
    }

    /// Encryption alone does not say whose the request is (RFC 9101 §6.1).
    pub(super) fn check_encryption(&self) -> Result<()> {
        if self.request_encryption.is_some() && self.request_signer.is_none() {
            return Err(Error::configuration(
                "a request that is encrypted has to be signed first (RFC 9101 §6.1): call `.request_signer(..)`",
            ));
        }
        Ok(())
    }

    /// A signature may come from elsewhere, and takes waiting for.
    pub(super) fn check_not_signed(&self) -> Result<()> {
        if self.request_signer.is_some() {
            return Err(Error::configuration(
                "this login's request is signed: call `.start_signed().await` or `.push().await`",
            ));
        }
        Ok(())
    }
}

/// The parameters as JSON has them (RFC 9101 §4): numbers and JSON as such, what is there several times as an array.
fn claims(parameters: &Form) -> Result<Map<String, Value>> {
    let mut claims = Map::new();
    for (name, text, _) in parameters.iter() {
        let value = match name {
            "max_age" | "claims" | "authorization_details" => serde_json::from_str(text).map_err(|_| {
                Error::configuration(format!(
                    "the parameter `{name}` is not valid JSON, and cannot be put into a signed request"
                ))
            })?,
            _ => Value::from(text),
        };
        match claims.get_mut(name) {
            None => {
                claims.insert(name.to_owned(), value);
            }
            Some(Value::Array(several)) => several.push(value),
            Some(first) => *first = Value::from(vec![first.take(), value]),
        }
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_parameter_is_what_it_is_in_json() {
        let pairs = [
            ("scope", "openid 1"),
            ("max_age", "60"),
            ("claims", r#"{"id_token":{"acr":null}}"#),
            ("authorization_details", r#"[{"type":"payment"}]"#),
            ("resource", "https://a.example"),
            ("resource", "https://b.example"),
            ("resource", "https://c.example"),
        ];
        let mut parameters = Form::new();
        for (name, value) in pairs {
            parameters.push(name, value);
        }
        let expected = json!({
            "scope": "openid 1",
            "max_age": 60,
            "claims": { "id_token": { "acr": null } },
            "authorization_details": [{ "type": "payment" }],
            "resource": ["https://a.example", "https://b.example", "https://c.example"],
        });
        assert_eq!(Value::from(claims(&parameters).unwrap()), expected);
        parameters.set("claims", "{");
        assert!(claims(&parameters).unwrap_err().is_configuration());
    }
}
