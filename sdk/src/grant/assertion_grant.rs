use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use super::{Assertion, Grant, RequestParameters, TokenEndpoint, request_parameter_methods};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken};
use crate::transport::Repeat;
use crate::wire::Form;

/// The assertion grants: a token for an assertion of an issuer that the server trusts (RFC 7521 §4.1), a JWT (RFC 7523) or SAML 2.0
/// (RFC 7522).
///
/// ```no_run
/// use grantkit::prelude::*;
///
/// # async fn example(from_the_idp: SecretString) -> Result<()> {
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .build();
/// let token = client.jwt_bearer(from_the_idp).scope("read:invoices").get_token().await?;
/// # Ok(())
/// # }
/// ```
///
/// With a fixed assertion, credentials end when it expires: then their errors [need a login](crate::Error::needs_login). With an
/// assertion that is created for each request ([`JwtAssertion`](super::JwtAssertion), [`Assertion::from_source`]) they can always
/// get another token.
#[derive(Clone, Debug)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` for one token"]
pub struct AssertionGrant {
    endpoint: TokenEndpoint,
    profile: AssertionProfile,
    assertion: Assertion,
    /// The audience of an assertion that is made here.
    audience: String,
    parameters: RequestParameters,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum AssertionProfile {
    Jwt,
    Saml2,
}

impl AssertionProfile {
    fn grant_type(self) -> &'static str {
        match self {
            Self::Jwt => "urn:ietf:params:oauth:grant-type:jwt-bearer",
            Self::Saml2 => "urn:ietf:params:oauth:grant-type:saml2-bearer",
        }
    }
}

impl AssertionGrant {
    pub(crate) fn new(
        endpoint: TokenEndpoint,
        profile: AssertionProfile,
        assertion: Assertion,
        audience: String,
    ) -> Self {
        Self { endpoint, profile, assertion, audience, parameters: RequestParameters::default() }
    }

    /// The same with these parameters alone.
    pub(super) fn with_parameters(self, parameters: RequestParameters) -> Self {
        Self { parameters, ..self }
    }

    request_parameter_methods!();

    /// Requests one token now, without the cache.
    ///
    /// # Errors
    ///
    /// The error of the server, the network or the assertion's source.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        let assertion = self.assertion.text(&self.audience, self.endpoint.time()).await?;
        let assertion = assertion.expose_secret();
        let mut form = Form::new();
        form.push("grant_type", self.profile.grant_type());
        match self.profile {
            AssertionProfile::Saml2 if is_xml(assertion) => {
                form.hide(assertion);
                form.push_secret("assertion", &Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(assertion)));
            }
            AssertionProfile::Saml2 | AssertionProfile::Jwt => form.push_secret("assertion", assertion),
        }
        self.parameters.append_to(&mut form)?;
        // Where an assertion is good for one use, a second is refused and no harm done.
        self.endpoint.request(form, Repeat::WhenRefused).await
    }
}

/// As the issuer gives it, not as it is sent (RFC 7522 §2.1): base64url has no angle brackets.
fn is_xml(assertion: &str) -> bool {
    assertion.contains('<')
}

#[async_trait]
impl Grant for AssertionGrant {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &self.parameters.without_scopes()).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, profile, assertion, audience, parameters } = self;
        Fingerprint::builder()
            .parameter("grant_type", profile.grant_type())
            .part("endpoint", endpoint.fingerprint())
            .part("assertion", assertion.fingerprint(audience))
            .part("parameters", parameters.fingerprint())
            .build()
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn Grant>> {
        Some(Arc::new(Self { parameters: self.parameters.with_scopes(scopes), ..self.clone() }))
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}
