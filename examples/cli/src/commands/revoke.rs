use clap::Args;
use serde_json::json;

use crate::arguments::{Output, ProfileOption};
use crate::failure::Failure;
use crate::revoked;
use crate::screen::Screen;
use crate::service::Service;

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

/// What there is in place of the token.
enum Successor {
    /// It is not known whether one is wanted: the token was given.
    Unasked,
    Fetched,
    NeedsLogin,
    /// The next command tries again.
    NotYet(Failure),
}

impl Revoke {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let service = super::service(self.profile.name()).await?;
        let name = service.name.as_str();
        let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(name);
        let revocation = service.revocation()?;
        let successor = if let Some(token) = &self.token {
            let token = super::token_argument(token)?;
            // It may be the profile's own. Before it is sent: the answer may be lost.
            revoked::mark(&service.vault, name, &token).await?;
            revocation.token(&token).await.map_err(of_profile)?;
            Successor::Unasked
        } else {
            let token = service.credentials()?.token().await.map_err(of_profile)?;
            revoked::mark(&service.vault, name, token.access_token().secret()).await?;
            revocation.access_token(token.access_token()).await.map_err(of_profile)?;
            successor(&service).await?
        };
        let needs_login = matches!(successor, Successor::NeedsLogin);
        if screen.is_json() {
            let is_refreshed = matches!(successor, Successor::Fetched);
            return screen.json(
                &json!({ "revoked": true, "profile": name, "refreshed": is_refreshed, "needs_login": needs_login }),
            );
        }
        screen.done("revoked");
        match successor {
            Successor::Unasked | Successor::Fetched => {}
            Successor::NeedsLogin => {
                screen.advice("There is no refresh token to get another one with.");
                screen.note(&format!("next: grantkit login {name}"));
            }
            Successor::NotYet(failure) => {
                screen
                    .advice(&format!("The next command gets another one. It cannot be had yet: {}", failure.message()));
            }
        }
        Ok(())
    }
}

/// Gets the next token.
async fn successor(service: &Service) -> Result<Successor, Failure> {
    let credentials = service.credentials()?;
    match credentials.refresh().await {
        Ok(_) => Ok(Successor::Fetched),
        Err(error) if error.needs_login() => {
            credentials.clear().await?;
            Ok(Successor::NeedsLogin)
        }
        Err(error) => Ok(Successor::NotYet(error.into())),
    }
}
