use std::env;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use grantkit::transport::{ServiceAnswer, ServiceRequest, Transport};
use grantkit::{Error, Result};
use http::{HeaderName, HeaderValue, StatusCode};

use super::absent;

const HOST: &str = "metadata.google.internal";
const FLAVOR: HeaderName = HeaderName::from_static("metadata-flavor");
const GOOGLE: HeaderValue = HeaderValue::from_static("Google");
/// It is on the machine: it answers within milliseconds, or is not there.
const DETECTION: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub(super) struct Server {
    host: String,
    pub(super) detection_timeout: Duration,
    /// Once it has answered; a machine does not move.
    is_present: Arc<OnceLock<()>>,
    transport: Arc<OnceLock<Transport>>,
}

impl Server {
    pub(super) fn from_env() -> Self {
        let named = ["GCE_METADATA_HOST", "GCE_METADATA_ROOT"].into_iter().find_map(filled);
        let seconds = filled("GCE_METADATA_TIMEOUT").and_then(|text| text.trim().parse().ok());
        let server = Self::new(named.unwrap_or_else(|| HOST.to_owned()));
        Self { detection_timeout: seconds.map_or(DETECTION, Duration::from_secs), ..server }
    }

    pub(super) fn new(host: impl Into<String>) -> Self {
        Self { host: host.into(), detection_timeout: DETECTION, is_present: Arc::default(), transport: Arc::default() }
    }

    /// Asks over this one.
    pub(super) fn set_transport(&mut self, transport: Transport) {
        self.transport = Arc::new(OnceLock::from(transport));
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Asks, if it is there.
    pub(super) async fn get(&self, path: &str) -> Result<ServiceAnswer> {
        self.detect().await?;
        self.request(&format!("/computeMetadata/v1/{path}"))?.send().await
    }

    pub(super) async fn text(&self, path: &str, what: &str) -> Result<String> {
        let answer = self.found(self.get(path).await?, what)?;
        Ok(answer.text()?.to_owned())
    }

    /// What was asked for is there.
    pub(super) fn found(&self, answer: ServiceAnswer, what: &str) -> Result<ServiceAnswer> {
        if answer.status() == StatusCode::NOT_FOUND {
            return Err(Error::configuration(format!(
                "Google's metadata server ({}) has not got {what}: attach a service account to this machine, or name one of those that \
                 are attached",
                self.host
            ))
            .with_status(answer.status()));
        }
        answer.success()
    }

    /// Whether it is there: by its answer's header, which no other server has.
    pub(super) async fn detect(&self) -> Result<()> {
        if self.is_present.get().is_some() {
            return Ok(());
        }
        let limit = self.detection_timeout;
        let answer = self.request("/")?.timeout(limit).send().await;
        let answer = answer.map_err(|error| absent(&self.host, limit).with_source(error))?;
        if answer.headers().get(FLAVOR) != Some(&GOOGLE) {
            return Err(Error::configuration(format!(
                "what answers at {} is not Google's metadata server, as its answer has no `Metadata-Flavor: Google`: is a proxy in \
                 between?",
                self.host
            )));
        }
        let _ = self.is_present.set(());
        Ok(())
    }

    #[allow(clippy::redundant_closure_for_method_calls, reason = "the method's type is named by no crate here")]
    fn request(&self, path: &str) -> Result<ServiceRequest> {
        let transport = if let Some(transport) = self.transport.get() {
            transport
        } else {
            // The address is that of the machine itself: a proxy would be asked for its own.
            let transport = Transport::builder().configure(|http| http.no_proxy()).build()?;
            self.transport.get_or_init(|| transport)
        };
        Ok(ServiceRequest::get("Google metadata server", format!("http://{}{path}", self.host))
            .header(FLAVOR, GOOGLE)
            .transport(transport.clone())
            .danger_allow_plain_http())
    }
}

fn filled(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.trim().is_empty())
}
