//! Workload and workforce identity federation.

mod aws;
mod certificate;
mod executable;
mod info;
mod subject_token;
mod text;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::{Fingerprint, FunctionIdentity};
use grantkit::grant::SecurityToken;
use grantkit::token::TokenTypeIdentifier;
use grantkit::{Error, OAuthClient, OAuthToken, Result, SecretString};
use serde_json::json;

pub use aws::AwsSecurityCredentials;
pub(super) use info::ExternalAccountInfo;

use super::endpoints::{CLOUD_PLATFORM, IAM_SCOPE, sts_endpoint};
use super::impersonated::ImpersonatedServiceAccount;
use super::options::{CredentialType, Options, source_methods};
use super::retry::Retried;
use super::{NAME, client};
use subject_token::SubjectToken;

/// Credentials of an identity elsewhere, exchanged at Google's Security Token Service (RFC 8693; AIP-4117): workload identity federation
/// with AWS, Azure, GitHub, Kubernetes or any OpenID provider, and workforce identity federation.
///
/// The subject's token comes from where the JSON file says: a file, a URL, an executable, AWS, a client certificate; or from
/// [any source](Self::from_source).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::ExternalAccount;
///
/// # fn main() -> Result<()> {
/// let account = ExternalAccount::from_file("/etc/acme/federation.json")?
///     .scopes("https://www.googleapis.com/auth/cloud-platform");
/// let credentials = account.credentials();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ExternalAccount {
    audience: String,
    subject_token_type: String,
    subject: SubjectToken,
    token_url: String,
    client_id: Option<String>,
    client_secret: Option<SecretString>,
    workforce_pool_user_project: Option<String>,
    impersonation: Option<Impersonation>,
    options: Options,
    inner: OnceLock<Inner>,
}

#[derive(Clone, Debug)]
struct Impersonation {
    url: String,
    lifetime: Option<Duration>,
}

#[derive(Clone)]
enum Inner {
    Own(Retried),
    Impersonated(Arc<ImpersonatedServiceAccount>),
}

impl Inner {
    fn client(&self) -> &dyn OAuthClient {
        match self {
            Self::Own(grant) => grant,
            Self::Impersonated(account) => &**account,
        }
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inner")
    }
}

impl ExternalAccount {
    /// Of a JSON file of the type `external_account`.
    ///
    /// The file names addresses that are asked, and may name a program that is run
    /// (only where the environment has `GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1`): use only a file from a
    /// source that you trust.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it cannot be read, is another one, or lacks something.
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self> {
        super::credentials_file::read(path.as_ref())?.external_account()
    }

    /// Of the JSON itself.
    ///
    /// # Errors
    ///
    /// As [`from_file`](Self::from_file).
    pub fn from_json(json: &str) -> Result<Self> {
        super::credentials_file::parse(json.as_bytes(), "the JSON")?.external_account()
    }

    /// Of any source of the subject's token, for the audience
    /// `//iam.googleapis.com/projects/{number}/locations/global/workloadIdentityPools/{pool}/providers/{provider}`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the audience is empty.
    pub fn from_source(
        audience: impl Into<String>,
        subject_token_type: impl Into<String>,
        source: impl AssertionSource + 'static,
    ) -> Result<Self> {
        let subject = SubjectToken::given(source);
        Self::with_subject(audience.into(), subject_token_type.into(), subject, None)
    }

    pub(super) fn of(info: ExternalAccountInfo) -> Result<Self> {
        let subject = SubjectToken::of(&info)?;
        let token_url = info.token_url.clone();
        let mut account = Self::with_subject(info.audience, info.subject_token_type, subject, Some(token_url))?;
        account.options.universe_domain = info.universe_domain;
        account.options.quota_project_id = info.quota_project_id;
        account.client_id = info.client_id;
        account.client_secret = info.client_secret;
        account.workforce_pool_user_project = info.workforce_pool_user_project;
        let lifetime = info.service_account_impersonation.and_then(|options| options.token_lifetime_seconds);
        let lifetime = lifetime.map(Duration::from_secs);
        account.impersonation = info.service_account_impersonation_url.map(|url| Impersonation { url, lifetime });
        account.check()?;
        Ok(account)
    }

    fn with_subject(audience: String, kind: String, subject: SubjectToken, token_url: Option<String>) -> Result<Self> {
        if audience.trim().is_empty() {
            return Err(Error::configuration(
                "the external account's `audience` is empty: it names the provider of the identity pool",
            ));
        }
        let options = Options::default();
        Ok(Self {
            audience,
            subject_token_type: kind,
            subject,
            token_url: token_url.unwrap_or_else(|| sts_endpoint(options.universe())),
            client_id: None,
            client_secret: None,
            workforce_pool_user_project: None,
            impersonation: None,
            options,
            inner: OnceLock::new(),
        })
    }

    source_methods!();

    /// Acts as this service account with the token that was exchanged.
    pub fn impersonate(mut self, email: &str) -> Self {
        let url = format!("{}/projects/-/serviceAccounts/{email}:generateAccessToken", self.options.iam_url());
        let lifetime = self.impersonation.and_then(|impersonation| impersonation.lifetime);
        self.impersonation = Some(Impersonation { url, lifetime });
        self.changed()
    }

