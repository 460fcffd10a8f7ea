use std::fmt;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::{Error, Result, SecretString};
use secrecy::ExposeSecret as _;

use super::environment::variable;

/// The ID token of a job in GitLab CI (GitLab Docs, "OpenID Connect (OIDC) Authentication Using ID Tokens").
///
/// The job names the variable and the audience; the token is good for as long as the job may run.
///
/// ```yaml
/// id_tokens:
///   GITLAB_OIDC_TOKEN:
///     aud: https://as.example
/// ```
#[derive(Clone)]
pub struct GitLabCi {
    token: SecretString,
}

impl GitLabCi {
    /// The variable in the examples of GitLab's documentation.
    pub const VARIABLE: &'static str = "GITLAB_OIDC_TOKEN";

    /// The token in this variable.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the variable is not set.
    pub fn from_env(name: &str) -> Result<Self> {
        let token = variable(name).ok_or_else(|| {
            Error::configuration(format!(
                "the environment variable {name} is not set: run this in GitLab CI, in a job with `id_tokens: {name}: aud: ..`"
            ))
        })?;
        Ok(Self { token: token.into() })
    }
}

#[async_trait]
impl AssertionSource for GitLabCi {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        Ok(self.token.clone())
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::builder().secret("gitlab-ci", self.token.expose_secret()).build()
    }

    /// Its identity is the digest of a secret that no other job has.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

impl fmt::Debug for GitLabCi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GitLabCi").finish_non_exhaustive()
    }
}
