use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::{Error, Result, SecretString};
use http::StatusCode;

use crate::google::MetadataService;

/// Whichever account the machine runs as.
const DEFAULT: &str = "default";
const OTHERWISE: &str = "run this on Google Cloud, or set GCE_METADATA_HOST to the metadata server's host";

/// The ID token of a service account on Google's machines: Compute Engine, Cloud Run, GKE (Google Cloud, "Verify the identity of
/// instances").
///
/// It is for the audience that the server wants; its issuer is `https://accounts.google.com`, its `sub` the service account's ID.
#[derive(Clone, Debug)]
pub struct GoogleMetadata {
    server: MetadataService,
    service_account: String,
}

impl GoogleMetadata {
    /// The machine's own service account, from the metadata server: that of `GCE_METADATA_HOST`, where it is set, and over mutual TLS, where
    /// `GCE_METADATA_MTLS_MODE` says so ([`MetadataServer`](crate::google::MetadataServer)).
    pub fn from_env() -> Self {
        Self::of(MetadataService::from_env(OTHERWISE))
    }

    /// The machine's own service account, from the metadata server at this base URL.
    pub fn from_metadata_server(base: &str) -> Self {
        Self::of(MetadataService::at(base, OTHERWISE))
    }

    fn of(server: MetadataService) -> Self {
        Self { server, service_account: DEFAULT.to_owned() }
    }

    /// Another of the service accounts that are attached, by its e-mail address.
    #[must_use]
    pub fn with_service_account(mut self, email: impl Into<String>) -> Self {
        self.service_account = email.into();
        self
    }
}

#[async_trait]
impl AssertionSource for GoogleMetadata {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("audience", audience)
            .append_pair("format", "full")
            .finish();
        let account = &self.service_account;
        let segment: String = form_urlencoded::byte_serialize(account.as_bytes()).collect();
        let path = format!("instance/service-accounts/{segment}/identity?{query}");
        let answer = self.server.get(&path).await?;
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
        whole.parameter("service_account", service_account).build()
    }

    /// An account by its address is the same everywhere.
    fn speaks_for_this_machine(&self) -> bool {
        self.service_account == DEFAULT
    }
}
