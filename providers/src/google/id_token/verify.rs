use grantkit::oidc::IdTokenVerifier;
use grantkit::token::IdTokenClaims;
use grantkit::transport::Transport;
use grantkit::{Error, Result};

/// Google's keys.
const CERTS: &str = "https://www.googleapis.com/oauth2/v3/certs";
/// Google goes by both (OpenID Connect at Google, "Validating an ID token").
const ISSUERS: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];

/// Verifies an ID token of Google's that was sent to this program, for one of its client IDs, or for its own URL: of a person who used
/// "Sign in with Google", or of a program (Google Cloud, "Validate ID tokens").
///
/// ```no_run
/// # async fn example(credential: &str) -> grantkit::Result<()> {
/// let claims = grantkit_providers::google::id_token::verify(credential, ["123.apps.googleusercontent.com"]).await?;
/// println!("{}", claims.subject());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`is_security`](Error::is_security) names the check that failed; or the error of fetching Google's keys.
pub async fn verify<S: Into<String>>(id_token: &str, audiences: impl IntoIterator<Item = S>) -> Result<IdTokenClaims> {
    Verifier::new(audiences)?.verify(id_token).await
}

/// The same with further conditions.
#[derive(Clone, Debug)]
#[must_use = "call `.verify(..)`"]
pub struct Verifier {
    audiences: Vec<String>,
    tokens: IdTokenVerifier,
    hosted_domain: Option<String>,
}

impl Verifier {
    /// For tokens with one of these audiences.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where there is none: a token for any audience proves nothing to this program.
    pub fn new<S: Into<String>>(audiences: impl IntoIterator<Item = S>) -> Result<Self> {
        let audiences: Vec<String> = audiences.into_iter().map(Into::into).collect();
        if audiences.is_empty() || audiences.iter().any(|audience| audience.trim().is_empty()) {
            return Err(Error::configuration(
                "ID tokens are verified for an audience: give the client ID, or the URL of the service that they are sent to",
            ));
        }
        let tokens = Self::tokens(CERTS, &audiences)?;
        Ok(Self { audiences, tokens, hosted_domain: None })
    }

    /// Takes the keys from this JWK set, in place of Google's.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn certs_url(mut self, url: &str) -> Result<Self> {
        self.tokens = Self::tokens(url, &self.audiences)?;
        Ok(self)
    }

    /// Accepts people of this Workspace domain alone (`hd`). What a login asks for by `hd` is only a hint to Google.
    pub fn hosted_domain(mut self, domain: impl Into<String>) -> Self {
        self.hosted_domain = Some(domain.into());
        self
    }

    /// Fetches the keys over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.tokens = self.tokens.transport(transport);
        self
    }

    /// Verifies signature, issuer, audience, times and domain.
    ///
    /// # Errors
    ///
    /// As [`verify`].
    pub async fn verify(&self, id_token: &str) -> Result<IdTokenClaims> {
        let claims = self.tokens.verify(id_token).await?;
        if let Some(domain) = &self.hosted_domain
            && claims.get("hd").and_then(|value| value.as_str()) != Some(domain)
        {
            return Err(Error::security(format!(
                "the ID token is refused: its `hd` is not the Workspace domain {domain:?}"
            )));
        }
        Ok(claims)
    }

    fn tokens(certs: &str, audiences: &[String]) -> Result<IdTokenVerifier> {
        let tokens = ISSUERS.into_iter().try_fold(IdTokenVerifier::from_jwks_uri(certs)?, IdTokenVerifier::issuer)?;
        Ok(audiences.iter().fold(tokens, IdTokenVerifier::audience))
    }
}
