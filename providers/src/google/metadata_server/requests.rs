use std::env;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::transport::{ServiceAnswer, ServiceRequest, Transport};
use grantkit::{Error, Result};
use http::{HeaderName, HeaderValue, StatusCode};

use super::mutual_tls::MutualTls;
use super::of_google;
use crate::google::retry;

pub(super) const HOST: &str = "metadata.google.internal";
/// The same by its address, which is that of the link.
pub(super) const IP: &str = "169.254.169.254";
const FLAVOR: HeaderName = HeaderName::from_static("metadata-flavor");
const GOOGLE: HeaderValue = HeaderValue::from_static("Google");
/// It is on the machine: it answers within milliseconds, or is not there.
const DETECTION: Duration = Duration::from_secs(1);
/// Where it has to be there, it may be busy, or not be ready yet: that of a pod or a node that has just started answers within seconds
/// (GKE, "Workload Identity Federation": limitations). As google-auth has it.
const DETECTION_WHERE_EXPECTED: Duration = Duration::from_secs(3);
const TRIES_WHERE_EXPECTED: u32 = 4;
/// Before the second question whether it is there; twice as long before each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const MAX_PAUSE: Duration = Duration::from_secs(4);
const MAX_TRIES: u32 = 10;

#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// `http`, unless another one is named with its URL.
    scheme: &'static str,
    host: String,
    /// What is asked whether it is there, if that is another address of it.
    detection_host: Option<String>,
    /// The environment or the machine says that there is one.
    is_expected: bool,
    /// How often it is asked whether it is there, and for how long each time, where that was said.
    detection_tries: Option<u32>,
    pub(super) detection_timeout: Option<Duration>,
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
            is_expected: named.is_some() || of_google::is_this_machine(),
            detection_tries: number("GCE_METADATA_DETECT_RETRIES").map(|tries| tries.clamp(1, MAX_TRIES)),
            detection_timeout: seconds,
            ..Self::new(named.unwrap_or_else(|| HOST.to_owned()), cure)
        }
    }

    pub(crate) fn new(host: impl Into<String>, cure: &'static str) -> Self {
        Self {
            scheme: "http",
            host: host.into(),
            detection_host: None,
            is_expected: false,
            detection_tries: None,
            detection_timeout: None,
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
        self.is_expected = false;
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
            is_expected,
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
            .parameter("is_expected", is_expected.to_string())
            .parameter("detection_tries", format!("{detection_tries:?}"))
            .parameter("detection_timeout", format!("{detection_timeout:?}"));
        let builder = builder.parameter("host", host).local_part("looked for", looked_for.build());
        mutual_tls.identify(builder)
    }

    pub(crate) fn base(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// Asks, if it is there; again while it is busy.
    pub(crate) async fn get(&self, path: &str) -> Result<ServiceAnswer> {
        self.detect().await?;
        let path = format!("/computeMetadata/v1/{path}");
        let ask = async || passing_failure(self.ask(&self.host, &path, None).await?);
        retry::while_busy(ask).await
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
        let mut tries = 1;
        loop {
            let answer = self.ask(host, "/", Some(self.limit())).await;
            let answer = answer.map_err(|error| self.absent(host, tries, error)).and_then(passing_failure);
            match answer {
                Ok(answer) if answer.headers().get(FLAVOR) == Some(&GOOGLE) => break,
                Ok(_) => {
                    return Err(Error::configuration(format!(
                        "what answers at {host} is not Google's metadata server, as its answer has no `Metadata-Flavor: Google`: check \
                         GCE_METADATA_HOST, and whether a proxy is in between"
                    )));
                }
                Err(error) if tries >= self.tries() => return Err(error),
                Err(_) => tokio::time::sleep((FIRST_PAUSE * 2_u32.pow(tries - 1)).min(MAX_PAUSE)).await,
            }
            tries += 1;
        }
        let _ = self.is_present.set(());
        Ok(())
    }

    /// For how long it is asked whether it is there.
    fn limit(&self) -> Duration {
        let usual = if self.is_expected { DETECTION_WHERE_EXPECTED } else { DETECTION };
        self.detection_timeout.unwrap_or(usual)
    }

    /// How often it is.
    fn tries(&self) -> u32 {
        self.detection_tries.unwrap_or(if self.is_expected { TRIES_WHERE_EXPECTED } else { 1 })
    }

    /// There is none, or none yet; how to do without.
    fn absent(&self, host: &str, tries: u32, why: Error) -> Error {
        let Self { cure, is_expected, .. } = self;
        let (how, limit) = (if self.mutual_tls.is_required() { " over mutual TLS" } else { "" }, self.limit());
        // Certificates do not mend themselves.
        if *is_expected && !why.is_tls() {
            return Error::temporary(format!(
                "Google's metadata server does not answer at {host}{how} (tries: {tries}, each within {limit:?}), and this machine or its \
                 environment says that there is one: it is there within seconds of the start of a machine or a pod; if it stays away, check \
                 GCE_METADATA_HOST, and whether a network policy is in between, or {cure}"
            ))
            .with_source(why);
        }
        Error::configuration(format!(
            "Google's metadata server does not answer at {host}{how} within {limit:?}, so that this is not Google Cloud: {cure}"
        ))
        .with_source(why)
    }

    async fn ask(&self, host: &str, path: &str, limit: Option<Duration>) -> Result<ServiceAnswer> {
        let own = self.transport.as_ref();
        let mut has_failed_over_tls = false;
        if self.scheme == "http"
            && let Some(transport) = self.mutual_tls.transport(host, own).await?
        {
            let is_required = self.mutual_tls.is_required();
            // With another way left it is not waited for.
            let limit = if is_required { limit } else { Some(self.limit()) };
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

/// What may be answered otherwise in a moment is no answer.
fn passing_failure(answer: ServiceAnswer) -> Result<ServiceAnswer> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let failure = answer.failure();
    if failure.is_retryable() { Err(failure) } else { Ok(answer) }
}

fn request(scheme: &str, host: &str, path: &str, limit: Option<Duration>, transport: Transport) -> ServiceRequest {
    let request = ServiceRequest::get("Google metadata server", format!("{scheme}://{host}{path}"));
    let request = request.header(FLAVOR, GOOGLE).transport(transport);
    limit.into_iter().fold(request, ServiceRequest::timeout)
}

fn filled(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.trim().is_empty())
}
