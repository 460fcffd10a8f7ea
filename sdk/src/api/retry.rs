use http::Method;
use reqwest::Request;
use url::Url;

use super::ApiResponse;
use super::attempt::{Disposition, attempt, verdict};
use super::client::Shared;
use super::deadline::Deadline;
use super::options::Options;
use crate::credentials::AuthorizationHeaders;
use crate::error::{ApiRejection, Result};
use crate::telemetry::{Endpoint, Exchange};

/// Sends a request again: at most once with a renewed token, and at most once with the nonce that its proof lacked.
pub(super) struct Retry<'a> {
    client: &'a Shared,
    /// None of a body that was a stream.
    copy: Option<Request>,
    deadline: Deadline,
    options: Option<&'a Options>,
    token_was_renewed: bool,
    nonce_was_added: bool,
}

enum Next {
    Send(Box<Request>, AuthorizationHeaders),
    /// The answer stands.
    Stop(ApiRejection),
}

impl<'a> Retry<'a> {
    pub(super) fn new(
        client: &'a Shared,
        copy: Option<Request>,
        deadline: Deadline,
        options: Option<&'a Options>,
    ) -> Self {
        Self { client, copy, deadline, options, token_was_renewed: false, nonce_was_added: false }
    }

    /// Until the API has looked at the request, or nothing more can be done about how it is authorised.
    pub(super) async fn after(mut self, mut response: ApiResponse) -> Result<ApiResponse> {
        loop {
            self.deadline.look();
            let next = match verdict(self.client, &response) {
                Disposition::Accepted => return Ok(response.with_sent_body(self.copy)),
                Disposition::TokenRefused => self.with_renewed_token(&response).await?,
                Disposition::NonceAsked => self.with_nonce(&response).await?,
            };
            match next {
                Next::Send(request, headers) => {
                    drop(response);
                    let resends = u32::from(self.token_was_renewed) + u32::from(self.nonce_was_added);
                    let exchange = Exchange::new(Endpoint::Resource, &request, resends);
                    let attempt = attempt(self.client, *request, headers, &self.deadline, self.options);
                    response = exchange.watch(attempt, ApiResponse::status).await?;
                }
                Next::Stop(rejection) => return Ok(response.with_sent_body(self.copy).with_rejection(rejection)),
            }
        }
    }

    /// Reports the refusal; with a new token, if there is one.
    async fn with_renewed_token(&mut self, refused: &ApiResponse) -> Result<Next> {
        if self.token_was_renewed {
            return Ok(Next::Stop(ApiRejection::Again));
        }
        let (method, url) = self.request_of(refused);
        let renewal = self.client.credentials.refresh_rejected_token_for(refused.token(), &method, &url);
        Ok(match self.deadline.token(renewal).await {
            Ok(Some(renewed)) => {
                self.token_was_renewed = true;
                self.again(renewed, ApiRejection::BodySpent)
            }
            Ok(None) => Next::Stop(ApiRejection::TooSoon),
            // A person or operator has to act, and not at the API: the caller has to learn that.
            Err(error) if error.needs_login() || error.is_configuration() => return Err(error),
            Err(error) => Next::Stop(ApiRejection::NotRenewed(error)),
        })
    }

    /// With the same token and a new proof (RFC 9449 §9).
    async fn with_nonce(&mut self, asked: &ApiResponse) -> Result<Next> {
        let keep = || asked.token().keep_nonce(asked.headers());
        if self.nonce_was_added {
            keep();
            return Ok(Next::Stop(ApiRejection::NonceAskedAgain));
        }
        let again = asked.token().again(asked.status(), asked.headers());
        Ok(match self.deadline.token(again).await? {
            Some(again) => {
                self.nonce_was_added = true;
                let next = self.again(again, ApiRejection::NonceAskedBodySpent);
                if matches!(next, Next::Stop(_)) {
                    keep();
                }
                next
            }
            None => Next::Stop(ApiRejection::NonceNotGiven),
        })
    }

    fn again(&self, headers: AuthorizationHeaders, without_a_body: ApiRejection) -> Next {
        match self.copy.as_ref().and_then(Request::try_clone) {
            Some(request) => Next::Send(Box::new(request), headers),
            None => Next::Stop(without_a_body),
        }
    }

    /// What a proof is to be made for.
    fn request_of(&self, response: &ApiResponse) -> (Method, Url) {
        match &self.copy {
            Some(request) => (request.method().clone(), request.url().clone()),
            // It is not sent again.
            None => (response.method().clone(), response.url().clone()),
        }
    }
}
