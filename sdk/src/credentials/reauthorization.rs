//! What to do about an answer that rejects how its request was authorised: one rule for every HTTP client.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::{AuthorizationHeaders, Credentials};
use crate::error::{ApiRejection, Challenge, Result};

/// An answer to a request that was authorised with these headers.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) sent: &'a AuthorizationHeaders,
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
}

/// What an answer says of how the request was authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    Accepted,
    TokenRejected,
    /// The proof lacks a nonce, and nothing else was looked at.
    NonceAsked,
}

impl Answer<'_> {
    pub(crate) fn disposition(self, credentials: &Credentials) -> Disposition {
        // A success is no rejection, and the list need not be made for one.
        if self.status.is_success() {
            Disposition::Accepted
        } else if self.sent.lack_nonce(self.status, self.headers) {
            Disposition::NonceAsked
        } else if credentials.unauthorized_status_codes().contains(&self.status) && !wants_another_login(self.headers) {
            Disposition::TokenRejected
        } else {
            Disposition::Accepted
        }
    }

    /// Keeps the nonce that it gives for the next proof; one for another try of this request goes to no other before.
    pub(crate) fn keep_nonce(self) {
        if !self.sent.lack_nonce(self.status, self.headers) {
            self.sent.keep_nonce(self.headers);
        }
    }

    /// The headers to send the request again with, if there are any; `request` is what a proof is made for, if it is not what the rejected
    /// one was made for.
    pub(crate) async fn renewed_headers(
        self,
        disposition: Disposition,
        credentials: &Credentials,
        request: Option<(&Method, &Url)>,
    ) -> Result<Option<AuthorizationHeaders>> {
        match (disposition, request) {
            (Disposition::Accepted, _) => Ok(None),
            (Disposition::TokenRejected, Some((method, url))) => {
                credentials.refresh_rejected_token_for(self.sent, method, url).await
            }
            (Disposition::TokenRejected, None) => credentials.refresh_rejected_token(self.sent).await,
            // The same token with a new proof (RFC 9449 §9).
            (Disposition::NonceAsked, _) => self.sent.again(self.status, self.headers).await,
        }
    }
}

/// Whether the API rejects the login rather than the token, so that a renewed token is rejected too (RFC 9470 §3).
fn wants_another_login(headers: &HeaderMap) -> bool {
    headers.contains_key(WWW_AUTHENTICATE) && Challenge::without_secrets(headers, []).iter().any(Challenge::is_step_up)
}

/// How often a request was sent again: at most once with a renewed token, and at most once with the nonce that its proof lacked.
#[derive(Debug, Default)]
pub(crate) struct Reauthorization {
    token_was_renewed: bool,
    nonce_was_added: bool,
}

/// What follows from a rejection.
pub(crate) enum NextTry<T> {
    /// The request, with these headers.
    Send(T, AuthorizationHeaders),
    /// The answer stands.
    Stop(ApiRejection),
}

impl Reauthorization {
    pub(crate) fn resends(&self) -> u32 {
        u32::from(self.token_was_renewed) + u32::from(self.nonce_was_added)
    }

    /// Why another try is of no use, whatever headers there may be.
    pub(crate) fn exhausted(&self, disposition: Disposition, answer: Answer<'_>) -> Option<ApiRejection> {
        match disposition {
            Disposition::TokenRejected if self.token_was_renewed => Some(ApiRejection::Again),
            Disposition::NonceAsked if self.nonce_was_added => {
                answer.sent.keep_nonce(answer.headers);
                Some(ApiRejection::NonceAskedAgain)
            }
            _ => None,
        }
    }

    /// What to do, once it is known whether there are [new headers](Answer::renewed_headers); `request` is a copy of the request, if
    /// its body could be copied.
    pub(crate) fn next<T>(
        &mut self,
        disposition: Disposition,
        answer: Answer<'_>,
        renewed: Result<Option<AuthorizationHeaders>>,
        request: Option<T>,
    ) -> Result<NextTry<T>> {
        if disposition == Disposition::NonceAsked {
            return Ok(match (renewed?, request) {
                (Some(again), Some(request)) => {
                    self.nonce_was_added = true;
                    NextTry::Send(request, again)
                }
                (Some(_), None) => {
                    answer.sent.keep_nonce(answer.headers);
                    NextTry::Stop(ApiRejection::NonceAskedBodySpent)
                }
                (None, _) => NextTry::Stop(ApiRejection::NonceNotGiven),
            });
        }
        Ok(match (renewed, request) {
            (Ok(Some(renewed)), Some(request)) => {
                self.token_was_renewed = true;
                NextTry::Send(request, renewed)
            }
            (Ok(Some(_)), None) => NextTry::Stop(ApiRejection::BodySpent),
            (Ok(None), _) => NextTry::Stop(ApiRejection::TooSoon),
            // A person or operator has to act, and not at the API: the caller has to learn that.
            (Err(error), _) if error.needs_login() || error.is_configuration() => return Err(error),
            (Err(error), _) => NextTry::Stop(ApiRejection::NotRenewed(error)),
        })
    }
}
