use clap::{Args, ValueEnum};
use serde_json::json;

use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::helper;
use crate::screen::Screen;
use crate::time::rfc3339;

/// Print an access token that is valid, refreshed first if it has expired
#[derive(Args, Debug)]
pub(crate) struct Token {
    #[command(flatten)]
    profile: ProfileChoice,
    /// Answer as another program's credential helper
    #[arg(long = "as", value_name = "PROGRAM")]
    helper: Option<Helper>,
    /// What git or docker adds: get, store, erase, list
    #[arg(value_name = "OPERATION", requires = "helper", hide = true)]
    operation: Option<String>,
    /// The ID token in place of the access token, as Kubernetes wants it
    #[arg(long = "id-token", id = "id_token")]
    of_identity: bool,
    /// Refresh it first, even if it has not expired
    #[arg(long)]
    fresh: bool,
    /// Print the header line, as for `curl -H @-`
    #[arg(long, conflicts_with_all = ["helper", "id_token", "json"])]
    header: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// A program that asks a helper for credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Helper {
    /// git's credential.helper
    Git,
    /// docker's credHelpers
    Docker,
    /// An exec plugin of kubectl (`client.authentication.k8s.io/v1`)
    Kubectl,
    /// Lines of an .npmrc, for the profile's hosts
    Npm,
}

impl Token {
    pub(crate) async fn run(mut self, screen: Screen) -> Result<(), Failure> {
        if let Some(helper @ (Helper::Git | Helper::Docker)) = self.helper {
            // git and docker add their word at the end, where the profile may have been left out.
            let operation = self.operation.take().or_else(|| self.profile.take_word());
            let operation = operation.ok_or_else(|| {
                Failure::usage("git and docker say what they want: get, store or erase").or_next("grantkit help token")
            })?;
            let profile = self.profile.name();
            return match helper {
                Helper::Git => helper::git::answer(profile, &operation, screen).await,
                _ => helper::docker::answer(profile, &operation, screen).await,
            };
        }
        let service = super::service(self.profile.name()).await?;
        let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(&service.name);
        let credentials = service.credentials()?;
        let mut token = service.token(&credentials).await?;
        if self.fresh {
            // Another one than that which this process has seen.
            token = credentials.refresh().await.map_err(of_profile)?;
        }
        let secret = if self.of_identity {
            token.id_token().ok_or_else(|| {
                Failure::configuration("the login has no ID token: it takes the scope `openid`")
                    .of_profile(&service.name)
            })?
        } else {
            token.access_token().secret()
        };
        if self.helper == Some(Helper::Kubectl) {
            // The end of an ID token is its own.
            let end = if self.of_identity {
                token.id_token_claims().map(grantkit::token::IdTokenClaims::expires_at)
            } else {
                token.expires_at()
            };
            return helper::kubectl::answer(secret, end, screen);
        }
        if self.helper == Some(Helper::Npm) {
            return helper::npm::answer(&service.name, &service.profile, secret, screen);
        }
        if self.header {
            return screen.line(&format!("Authorization: {} {secret}", token.token_type().scheme()));
        }
        if screen.is_json() {
            return screen.json(&json!({
                "profile": service.name,
                "token": secret,
                "token_type": token.token_type().scheme(),
                "scope": token.scope(),
                "expires_at": token.expires_at().and_then(rfc3339),
            }));
        }
        if credentials.dpop_key().is_some() && !self.of_identity && screen.is_result_watched() {
            screen.advice("This token is bound to a key (DPoP): it is of use with `grantkit call` alone.");
        }
        screen.line(secret)
    }
}
