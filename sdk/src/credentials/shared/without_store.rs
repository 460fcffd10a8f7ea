use super::contents::{Login, Versioned};
use super::errand::Errand;
use super::known::Unsaved;
use super::spend::answer_lost;
use crate::credentials::refresh::{Turn, answer_was_lost};
use crate::error::{Error, Result};
use crate::telemetry;
use crate::token::{OAuthToken, RefreshToken};

impl Errand<'_> {
    /// A token while the store is away: whatever spends nothing that another process may have spent.
    pub(super) async fn without_store(&self, turn: &Turn<'_>, away: Error) -> Result<OAuthToken> {
        let newest = turn.known(|known| known.newest().cloned()).unwrap_or_default();
        let may_spend = newest.value.stays || self.policy.spends_without_store();
        match &newest.value.token {
            Some(_) if !may_spend => Err(away),
            Some(_) if newest.value.spending && !self.policy.reuses_after_lost_answer() => {
                telemetry::refresh_token_in_doubt(self.client.name());
                Err(away.with_source(answer_lost()))
            }
            Some(token) if !turn.known(|known| known.is_useless) => {
                self.spend_without_store(turn, &newest, token, away).await
            }
            _ => self.start_over_without_store(turn, &newest, away).await,
        }
    }

    async fn spend_without_store(
        &self,
        turn: &Turn<'_>,
        newest: &Versioned<Login>,
        token: &RefreshToken,
        away: Error,
    ) -> Result<OAuthToken> {
        let version = newest.next_version(self.time.now());
        let keep = |version, value| {
            let login = Some(Versioned { version, value });
            turn.known(|known| known.unsaved = Some(Unsaved { login, access: None }));
        };
        if !newest.value.stays {
            keep(version, newest.value.being_spent(fastrand::u64(..)));
        }
        match self.client.refresh_token(token).await {
            Ok(new) => {
                telemetry::refreshed(self.client.name());
                let successor = newest.value.successor(token, new.refresh_token());
                if !(successor.stays && newest.value.stays) {
                    keep(version.saturating_add(1), successor);
                }
                self.client.check_refreshed(new, newest.value.subject.as_deref()).await
            }
            // The store may know a newer one. This one is not sent again before it has been asked.
            Err(error) if error.needs_login() => {
                turn.known(|known| {
                    known.unsaved = None;
                    known.seen =
                        Some(Versioned { version: newest.version, value: newest.value.being_spent(fastrand::u64(..)) });
                    if let Some(seen) = &mut known.seen {
                        seen.value.stays = false;
                    }
                });
                Err(away.with_source(error))
            }
            Err(error) => {
                if !answer_was_lost(&error) && !newest.value.stays {
                    keep(version.saturating_add(1), newest.value.clone());
                }
                Err(error)
            }
        }
    }

    async fn start_over_without_store(
        &self,
        turn: &Turn<'_>,
        newest: &Versioned<Login>,
        away: Error,
    ) -> Result<OAuthToken> {
        if self.client.configured_refresh_token().is_some() && !self.policy.spends_without_store() {
            // Nobody knows whether another process has had another in its place.
            return Err(away);
        }
        let version = newest.next_version(self.time.now());
        match self.client.get_token().await {
            Ok(token) => {
                telemetry::obtained(self.client.name());
                if token.refresh_token().is_some() && !turn.known(|known| known.is_useless) {
                    let login = Some(Versioned { version, value: Login::of(token.refresh_token(), None) });
                    turn.known(|known| known.unsaved = Some(Unsaved { login, access: None }));
                }
                Ok(token)
            }
            // The store may have what a person would have to give.
            Err(error) if error.needs_login() => Err(away),
            Err(error) => Err(error),
        }
    }
}
