use clap::Args;
use serde_json::json;

use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::screen::Screen;
use crate::{dpop_key, identity, renewal, revoked};

/// Revoke the tokens at the server, and forget them
#[derive(Args, Debug)]
pub(crate) struct Logout {
    #[command(flatten)]
    profile: ProfileChoice,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Logout {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let service = super::service(self.profile.name()).await?;
        let name = service.name.as_str();
        let credentials = service.credentials()?;
        let (outcome, is_revoked) = match service.revocation() {
            Ok(revocation) => (credentials.log_out(&revocation).await, true),
            // The server has no revocation: the tokens end by themselves.
            Err(_) => (credentials.clear().await, false),
        };
        service.vault.remove(name, identity::NAME).await?;
        service.vault.remove(name, dpop_key::NAME).await?;
        service.vault.remove(name, revoked::NAME).await?;
        service.vault.remove(name, renewal::NAME).await?;
        outcome.map_err(|error| {
            let failure = Failure::from(error);
            failure.or_next("the tokens are forgotten here; at the server they end by themselves")
        })?;
        if screen.is_json() {
            return screen.json(&json!({ "profile": name, "revoked": is_revoked }));
        }
        screen.done(&format!("logged out of {name}"));
        if !is_revoked {
            screen.advice("The server cannot revoke tokens: those that it gave end by themselves.");
        }
        Ok(())
    }
}
