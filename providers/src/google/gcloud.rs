//! What the command `gcloud` knows.

use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::{Error, OAuthClient, OAuthToken, Result};
use tokio::process::Command;
use zeroize::Zeroizing;

use super::NAME;
use super::options::{CredentialType, Options, options_methods};
use crate::this_machine;

/// It starts Python first.
const TIMEOUT: Duration = Duration::from_secs(30);
/// A token of gcloud's lives for an hour, and gcloud does not say how much of that is over; it hands none out that ends within minutes.
const LIFETIME: Duration = Duration::from_mins(4);

/// The access token of the user who has logged in by `gcloud auth login`, for programs that a developer runs.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::GcloudUser;
///
/// let credentials = GcloudUser::new().account("alice@acme.example").credentials();
/// # let _ = credentials;
/// ```
#[derive(Clone, Debug, Default)]
pub struct GcloudUser {
    account: Option<String>,
    options: Options,
}

impl GcloudUser {
    /// The account that is active in gcloud's configuration.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another account that has logged in, by its e-mail address.
    pub fn account(mut self, email: impl Into<String>) -> Self {
        self.account = Some(email.into());
        self
    }

    options_methods!();

    /// The project of gcloud's configuration.
    pub async fn project_id(&self) -> Option<String> {
        project().await
    }

    fn changed(self) -> Self {
        self
    }
}

#[async_trait]
impl OAuthClient for GcloudUser {
    fn name(&self) -> &str {
        NAME
    }

    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let account = self.account.as_ref().map(|account| format!("--account={account}"));
        let arguments: Vec<_> = ["auth", "print-access-token"].into_iter().chain(account.as_deref()).collect();
        let token = run(&arguments).await?;
        self.options.finish(OAuthToken::new(token.trim())?.with_expires_in(LIFETIME), CredentialType::Unsaid)
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { account, options } = self;
        let builder = Fingerprint::builder().parameter("kind", "gcloud").part("options", options.fingerprint().build());
        match account {
            Some(account) => builder.parameter("account", account).build(),
            None => builder.part("machine", this_machine::identity()).build(),
        }
    }
}

super::into_credentials!(GcloudUser);

/// The project of gcloud's configuration; none where there is no gcloud.
pub(super) async fn project() -> Option<String> {
    let project = run(&["config", "get", "project"]).await.ok()?;
    let project = project.trim();
    (!project.is_empty() && project != "(unset)").then(|| project.to_owned())
}

async fn run(arguments: &[&str]) -> Result<Zeroizing<String>> {
    let program = if cfg!(windows) { "gcloud.cmd" } else { "gcloud" };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    let shown = format!("`gcloud {}`", arguments.join(" "));
    let output = tokio::time::timeout(TIMEOUT, command.output())
        .await
        .map_err(|_| Error::temporary(format!("{shown} did not end within {TIMEOUT:?}")))?
        .map_err(|error| {
            Error::configuration(format!(
                "{shown} cannot be run: install the Google Cloud CLI, or use other credentials"
            ))
            .with_source(error)
        })?;
    let stdout = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(Error::login_required(format!(
            "{shown} ended with {}: log in by `gcloud auth login`",
            output.status
        )));
    }
    let text = std::str::from_utf8(&stdout).map_err(|_| Error::invalid_response(format!("{shown} printed no text")))?;
    Ok(Zeroizing::new(text.to_owned()))
}
