//! One account acting as another.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::grant::Assertion;
use grantkit::{Credentials, Error, OAuthClient, OAuthToken, Result, SecretString};
use serde_json::{Map, Value};

use super::endpoints::{CLOUD_PLATFORM, TOKEN_ENDPOINT};
use super::iam::{Account, AuthorizedParty};
use super::id_token::IdTokenCredentials;
use super::jwt::{LIFETIME, unix_time};
use super::options::{CredentialType, Options, source_methods};
use super::{NAME, client, retry};

/// Credentials of a service account that other credentials may act as, by the IAM Credentials API (Google Cloud, "Service account
/// impersonation"). No key of that account is needed.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::{self, ImpersonatedServiceAccount};
///
/// # fn main() -> Result<()> {
/// let own = google::application_default()?;
/// let account = ImpersonatedServiceAccount::new(own, "reports@acme.iam.gserviceaccount.com")
///     .scopes("https://www.googleapis.com/auth/cloud-platform");
/// let credentials = account.credentials();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ImpersonatedServiceAccount {
    source: Arc<dyn OAuthClient>,
    credentials: Credentials,
    target: String,
    delegates: Vec<String>,
    lifetime: Duration,
    subject: Option<String>,
    /// Up to the verb; of a file that names it.
    account_url: Option<String>,
    token_uri: String,
    options: Options,
}

impl ImpersonatedServiceAccount {
    /// `source` acts as `target`, by its e-mail address.
    pub fn new(source: impl OAuthClient, target: impl Into<String>) -> Self {
        let source: Arc<dyn OAuthClient> = Arc::new(source);
        Self {
            credentials: Credentials::new(Arc::clone(&source)),
            source,
            target: target.into(),
            delegates: Vec::new(),
            lifetime: LIFETIME,
            subject: None,
            account_url: None,
            token_uri: TOKEN_ENDPOINT.to_owned(),
            options: Options::default(),
        }
    }

    /// By the URL of a file, which ends in `/serviceAccounts/{email}:generateAccessToken`.
    pub(super) fn at(source: impl OAuthClient, url: &str) -> Result<Self> {
        let account_url =
            url.rsplit_once(':').filter(|(_, verb)| *verb == "generateAccessToken").map(|(before, _)| before);
        let named = account_url.and_then(|url| Some((url, url.rsplit_once("/serviceAccounts/")?.1)));
        let Some((account_url, email)) = named else {
            return Err(Error::configuration(
                "`service_account_impersonation_url` has to end in `/serviceAccounts/{e-mail}:generateAccessToken`: create the file anew",
            ));
        };
        grantkit::transport::ServiceRequest::get("`service_account_impersonation_url`", url).check()?;
        Ok(Self { account_url: Some(account_url.to_owned()), ..Self::new(source, email) })
    }

    source_methods!();

    /// The accounts in between, by their e-mail addresses: each may act as the next, the last as the target.
    pub fn delegates<S: Into<String>>(mut self, accounts: impl IntoIterator<Item = S>) -> Self {
        self.delegates = accounts.into_iter().map(Into::into).collect();
        self
    }

    /// How long a token lives; an hour unless set, and at most, unless the organization allows up to twelve.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Has the target act for this user of the Workspace domain (domain-wide delegation).
    pub fn subject(mut self, email: impl Into<String>) -> Self {
        self.subject = Some(email.into());
        self
    }

