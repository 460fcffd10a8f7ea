//! The metadata server of a machine in Google's cloud.

mod mutual_tls;
mod of_google;
mod requests;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::{OAuthClient, OAuthToken, Result};
use http::StatusCode;

use super::id_token::IdTokenCredentials;
use super::options::{CredentialType, Options, source_methods};
use super::{NAME, id_token};
use crate::this_machine;
pub use mutual_tls::MetadataMutualTls;
pub(crate) use requests::Server;

/// The machine's own account, whichever that is.
const DEFAULT: &str = "default";
/// What to do without a metadata server.
const CURE: &str = "run this on Google Cloud, name a credentials file by GOOGLE_APPLICATION_CREDENTIALS, or log in by \
                    `gcloud auth application-default login`";

/// Credentials of the service account that is attached to the machine, container or function, by Google Cloud's metadata server
/// ("About VM metadata").
///
/// Where there is none, that is known within a second, and is an error of the [configuration](grantkit::Error::is_configuration). Where the
/// machine or its environment says that there is one (`GCE_METADATA_HOST`, Cloud Run's and App Engine's variables, the product name of the
/// firmware), it is asked up to four times in some seconds, as that of a pod that has just started may not be there yet, and its absence is
/// [temporary](grantkit::Error::is_retryable). `GCE_METADATA_HOST` names another one, and `GCE_METADATA_MTLS_MODE` says whether it is
/// asked over mutual TLS ([`MetadataMutualTls`]).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::MetadataServer;
///
/// # async fn example() -> Result<()> {
/// let server = MetadataServer::new();
/// let project = server.project_id().await?;
/// let credentials = server.credentials();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct MetadataServer {
    server: Server,
    account: String,
    options: Options,
}

impl MetadataServer {
    /// The machine's own one, or that of the environment variables `GCE_METADATA_HOST`, `GCE_METADATA_ROOT`.
    ///
    /// Whether it is there is asked of `GCE_METADATA_IP`, where that is set, as often as `GCE_METADATA_DETECT_RETRIES` says, and for
    /// `GCE_METADATA_TIMEOUT` seconds each time: unless set, once within a second, or, where there has to be one, four times for three seconds.
    pub fn new() -> Self {
        Self { server: Server::from_env(CURE), account: DEFAULT.to_owned(), options: Options::default() }
    }

