use std::fmt;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::{Result, SecretString};
use secrecy::ExposeSecret as _;

use super::environment::required;

/// The token of a run in HCP Terraform and Terraform Enterprise (HCP Terraform, "Manually Generate Workload Identity Tokens").
///
/// The workspace sets `TFC_WORKLOAD_IDENTITY_AUDIENCE`, or `TFC_WORKLOAD_IDENTITY_AUDIENCE_<TAG>` for one of several tokens.
#[derive(Clone)]
pub struct TerraformCloud {
    token: SecretString,
}

impl TerraformCloud {
    /// The run's token: from `TFC_WORKLOAD_IDENTITY_TOKEN`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) where the variable is not set.
    pub fn from_env() -> Result<Self> {
        Self::of("TFC_WORKLOAD_IDENTITY_TOKEN", "TFC_WORKLOAD_IDENTITY_AUDIENCE")
    }

    /// One of several: from `TFC_WORKLOAD_IDENTITY_TOKEN_<TAG>`.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn tagged(tag: &str) -> Result<Self> {
        Self::of(&format!("TFC_WORKLOAD_IDENTITY_TOKEN_{tag}"), &format!("TFC_WORKLOAD_IDENTITY_AUDIENCE_{tag}"))
    }

    fn of(token: &str, audience: &str) -> Result<Self> {
        let otherwise =
            format!("run this in HCP Terraform, in a workspace that has {audience} as an environment variable");
        Ok(Self { token: required(token, &otherwise)?.into() })
    }
}

#[async_trait]
impl AssertionSource for TerraformCloud {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        Ok(self.token.clone())
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::builder().secret("terraform-cloud", self.token.expose_secret()).build()
    }

    /// Its identity is the digest of a secret that no other job has.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

impl fmt::Debug for TerraformCloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TerraformCloud").finish_non_exhaustive()
    }
}
