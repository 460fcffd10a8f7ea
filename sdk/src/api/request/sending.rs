use std::pin::Pin;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::ApiRequest;
use crate::api::ApiResponse;
use crate::api::exchange::exchange;
use crate::api::options::SendOptions;
use crate::api::pagination::{Items, Pages, Pagination};
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;

/// For an answer that is read as JSON.
const JSON: &str = "application/json";
/// For an answer of any kind.
const ANYTHING: &str = "*/*";

/// Sending it.
///
/// `Accept` is `application/json` with [`fetch`](Self::fetch) and [`paginate`](Self::paginate), `*/*` with
/// [`fetch_text`](Self::fetch_text) and [`fetch_bytes`](Self::fetch_bytes), and JSON before anything else with [`send`](Self::send), unless the
/// request or the client sets it (RFC 9110 §12.5.1).
impl ApiRequest {
    /// Sends it and returns the answer; its body has not been read yet.
    ///
    /// If the API rejects the token (401, or another of the
    /// [`unauthorized_status_codes`](crate::OAuthClient::unauthorized_status_codes)), the token is refreshed and the request sent once
    /// more; then that answer counts. If it asks for a nonce in the DPoP proof (RFC 9449 §9), the request is sent once more with the
    /// same token.
    ///
    /// # Errors
    ///
    /// | error | when |
    /// |---|---|
    /// | [`is_configuration`](Error::is_configuration) | the path, a header, the query or the body is invalid; nothing was sent |
    /// | as [`Credentials::token`](crate::Credentials::token) | there is no token |
    /// | [`status`](Error::status) | the API answered with an error (unless `error_for_status(false)`): the start of its body is in the text, and [`retry_after`](Error::retry_after) is what it asked for |
    /// | [`needs_login`](Error::needs_login), [`is_configuration`](Error::is_configuration) | the API rejected the token, and the refresh failed with this error: a person or operator has to act |
    /// | [`needs_login`](Error::needs_login), with a [`challenge`](Error::challenge) | the API requires a stronger or newer login (step-up, RFC 9470) |
    /// | `status` 401, with a [`source`](std::error::Error::source) | the API rejected the token, and the refresh failed for another reason, the source |
    /// | [`is_connect`](Error::is_connect) | no connection: the API has not seen the request |
    /// | [`is_timeout`](Error::is_timeout), or else [`is_retryable`](Error::is_retryable) | no answer: the API may have acted on the request |
    pub async fn send(self) -> Result<ApiResponse> {
        let options = SendOptions { accept: self.accept, rare: self.options.as_deref() };
        let response = exchange(&self.client, self.request?, options).await?;
        if self.error_for_status { response.error_for_status().await } else { Ok(response) }
    }

    /// Sends it and reads the answer as JSON: `let invoice: Invoice = api.get("invoices/42").fetch().await?`.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`ApiResponse::json`].
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T> {
        self.accepting(JSON).send().await?.json().await
    }

    /// Sends it and reads the answer as text.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`ApiResponse::text`].
    pub async fn fetch_text(self) -> Result<String> {
        self.accepting(ANYTHING).send().await?.text().await
    }

    /// Sends it and reads the answer's bytes.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`ApiResponse::bytes`].
    pub async fn fetch_bytes(self) -> Result<Bytes> {
        self.accepting(ANYTHING).send().await?.bytes().await
    }

    /// Asks for what can be read, unless the request or the client says what it accepts.
    pub(in crate::api) fn accepting(self, media_types: &'static str) -> Self {
        Self { accept: media_types, ..self }
    }
}

/// Lists that come in pages.
impl ApiRequest {
    /// Reads a list that comes in pages: a `Stream` of its items, which requests a page when its first item is asked for.
    ///
    /// ```no_run
    /// use grantkit::api::Pagination;
    ///
    /// # #[derive(serde::Deserialize)]
    /// # struct Invoice { id: String }
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let mut invoices = api.get("invoices").query(&[("state", "open")]).paginate::<Invoice>(Pagination::link());
    /// while let Some(invoice) = invoices.next().await {
    ///     println!("{}", invoice?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Headers, time-out and token are those of this request for each page. A next page outside of the base URL is an error, as the token
    /// does not leave it; so is one that was read before.
    pub fn paginate<T: DeserializeOwned>(self, pagination: Pagination) -> Items<T> {
        Items::new(Pages::new(self.accepting(JSON), pagination))
    }
}

/// `.await` sends it; see [`send`](ApiRequest::send).
impl IntoFuture for ApiRequest {
    type Output = Result<ApiResponse>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