    /// Asks this host, with its port if need be, by plain `http`; over mutual TLS with [`mutual_tls_files`](Self::mutual_tls_files). How often
    /// and for how long it is looked for stays as it was set, and is once within a second unless set.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.server.set_host(host.into());
        self.changed()
    }

    /// Whether it is asked over mutual TLS, in place of what `GCE_METADATA_MTLS_MODE` says.
    pub fn mutual_tls(mut self, mode: MetadataMutualTls) -> Self {
        self.server.mutual_tls.set_mode(mode);
        self
    }

    /// Where the certificates for [`mutual_tls`](Self::mutual_tls) are: the root that has signed the server's, and the private key with the
    /// client's certificate, both in PEM. They are looked at before each request, as the guest agent replaces them every other day.
    ///
    /// Unless set they are in `/run/google-mds-mtls`, on Windows in `C:\ProgramData\Google\ComputeEngine`, and are for the machine's own
    /// metadata server: of another [`host`](Self::host) it is not known whether it speaks TLS.
    pub fn mutual_tls_files(mut self, root: impl Into<PathBuf>, client: impl Into<PathBuf>) -> Self {
        self.server.mutual_tls.set_files(root.into(), client.into());
        self
    }

    /// Limits the time of the first request, by which it is seen whether there is a metadata server; unless set, or by
    /// `GCE_METADATA_TIMEOUT` in seconds, 1 s, or 3 s where the machine or its environment says that there is one.
    pub fn detection_timeout(mut self, limit: Duration) -> Self {
        self.server.detection_timeout = Some(limit);
        self
    }

    source_methods!();

    /// Sends the regional access boundary of the account with its tokens (`x-allowed-locations`), as its organization has set it. It is
    /// looked up beside the tokens, and kept for six hours; a token never fails for want of it, and the first one waits a second at most.
    pub fn regional_access_boundary(mut self) -> Self {
        self.options.boundary = Some(super::boundary::Boundary::default());
        self.changed()
    }

    /// Uses this service account of those that are attached, by its e-mail address; `default` unless set.
    pub fn account(mut self, email: impl Into<String>) -> Self {
        self.account = email.into();
        self
    }

    /// The project that the machine belongs to.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) where there is no metadata server; or the error of the network.
    pub async fn project_id(&self) -> Result<String> {
        self.server.text("project/project-id", "the project").await
    }

    /// The e-mail address of the service account.
    ///
    /// # Errors
    ///
    /// As [`project_id`](Self::project_id).
    pub async fn email(&self) -> Result<String> {
        self.server.text(&self.path("email"), "the service account").await
    }

    /// The universe that the machine belongs to: `googleapis.com` where the server does not say.
    ///
    /// # Errors
    ///
    /// As [`project_id`](Self::project_id).
    pub async fn fetch_universe_domain(&self) -> Result<String> {
        let answer = self.server.get("universe/universe-domain").await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(super::endpoints::DEFAULT_UNIVERSE.to_owned());
        }
        let answer = answer.success()?;
        let domain = answer.text()?;
        Ok(if domain.is_empty() { super::endpoints::DEFAULT_UNIVERSE } else { domain }.to_owned())
    }

    /// Whether there is a metadata server: a machine elsewhere has none.
    pub async fn is_present(&self) -> bool {
        self.server.detect().await.is_ok()
    }

    /// ID tokens of the service account for this audience, with all that the server says of the machine (`format=full`).
    pub fn id_token(&self, audience: impl Into<String>) -> IdTokenCredentials {
        IdTokenCredentials::new(Identity { server: self.clone(), audience: audience.into() })
    }

    fn changed(mut self) -> Self {
        if let Some(transport) = &self.options.transport {
            self.server.set_transport(transport.clone());
        }
        self
    }

    fn path(&self, leaf: &str) -> String {
        let account: String = form_urlencoded::byte_serialize(self.account.as_bytes()).collect();
        format!("instance/service-accounts/{account}/{leaf}")
    }
}

impl Default for MetadataServer {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl OAuthClient for MetadataServer {
    fn name(&self) -> &str {
        NAME
    }

    super::options::with_scopes!();
    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let scopes = self.options.scopes();
        let mut path = self.path("token");
        if !scopes.is_empty() {
            let query =
                form_urlencoded::Serializer::new(String::new()).append_pair("scopes", &scopes.join(",")).finish();
            path = format!("{path}?{query}");
        }
        let answer = self.server.get(&path).await?;
        let answer = self.server.found(answer, "a token")?;
        let token = OAuthToken::from_response(answer.bytes())?;
        let token = if scopes.is_empty() { token } else { token.with_scope(scopes.join(" ")) };
        if self.options.boundary.is_none() {
            return self.options.finish(token, CredentialType::MetadataServer);
        }
        // Without the address there is no boundary, and a token all the same.
        match self.email().await {
            Ok(email) => self.options.finish_for(token, &email, CredentialType::MetadataServer).await,
            Err(_) => self.options.finish(token, CredentialType::MetadataServer),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { server, account, options } = self;
        let builder = Fingerprint::builder()
            .parameter("kind", "metadata_server")
            .parameter("account", account)
            .part("options", options.fingerprint().build());
        let builder = server.identify(builder);
        if account == DEFAULT { builder.part("machine", this_machine::identity()).build() } else { builder.build() }
    }
}

super::into_credentials!(MetadataServer);

struct Identity {
    server: MetadataServer,
    audience: String,
}

#[async_trait]
impl OAuthClient for Identity {
    fn name(&self) -> &str {
        NAME
    }

    super::options::clock!(server.options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let Self { server, audience } = self;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("audience", audience)
            .append_pair("format", "full")
            .finish();
        let answer = server.server.get(&format!("{}?{query}", server.path("identity"))).await?;
        let answer = server.server.found(answer, "an ID token")?;
        id_token::token(answer.text()?)
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { server, audience } = self;
        let builder = Fingerprint::builder().parameter("kind", "id_token").parameter("audience", audience);
        builder.part("server", server.fingerprint()).build()
    }
}
