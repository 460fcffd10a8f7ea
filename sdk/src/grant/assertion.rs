use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::JwtAssertion;
use crate::client_auth::{AssertionSource, identified_source};
use crate::error::Result;
use crate::fingerprint::{Fingerprint, Identified};
use crate::time::Time;
use crate::token::ExchangedToken;

/// An assertion for a token request (RFC 7521 §3): given once, or created for each request.
///
/// ```
/// use grantkit::grant::{Assertion, JwtAssertion};
/// use grantkit::keys::SigningKey;
///
/// let given: Assertion = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln".into();
/// # let key = SigningKey::generate(grantkit::keys::SigningAlgorithm::Es256)?;
/// let signed: Assertion = JwtAssertion::new(key, "https://idp.example", "alice").into();
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct Assertion(Origin);

#[derive(Clone)]
enum Origin {
    Given(SecretString),
    Asked(Identified<dyn AssertionSource>),
    /// A new one for each request, by the client's clock.
    Signed(Arc<JwtAssertion>),
}

impl Assertion {
    /// An assertion that the source supplies for each request, with the server's issuer (or its token endpoint) as the audience.
    ///
    /// Its [`identity`](AssertionSource::identity) is part of the token's identity. If it
    /// [speaks for this machine](AssertionSource::speaks_for_this_machine), the tokens are put into no store.
    pub fn from_source(source: impl AssertionSource + 'static) -> Self {
        Self(Origin::Asked(identified_source(source)))
    }

    /// For this audience, and by this clock where it is made here.
    pub(super) async fn text(&self, audience: &str, time: &Time) -> Result<SecretString> {
        match &self.0 {
            Origin::Given(text) => Ok(text.clone()),
            Origin::Asked(source) => source.assertion(audience).await,
            Origin::Signed(assertion) => assertion.signed(audience, time).await,
        }
    }

    /// `audience` is the assertion's audience, if it comes from a source.
    pub(super) fn fingerprint(&self, audience: &str) -> Fingerprint {
        match &self.0 {
            Origin::Given(text) => Fingerprint::builder().secret("text", text.expose_secret()).build(),
            Origin::Asked(source) => {
                Fingerprint::builder().part("source", source.identity()).parameter("audience", audience).build()
            }
            Origin::Signed(assertion) => {
                Fingerprint::builder().part("source", assertion.identity()).parameter("audience", audience).build()
            }
        }
    }
}

impl From<SecretString> for Assertion {
    fn from(text: SecretString) -> Self {
        Self(Origin::Given(text))
    }
}

impl From<JwtAssertion> for Assertion {
    fn from(assertion: JwtAssertion) -> Self {
        Self(Origin::Signed(Arc::new(assertion)))
    }
}

impl From<String> for Assertion {
    fn from(text: String) -> Self {
        Self::from(SecretString::from(text))
    }
}

impl From<&str> for Assertion {
    fn from(text: &str) -> Self {
        Self::from(SecretString::from(text))
    }
}

/// What an exchange issued, as where one server vouches for a user to another.
impl From<&ExchangedToken> for Assertion {
    fn from(token: &ExchangedToken) -> Self {
        Self::from(token.secret())
    }
}

impl fmt::Debug for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Origin::Given(_) => f.write_str("Assertion([redacted])"),
            Origin::Asked(source) => f.debug_tuple("Assertion").field(source).finish(),
            Origin::Signed(assertion) => f.debug_tuple("Assertion").field(assertion).finish(),
        }
    }
}