    /// The token endpoint, in place of the file's, or of `https://sts.googleapis.com/v1/token`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn token_url(mut self, url: impl Into<String>) -> Result<Self> {
        self.token_url = url.into();
        self.check()?;
        Ok(self.changed())
    }

    /// Gives the AWS keys by this function in place of the environment and the metadata of EC2; `identity` tells it from others.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the account is not one of AWS.
    pub fn aws_credentials(
        mut self,
        identity: impl FunctionIdentity,
        supply: impl Fn() -> Result<AwsSecurityCredentials> + Send + Sync + 'static,
    ) -> Result<Self> {
        let identity = Fingerprint::of_function(identity, &supply);
        self.subject = self.subject.with_aws_credentials(identity, Arc::new(supply))?;
        Ok(self.changed())
    }

    fn changed(mut self) -> Self {
        self.inner = OnceLock::new();
        self
    }

    fn check(&self) -> Result<()> {
        if self.workforce_pool_user_project.is_some() && !self.audience.contains("/locations/global/workforcePools/") {
            return Err(Error::configuration(
                "`workforce_pool_user_project` is for workforce pools, and the `audience` names none: leave it out",
            ));
        }
        self.build().map(drop)
    }

    fn exchange(&self, scopes: &[String]) -> Result<Retried> {
        let builder = client::at(&self.token_url, &self.options_of_connection()?)?;
        let client = match (&self.client_id, &self.client_secret) {
            (Some(id), Some(secret)) => builder.client_id(id.as_str()).client_secret_basic(secret.clone()).build(),
            (None, None) => builder.client_id("none").client_authentication(client::Unnamed).build(),
            _ => {
                return Err(Error::configuration(
                    "the external account needs both of `client_id` and `client_secret`, or neither",
                ));
            }
        };
        let subject = self.subject.source(&self.audience, self.options.clock.clone());
        let subject = SecurityToken::from_source(self.subject_token_type.as_str(), subject);
        let exchange = client
            .token_exchange(subject)
            .requested_token_type(TokenTypeIdentifier::ACCESS_TOKEN)
            .audience(self.audience.as_str())
            .scopes(scopes.to_vec());
        let exchange = match &self.workforce_pool_user_project {
            // Encoded once more as a value of the form.
            Some(project) if self.client_id.is_none() => {
                let options = json!({ "userProject": project }).to_string();
                exchange.parameter("options", form_urlencoded::byte_serialize(options.as_bytes()).collect::<String>())
            }
            _ => exchange,
        };
        Ok(Retried(exchange.named(NAME)))
    }

    /// A certificate goes with the connection.
    fn options_of_connection(&self) -> Result<Options> {
        let mut options = self.options.clone();
        if let Some(transport) = self.subject.transport()? {
            options.transport = Some(transport);
        }
        Ok(options)
    }

    fn build(&self) -> Result<Inner> {
        let Some(Impersonation { url, lifetime }) = &self.impersonation else {
            return self.exchange(self.options.scopes()).map(Inner::Own);
        };
        let own = self.exchange(&[IAM_SCOPE.to_owned()])?;
        let mut account = ImpersonatedServiceAccount::at(own, url)?;
        account.change(|options| options.clone_from(&self.options));
        if let Some(lifetime) = lifetime {
            account = account.lifetime(*lifetime);
        }
        Ok(Inner::Impersonated(Arc::new(account)))
    }

    fn inner_client(&self) -> Result<&dyn OAuthClient> {
        let inner = if let Some(inner) = self.inner.get() {
            inner
        } else {
            let inner = self.build()?;
            self.inner.get_or_init(|| inner)
        };
        Ok(inner.client())
    }

    /// A connection shows the certificate that was in the file when it was set up, and they are replaced every few hours: it is read
    /// anew for each token, as the subject token is, which has to be the same one.
    async fn with_current_certificate(&self) -> Result<Option<Inner>> {
        if !matches!(self.subject, SubjectToken::Certificate(_)) {
            return Ok(None);
        }
        let account = self.clone();
        let built = tokio::task::spawn_blocking(move || account.build()).await;
        built.map_err(|error| Error::temporary("reading the certificate was interrupted").with_source(error))?.map(Some)
    }
}

#[async_trait]
impl OAuthClient for ExternalAccount {
    fn name(&self) -> &str {
        NAME
    }

    super::options::with_scopes!();
    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        if self.options.scopes().is_empty() {
            return Err(Error::configuration(format!(
                "an external account's token needs scopes: set `scopes`, as to {CLOUD_PLATFORM}"
            )));
        }
        let token = match self.with_current_certificate().await? {
            Some(inner) => inner.client().get_token().await?,
            None => self.inner_client()?.get_token().await?,
        };
        if self.impersonation.is_some() { Ok(token) } else { self.options.finish(token, CredentialType::Unsaid) }
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self {
            // All of these are what the client inside is built of.
            audience: _,
            subject_token_type: _,
            subject: _,
            token_url: _,
            client_id: _,
            client_secret: _,
            workforce_pool_user_project: _,
            impersonation: _,
            inner: _,
            options,
        } = self;
        let builder =
            Fingerprint::builder().parameter("kind", "external_account").part("options", options.fingerprint().build());
        match self.inner_client() {
            Ok(inner) => builder.part("inner", inner.fingerprint()).build(),
            Err(error) => builder.parameter("error", error.to_string()).build(),
        }
    }
}

super::into_credentials!(ExternalAccount);
