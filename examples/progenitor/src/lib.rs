//! Two clients of one API that know nothing of OAuth: one that `progenitor` generates of the API's `OpenAPI` document, and one that was
//! written by hand on reqwest.

use grantkit::integrations::reqwest_middleware::AuthorizationMiddleware;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Result};
use serde::Deserialize;

/// Generated of `openapi.json`. The last two lines authorise it.
#[allow(clippy::all, clippy::pedantic, clippy::unwrap_used, missing_docs, unused_qualifications, reason = "generated")]
pub mod generated {
    progenitor::generate_api!(
        spec = "openapi.json",
        inner_type = grantkit::integrations::reqwest_middleware::AuthorizationMiddleware,
        pre_hook_async = grantkit::integrations::reqwest_middleware::AuthorizationMiddleware::authorize,
    );
}

/// An invoice, as the client by hand reads it.
#[derive(Debug, Deserialize)]
pub struct Invoice {
    /// In cents.
    pub amount_cents: i64,
}

/// What many programs have: a struct around reqwest.
#[derive(Clone, Debug)]
pub struct ByHand {
    http: ClientWithMiddleware,
    base: String,
}

impl ByHand {
    /// The client for the API at `base`: `.with(authorization)` authorises it.
    pub fn new(base: String, http: reqwest::Client, authorization: AuthorizationMiddleware) -> Self {
        Self { http: ClientBuilder::new(http).with(authorization).build(), base }
    }

    /// One invoice.
    pub async fn invoice(&self, id: &str) -> Result<Invoice> {
        let answer = self.http.get(format!("{}/invoices/{id}", self.base)).send().await?.error_for_status()?;
        Ok(answer.json().await?)
    }
}
