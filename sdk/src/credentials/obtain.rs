use super::OAuthClient;
use super::policy::RenewalPolicy;
use super::refresh::{RefreshCell, Spendable};
use crate::error::{Error, Result};
use crate::telemetry;
use crate::token::OAuthToken;

/// Gets a new token: with the refresh token if there is one, else from the start.
pub(super) async fn obtain(client: &dyn OAuthClient, cell: &RefreshCell, policy: &RenewalPolicy) -> Result<OAuthToken> {
    // Held across the network: whoever shares this refresh token waits for its successor.
    let (spendable, turn) = cell.spend(policy.reuses_after_lost_answer()).await;
    let lost_login = match spendable {
        Spendable::Nothing => None,
        Spendable::InDoubt => {
            telemetry::refresh_token_in_doubt(client.name());
            Some(Error::login_required(
                "the answer to a refresh request was lost, and to send the same refresh token again could revoke the login \
                 (RFC 9700 §4.14): log in again, or allow it with `danger_reuse_refresh_token_after_lost_answer`",
            ))
        }
        Spendable::Token(refresh_token) => match client.refresh_token(&refresh_token).await {
            Ok(token) => {
                telemetry::refreshed(client.name());
                // Kept before anyone gets the access token: from here on the old one is spent.
                turn.keep(token.refresh_token());
                return client.check_refreshed(token, None).await;
            }
            Err(error) if error.needs_login() => {
                turn.forget();
                Some(error)
            }
            Err(error) => {
                turn.failed(&error);
                if !error.is_unsupported() {
                    return Err(error);
                }
                None
            }
        },
    };
    match (client.get_token().await, lost_login) {
        (Ok(token), _) => {
            telemetry::obtained(client.name());
            if token.refresh_token().is_some() {
                turn.keep(token.refresh_token());
            }
            Ok(token)
        }
        // Why the login was lost says more than that there is none.
        (Err(error), Some(lost_login)) if error.needs_login() => Err(lost_login),
        (Err(error), _) => Err(error),
    }
}