    /// The address of the IAM Credentials API with its version, in place of `https://iamcredentials.googleapis.com/v1`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn iam_url(mut self, url: impl AsRef<str>) -> Result<Self> {
        self.options.set_iam_url(url.as_ref())?;
        self.account_url = None;
        Ok(self)
    }

    /// Sends the regional access boundary of the account with its tokens (`x-allowed-locations`), as its organization has set it. It is
    /// looked up beside the tokens, and kept for six hours; a token never fails for want of it, and the first one waits a second at most.
    pub fn regional_access_boundary(mut self) -> Self {
        self.options.boundary = Some(super::boundary::Boundary::default());
        self.changed()
    }

    /// Where the assertion for a [`subject`](Self::subject) goes, in place of `https://oauth2.googleapis.com/token`.
    ///
    /// # Errors
    ///
    /// As [`iam_url`](Self::iam_url).
    pub fn token_uri(mut self, url: impl Into<String>) -> Result<Self> {
        self.token_uri = url.into();
        client::check(&self.token_uri)?;
        Ok(self)
    }

    /// The account that is acted as.
    pub fn email(&self) -> &str {
        &self.target
    }

    /// ID tokens of the account for this audience, with its e-mail address in them.
    pub fn id_token(&self, audience: impl Into<String>) -> IdTokenCredentials {
        IdTokenCredentials::new(Identity { account: self.clone(), audience: audience.into() })
    }

    /// Signs bytes with a key of the account that Google holds, as for signed URLs.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the account may not be acted as; or the error of the network.
    pub async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.account().sign_blob(&self.credentials.token().await?, message).await
    }

    fn changed(self) -> Self {
        self
    }

    fn account(&self) -> Account {
        let url = self.account_url.clone();
        let url =
            url.unwrap_or_else(|| format!("{}/projects/-/serviceAccounts/{}", self.options.iam_url(), self.target));
        Account { url, delegates: self.delegates.clone(), transport: self.options.transport.clone() }
    }

    /// By an assertion that the API signs for the account.
    async fn token_for(&self, subject: &str) -> Result<OAuthToken> {
        let claims = [
            ("iss", self.target.clone()),
            ("sub", subject.to_owned()),
            ("scope", self.options.scopes().join(" ")),
            ("aud", TOKEN_ENDPOINT.to_owned()),
        ];
        let claims = claims.map(|(name, value)| (name.to_owned(), Value::from(value))).into_iter().collect();
        let signed = SignedByIam { account: self.clone(), claims };
        let builder = client::at(&self.token_uri, &self.options)?.client_id(self.target.as_str());
        let client = builder.client_authentication(client::Unnamed).build();
        let grant = client.jwt_bearer(Assertion::from_source(signed));
        retry::while_busy(|| grant.get_token()).await
    }
}

#[async_trait]
impl OAuthClient for ImpersonatedServiceAccount {
    fn name(&self) -> &str {
        NAME
    }

    super::options::with_scopes!();
    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let scopes = self.options.scopes();
        if scopes.is_empty() {
            return Err(Error::configuration(format!(
                "a token of an account that is acted as needs scopes: set `scopes`, as to {CLOUD_PLATFORM}"
            )));
        }
        let token = match &self.subject {
            Some(subject) => self.token_for(subject).await?,
            None => self.account().access_token(&self.credentials.token().await?, scopes, self.lifetime).await?,
        };
        self.options.finish_for(token, &self.target, CredentialType::Impersonated).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self {
            source,
            credentials: _,
            target: _,
            delegates,
            lifetime,
            subject,
            account_url: _,
            token_uri,
            options,
        } = self;
        let mut all = Fingerprint::builder()
            .parameter("kind", "impersonated_service_account")
            .parameter("account", self.account().url)
            .parameter("delegates", delegates.join(" "))
            .parameter("lifetime", format!("{lifetime:?}"))
            .parameter("token_uri", token_uri)
            .part("source", source.fingerprint())
            .part("options", options.fingerprint().build());
        if let Some(subject) = subject {
            all = all.parameter("subject", subject);
        }
        all.build()
    }
}

super::into_credentials!(ImpersonatedServiceAccount);

impl std::fmt::Debug for ImpersonatedServiceAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImpersonatedServiceAccount").field("target", &self.target).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct SignedByIam {
    account: ImpersonatedServiceAccount,
    claims: Map<String, Value>,
}

#[async_trait]
impl AssertionSource for SignedByIam {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        let mut claims = self.claims.clone();
        let now = unix_time(self.account.options.now())?;
        claims.insert("iat".to_owned(), now.as_secs().into());
        claims.insert("exp".to_owned(), (now + LIFETIME).as_secs().into());
        let by = self.account.credentials.token().await?;
        self.account.account().sign_jwt(&by, &Value::Object(claims)).await.map(Into::into)
    }

    /// With the source's own.
    fn identity(&self) -> Fingerprint {
        let Self { account, claims } = self;
        let claims = Value::Object(claims.clone()).to_string();
        Fingerprint::builder().part("account", account.fingerprint()).parameter("claims", claims).build()
    }

    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

struct Identity {
    account: ImpersonatedServiceAccount,
    audience: String,
}

#[async_trait]
impl OAuthClient for Identity {
    fn name(&self) -> &str {
        NAME
    }

    super::options::clock!(account.options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let by = self.account.credentials.token().await?;
        self.account.account().id_token(&by, &self.audience, AuthorizedParty::Id).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { account, audience } = self;
        let builder = Fingerprint::builder().parameter("kind", "id_token").parameter("audience", audience);
        builder.part("account", account.fingerprint()).build()
    }
}
