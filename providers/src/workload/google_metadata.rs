use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::transport::{ServiceAnswer, ServiceRequest};
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, HeaderValue, StatusCode};

use super::environment::variable;
use super::on_machine::OnMachine;

const FLAVOR: HeaderName = HeaderName::from_static("metadata-flavor");
const GOOGLE: HeaderValue = HeaderValue::from_static("Google");

/// The ID token of a service account on Google's machines: Compute Engine, Cloud Run, GKE (Google Cloud, "Verify the identity of
/// instances").
///
/// It is for the audience that the server wants; its issuer is `https://accounts.google.com`, its `sub` the service account's ID.
#[derive(Clone, Debug)]
pub struct GoogleMetadata {
    server: OnMachine,
    service_account: String,
}

impl GoogleMetadata {
    /// The machine's own service account, from the metadata server: `GCE_METADATA_HOST` where that is set.
    pub fn from_env() -> Self {
        let host = variable("GCE_METADATA_HOST").unwrap_or_else(|| "metadata.google.internal".to_owned());
        Self::at(&format!("http://{host}"))
    }

    /// The machine's own service account, from the metadata server at this base URL.
    pub fn at(base: &str) -> Self {
        let otherwise = "run this on Google Cloud, or set GCE_METADATA_HOST to the metadata server's host";
        let server = OnMachine::new("Google metadata server", base, otherwise);
        Self { server, service_account: "default".to_owned() }
    }

    /// Another of the service accounts that are attached, by its e-mail address.
    #[must_use]
    pub fn with_service_account(mut self, email: impl Into<String>) -> Self {
        self.service_account = email.into();
        self
    }

    fn request(&self, path: &str) -> Result<ServiceRequest> {
        Ok(self.server.request(path)?.header(FLAVOR, GOOGLE))
    }

    /// The header that no other server has: what another one answers is not the machine's identity.
    fn check(&self, answer: &ServiceAnswer) -> Result<()> {
        if answer.headers().get(FLAVOR) == Some(&GOOGLE) {
            return Ok(());
        }
        Err(Error::configuration(format!(
            "what answers at {} is not Google's metadata server, as its answer has no `Metadata-Flavor: Google`: check \
             GCE_METADATA_HOST, and whether a proxy is in between",
            self.server.base()
        )))
    }
}

#[async_trait]
impl AssertionSource for GoogleMetadata {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        self.server.detect_by(self.request("/")?, |answer| self.check(answer)).await?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("audience", audience)
            .append_pair("format", "full")
            .finish();
        let account = &self.service_account;
        let segment: String = form_urlencoded::byte_serialize(account.as_bytes()).collect();
        let path = format!("/computeMetadata/v1/instance/service-accounts/{segment}/identity?{query}");
        let answer = self.request(&path)?.send().await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Err(Error::configuration(format!(
                "this machine of Google's has no service account {account:?}: attach one, or name one that is attached"
            ))
            .with_status(answer.status()));
        }
        Ok(answer.success()?.text()?.into())
    }

    fn identity(&self) -> Fingerprint {
        let Self { server, service_account } = self;
        let whole = Fingerprint::builder().parameter("google-metadata", server.base());
        whole.parameter("service_account", service_account).finish()
    }
}
