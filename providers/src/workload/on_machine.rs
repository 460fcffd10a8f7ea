//! Servers at an address that only the machine itself reaches, such as a cloud's metadata server.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use grantkit::transport::{ServiceRequest, Transport};
use grantkit::{Error, Result};

/// It is on the machine: it answers within milliseconds, or is not there.
const DETECTION: Duration = Duration::from_secs(1);

/// A server of the machine, and whether it is there.
#[derive(Clone, Debug)]
pub(super) struct OnMachine {
    service: &'static str,
    base: String,
    /// What to do where it is not there.
    otherwise: &'static str,
    /// Once it has answered; a program does not move.
    is_present: Arc<OnceLock<()>>,
    transport: Arc<OnceLock<Transport>>,
}

impl OnMachine {
    /// The server at this base URL, without a slash at the end.
    pub(super) fn new(service: &'static str, base: impl Into<String>, otherwise: &'static str) -> Self {
        let base = base.into().trim_end_matches('/').to_owned();
        Self { service, base, otherwise, is_present: Arc::default(), transport: Arc::default() }
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// A GET request of this path. No proxy is asked: it would ask a machine of its own.
    pub(super) fn request(&self, path: &str) -> Result<ServiceRequest> {
        let transport = if let Some(transport) = self.transport.get() {
            transport.clone()
        } else {
            #[allow(clippy::redundant_closure_for_method_calls, reason = "the method's type is named by no crate here")]
            let transport = Transport::builder().configure(|http| http.no_proxy()).build()?;
            self.transport.get_or_init(|| transport).clone()
        };
        let request = ServiceRequest::get(self.service, format!("{}{path}", self.base)).transport(transport);
        // Their addresses are of the link, where there are no certificates.
        Ok(request.danger_allow_plain_http())
    }

    /// Sends a request that any such server answers, to know within a second whether it is there.
    pub(super) async fn detect(&self, request: ServiceRequest) -> Result<()> {
        if self.is_present.get().is_some() {
            return Ok(());
        }
        request.timeout(DETECTION).send().await.map_err(|error| {
            let Self { service, base, otherwise, .. } = self;
            let text =
                format!("the {service} does not answer at {base}, so that this is not the platform: {otherwise}");
            Error::configuration(text).with_source(error)
        })?;
        self.is_present.get_or_init(|| ());
        Ok(())
    }
}
