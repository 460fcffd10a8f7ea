use std::io::Write;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{BodyReader, wait};
use crate::api::{self, RateLimit};
use crate::error::{Error, Result};

/// An API's answer, of which the body has not been read yet.
#[derive(Debug)]
pub struct ApiResponse(api::ApiResponse);

impl ApiResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// How many more requests the API takes, as [`ApiResponse::rate_limit`](api::ApiResponse::rate_limit).
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.0.rate_limit()
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    ///
    /// As [`ApiResponse::json`](api::ApiResponse::json).
    pub fn json<T: DeserializeOwned>(self) -> Result<T> {
        wait(self.0.json())
    }

    /// The body, read as UTF-8; what is not becomes `�`.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    pub fn text(self) -> Result<String> {
        wait(self.0.text())
    }

    /// The body.
    ///
    /// # Errors
    ///
    /// As [`ApiResponse::bytes`](api::ApiResponse::bytes).
    pub fn bytes(self) -> Result<Bytes> {
        wait(self.0.bytes())
    }

    /// Returns the answer if it is a success, else the error of its status.
    ///
    /// # Errors
    ///
    /// As [`ApiRequest::send`](api::ApiRequest::send) has it for statuses.
    pub fn error_for_status(self) -> Result<Self> {
        wait(self.0.error_for_status()).map(Self)
    }

    /// The error of its status, as [`ApiResponse::status_error`](api::ApiResponse::status_error); `None` for a success.
    pub fn status_error(&self) -> Option<Error> {
        self.0.status_error()
    }

    /// The body as it comes, of any size; see [`ApiResponse::bytes_stream`](api::ApiResponse::bytes_stream) for the limits.
    pub fn into_reader(self) -> BodyReader {
        BodyReader::new(self.0.bytes_stream())
    }

    /// Writes the body to a file, a socket, or whatever else takes bytes, and returns how many there were.
    ///
    /// ```no_run
    /// # fn example(api: grantkit::integrations::blocking::ApiClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut file = std::fs::File::create("2024.csv")?;
    /// api.get("exports/2024.csv").send()?.copy_to(&mut file)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`ApiResponse::copy_to`](api::ApiResponse::copy_to). What was written stays.
    pub fn copy_to<W: Write + ?Sized>(self, writer: &mut W) -> Result<u64> {
        let mut body = self.0.bytes_stream();
        let mut written = 0;
        let not_written = |error: std::io::Error| {
            Error::configuration("the body of the answer could not be written to where the program wants it")
                .with_source(error)
        };
        while let Some(bytes) = wait(async { body.next().await.transpose() })? {
            writer.write_all(&bytes).map_err(not_written)?;
            written += bytes.len() as u64;
        }
        writer.flush().map_err(not_written)?;
        Ok(written)
    }

    pub(super) fn new(response: api::ApiResponse) -> Self {
        Self(response)
    }
}
