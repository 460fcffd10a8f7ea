use reqwest::Request;

use super::ApiResponse;
use super::attempt::attempt;
use super::client::Shared;
use super::deadline::Deadline;
use super::options::SendOptions;
use super::replay::Replay;
use crate::credentials::{Disposition, NextTry, Reauthorization};
use crate::error::Result;
use crate::telemetry::{Endpoint, Exchange};

/// Sends a request again: at most once with a renewed token, and at most once with the nonce that its proof lacked.
pub(super) struct Retry<'a> {
    client: &'a Shared,
    replay: Replay,
    deadline: Deadline,
    options: SendOptions<'a>,
    tries: Reauthorization,
}

impl<'a> Retry<'a> {
    pub(super) fn new(client: &'a Shared, replay: Replay, deadline: Deadline, options: SendOptions<'a>) -> Self {
        Self { client, replay, deadline, options, tries: Reauthorization::default() }
    }

    /// Until the API has looked at the request, or nothing more can be done about how it is authorised.
    pub(super) async fn after(mut self, mut response: ApiResponse) -> Result<ApiResponse> {
        loop {
            self.deadline.look();
            let disposition = response.answer().disposition(&self.client.credentials);
            if disposition == Disposition::Accepted {
                return Ok(response.with_sent_body(self.replay));
            }
            match self.next(disposition, &response).await? {
                NextTry::Send(request, headers) => {
                    drop(response);
                    let exchange = Exchange::new(Endpoint::Resource, &request, self.tries.resends());
                    let attempt = attempt(self.client, *request, headers, &self.deadline, self.options);
                    response = exchange.watch(attempt, ApiResponse::status).await?;
                }
                NextTry::Stop(rejection) => return Ok(response.with_sent_body(self.replay).with_rejection(rejection)),
            }
        }
    }

    async fn next(&mut self, disposition: Disposition, rejected: &ApiResponse) -> Result<NextTry<Box<Request>>> {
        let answer = rejected.answer();
        if let Some(rejection) = self.tries.exhausted(disposition, answer) {
            return Ok(NextTry::Stop(rejection));
        }
        let (method, url) = self.replay.target(rejected);
        let renewed = answer.renewed_headers(disposition, &self.client.credentials, Some((&method, &url)));
        let renewed = self.deadline.token(renewed).await;
        let again = self.replay.request(rejected);
        self.tries.next(disposition, answer, renewed, again.map(Box::new))
    }
}
