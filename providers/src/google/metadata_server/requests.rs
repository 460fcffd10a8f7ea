use std::env;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::transport::{ServiceAnswer, ServiceRequest, Transport};
use grantkit::{Error, Result};
use http::{HeaderName, HeaderValue, StatusCode};

use super::mutual_tls::MutualTls;

pub(super) const HOST: &str = "metadata.google.internal";
/// The same by its address, which is that of the link.
pub(super) const IP: &str = "169.254.169.254";
const FLAVOR: HeaderName = HeaderName::from_static("metadata-flavor");
const GOOGLE: HeaderValue = HeaderValue::from_static("Google");
/// It is on the machine: it answers within milliseconds, or is not there.
const DETECTION: Duration = Duration::from_secs(1);
/// Between two questions whether it is there, longer each time: one of a node that has just started is there within seconds.
const PAUSE: Duration = Duration::from_millis(250);
const MAX_TRIES: u32 = 10;

#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// `http`, unless another one is named with its URL.
    scheme: &'static str,
    host: String,
    /// What is asked whether it is there, if that is another address of it.
    detection_host: Option<String>,
    /// How often that is asked.
    detection_tries: u32,
    pub(super) detection_timeout: Duration,
    pub(super) mutual_tls: MutualTls,
    /// What to do where there is none.
    cure: &'static str,
    /// Once it has answered; a machine does not move.
    is_present: Arc<OnceLock<()>>,
    /// The program's own.
    transport: Option<Transport>,
    plain: Arc<OnceLock<Transport>>,
}

impl Server {
    pub(crate) fn from_env(cure: &'static str) -> Self {
        let named = ["GCE_METADATA_HOST", "GCE_METADATA_ROOT"].into_iter().find_map(filled);
        let number = |variable| filled(variable).and_then(|text| text.trim().parse::<u32>().ok());
        let seconds = number("GCE_METADATA_TIMEOUT").map(|seconds| Duration::from_secs(seconds.into()));
        Self {
            detection_host: filled("GCE_METADATA_IP"),
            detection_tries: number("GCE_METADATA_DETECT_RETRIES").unwrap_or(1).clamp(1, MAX_TRIES),
            detection_timeout: seconds.unwrap_or(DETECTION),
            ..Self::new(named.unwrap_or_else(|| HOST.to_owned()), cure)
        }
    }

    pub(crate) fn new(host: impl Into<String>, cure: &'static str) -> Self {
        Self {
            scheme: "http",
            host: host.into(),
            detection_host: None,
            detection_tries: 1,
            detection_timeout: DETECTION,
            mutual_tls: MutualTls::from_env(),
            cure,
            is_present: Arc::default(),
            transport: None,
            plain: Arc::default(),
        }
    }

    /// The one at this base URL.
    pub(crate) fn at(base: &str, cure: &'static str) -> Self {
        let base = base.trim_end_matches('/');
        match base.strip_prefix("https://") {
            Some(host) => Self { scheme: "https", ..Self::new(host, cure) },
            None => Self::new(base.strip_prefix("http://").unwrap_or(base), cure),
        }
    }

    /// Another one, which is looked for in the same way, and of which nothing is known yet.
    pub(super) fn set_host(&mut self, host: String) {
        self.host = host;
        self.detection_host = None;
        self.is_present = Arc::default();
        self.mutual_tls.forget_failure();
    }

    /// Asks over this one.
    pub(super) fn set_transport(&mut self, transport: Transport) {
        self.transport = Some(transport);
    }

    /// What tells its tokens from those of another; the transport is one of the options. How it is looked for changes nothing about the token
    /// that a store has of it, but is for each program to say: who looks at the wrong place is told so, and has no token of another's.
    pub(super) fn identify(&self, builder: FingerprintBuilder) -> FingerprintBuilder {
        let Self {
            scheme,
            host,
            detection_host,
            detection_tries,
            detection_timeout,
            mutual_tls,
            cure: _,
            is_present: _,
            transport: _,
            plain: _,
        } = self;
        let looked_for = Fingerprint::builder()
            .parameter("scheme", scheme)
            .parameter("detection_host", format!("{detection_host:?}"))
            .parameter("detection_tries", detection_tries.to_string())
            .parameter("detection_timeout", format!("{detection_timeout:?}"));
        let builder = builder.parameter("host", host).local_part("looked for", looked_for.build());
        mutual_tls.identify(builder)
    }

