use clap::Args;
use serde_json::json;

use crate::arguments::{Output, ProfileOption};
use crate::failure::Failure;
use crate::screen::Screen;

/// Revoke a token at the server (RFC 7009)
///
/// The profile's own access token unless one is given: the next one takes its place. `grantkit logout` revokes the whole login.
#[derive(Args, Debug)]
pub(crate) struct Revoke {
    /// The token, `-` for standard input; the profile's own access token unless given
    token: Option<String>,
    #[command(flatten)]
    profile: ProfileOption,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Revoke {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let service = super::service(self.profile.name()).await?;
        let name = service.name.as_str();
        let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(name);
        let revocation = service.revocation()?;
        let mut needs_login = false;
        if let Some(token) = &self.token {
            revocation.token(&super::token_argument(token)?).await.map_err(of_profile)?;
        } else {
            let credentials = service.credentials()?;
            let token = credentials.token().await.map_err(of_profile)?;
            revocation.access_token(token.access_token()).await.map_err(of_profile)?;
            // What is revoked is given out no more.
            match credentials.refresh().await {
                Ok(_) => {}
                Err(error) if error.needs_login() => {
                    needs_login = true;
                    credentials.clear().await?;
                }
                Err(error) => return Err(of_profile(error)),
            }
        }
        if screen.is_json() {
            return screen.json(&json!({ "revoked": true, "profile": name, "needs_login": needs_login }));
        }
        screen.done("revoked");
        if needs_login {
            screen.note(&format!("There is no refresh token to get another one with. next: grantkit login {name}"));
        }
        Ok(())
    }
}
