use std::fmt;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use serde::Deserialize;

use super::environment::{secret_header, variable};
use super::on_machine::OnMachine;

/// What Microsoft Entra takes as a client's assertion.
const TOKEN_EXCHANGE: &str = "api://AzureADTokenExchange";
/// The metadata service of each virtual machine.
const IMDS: &str = "http://169.254.169.254";

/// The token of a managed identity of Azure: of a virtual machine, App Service or Functions (Microsoft Entra, "How to use managed
/// identities").
///
/// It is for `api://AzureADTokenExchange`, which Microsoft Entra takes as an application's assertion where the application has a
/// federated credential for the identity; another server wants another [`resource`](Self::with_resource) of the tenant.
#[derive(Clone)]
pub struct AzureManagedIdentity {
    server: OnMachine,
    /// Of App Service.
    identity_header: Option<SecretString>,
    client_id: Option<String>,
    resource: String,
}

impl AzureManagedIdentity {
    /// The identity of the App Service that `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` name, or of the virtual machine.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where one of the variables is set without the other.
    pub fn from_env() -> Result<Self> {
        match (variable("IDENTITY_ENDPOINT"), variable("IDENTITY_HEADER")) {
            (Some(endpoint), Some(header)) => Ok(Self::from_app_service(&endpoint, header)),
            (None, None) => Ok(Self::from_metadata_service(IMDS)),
            (Some(_), None) => Err(half_set("IDENTITY_ENDPOINT", "IDENTITY_HEADER")),
            (None, Some(_)) => Err(half_set("IDENTITY_HEADER", "IDENTITY_ENDPOINT")),
        }
    }

    /// The identity of an App Service, from this endpoint with this header.
    pub fn from_app_service(endpoint: &str, identity_header: impl Into<SecretString>) -> Self {
        Self { identity_header: Some(identity_header.into()), ..Self::from_metadata_service(endpoint) }
    }

    /// The identity of a virtual machine, from the metadata service at this base URL.
    pub fn from_metadata_service(base: &str) -> Self {
        let otherwise = "run this on Azure, with a managed identity assigned";
        let server = OnMachine::new("Azure managed identity endpoint", base, otherwise);
        Self { server, identity_header: None, client_id: None, resource: TOKEN_EXCHANGE.to_owned() }
    }

    /// A user-assigned identity, by its client ID.
    #[must_use]
    pub fn with_client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// A token for this resource of the tenant, by its application ID URI.
    #[must_use]
    pub fn with_resource(mut self, resource: impl Into<String>) -> Self {
        self.resource = resource.into();
        self
    }

    fn request(&self) -> Result<ServiceRequest> {
        let (path, version) = match &self.identity_header {
            Some(_) => ("", "2019-08-01"),
            None => ("/metadata/identity/oauth2/token", "2018-02-01"),
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("api-version", version).append_pair("resource", &self.resource);
        if let Some(client_id) = &self.client_id {
            query.append_pair("client_id", client_id);
        }
        let request = self.server.request(&format!("{path}?{}", query.finish()))?;
        Ok(match &self.identity_header {
            Some(header) => {
                let value = secret_header("IDENTITY_HEADER", header.expose_secret())?;
                request.header(HeaderName::from_static("x-identity-header"), value).secret(header.expose_secret())
            }
            None => request.header(HeaderName::from_static("metadata"), HeaderValue::from_static("true")),
        })
    }
}

#[derive(Deserialize)]
struct Answer {
    access_token: SecretString,
}

#[async_trait]
impl AssertionSource for AzureManagedIdentity {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        if self.identity_header.is_none() {
            self.server.detect(self.server.request("/metadata/versions")?).await?;
        }
        let answer = self.request()?.send().await?;
        if !answer.status().is_success() {
            let failure = answer.failure();
            return Err(match failure.oauth_code() {
                // What it says where there is none, or several.
                Some("invalid_request") => Error::configuration(format!(
                    "Azure has no such managed identity here: assign one, or name its client ID where there are several ({failure})"
                ))
                .with_status(answer.status())
                .with_source(failure),
                _ => failure,
            });
        }
        Ok(answer.json::<Answer>()?.access_token)
    }

    fn identity(&self) -> Fingerprint {
        let Self { server, identity_header, client_id, resource } = self;
        let whole = Fingerprint::builder()
            .parameter("azure-managed-identity", server.base())
            .parameter("client_id", client_id.clone().unwrap_or_default())
            .parameter("resource", resource);
        match identity_header {
            Some(header) => whole.secret("identity_header", header.expose_secret()).build(),
            None => whole.build(),
        }
    }

    /// A user-assigned identity has a client ID of its own; the header of App Service is one instance's own.
    fn speaks_for_this_machine(&self) -> bool {
        self.client_id.is_none() && self.identity_header.is_none()
    }
}

impl fmt::Debug for AzureManagedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { server, identity_header: _, client_id, resource } = self;
        f.debug_struct("AzureManagedIdentity")
            .field("endpoint", &server.base())
            .field("client_id", client_id)
            .field("resource", resource)
            .finish_non_exhaustive()
    }
}

fn half_set(set: &str, missing: &str) -> Error {
    Error::configuration(format!(
        "the environment variable {set} is set and {missing} is not: App Service sets both, and a virtual machine neither"
    ))
}