    pub(crate) fn base(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// Asks, if it is there.
    pub(crate) async fn get(&self, path: &str) -> Result<ServiceAnswer> {
        self.detect().await?;
        self.ask(&self.host, &format!("/computeMetadata/v1/{path}"), None).await
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
        // Another address is not one at which it is known to speak TLS.
        let host = match &self.detection_host {
            Some(host) if !self.mutual_tls.is_required() => host,
            _ => &self.host,
        };
        // What cannot be asked over TLS, and not otherwise, is said as what it is.
        if self.scheme == "http" {
            self.mutual_tls.transport(host, self.transport.as_ref()).await?;
        }
        let limit = self.detection_timeout;
        let mut tries = 1;
        let answer = loop {
            match self.ask(host, "/", Some(limit)).await {
                Err(_) if tries < self.detection_tries => tokio::time::sleep(PAUSE * tries).await,
                answer => break answer,
            }
            tries += 1;
        };
        let answer = answer.map_err(|error| self.absent(host).with_source(error))?;
        if answer.headers().get(FLAVOR) != Some(&GOOGLE) {
            return Err(Error::configuration(format!(
                "what answers at {host} is not Google's metadata server, as its answer has no `Metadata-Flavor: Google`: check \
                 GCE_METADATA_HOST, and whether a proxy is in between"
            )));
        }
        let _ = self.is_present.set(());
        Ok(())
    }

    /// There is none; how to do without.
    fn absent(&self, host: &str) -> Error {
        let Self { detection_timeout, cure, .. } = self;
        let how = if self.mutual_tls.is_required() { " over mutual TLS" } else { "" };
        Error::configuration(format!(
            "Google's metadata server does not answer at {host}{how} within {detection_timeout:?}, so that this is not Google Cloud: {cure}"
        ))
    }

    async fn ask(&self, host: &str, path: &str, limit: Option<Duration>) -> Result<ServiceAnswer> {
        let own = self.transport.as_ref();
        let mut has_failed_over_tls = false;
        if self.scheme == "http"
            && let Some(transport) = self.mutual_tls.transport(host, own).await?
        {
            let is_required = self.mutual_tls.is_required();
            // With another way left it is not waited for.
            let limit = if is_required { limit } else { Some(self.detection_timeout) };
            let answer = request("https", host, path, limit, transport).send().await;
            match answer {
                answer if is_required => return answer,
                Ok(answer) if answer.status().as_u16() < 400 => return Ok(answer),
                Ok(_) => {}
                Err(_) => has_failed_over_tls = true,
            }
        }
        let transport = match own {
            Some(own) => own.clone(),
            None => self.plain()?,
        };
        let answer = request(self.scheme, host, path, limit, transport).danger_allow_plain_http().send().await;
        if has_failed_over_tls && answer.is_ok() {
            self.mutual_tls.remember_failure();
        }
        answer
    }

    #[allow(clippy::redundant_closure_for_method_calls, reason = "the method's type is named by no crate here")]
    fn plain(&self) -> Result<Transport> {
        if let Some(transport) = self.plain.get() {
            return Ok(transport.clone());
        }
        // The address is that of the machine itself: a proxy would be asked for its own.
        let transport = Transport::builder().configure(|http| http.no_proxy()).build()?;
        Ok(self.plain.get_or_init(|| transport).clone())
    }
}

fn request(scheme: &str, host: &str, path: &str, limit: Option<Duration>, transport: Transport) -> ServiceRequest {
    let request = ServiceRequest::get("Google metadata server", format!("{scheme}://{host}{path}"));
    let request = request.header(FLAVOR, GOOGLE).transport(transport);
    limit.into_iter().fold(request, ServiceRequest::timeout)
}

fn filled(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.trim().is_empty())
}
