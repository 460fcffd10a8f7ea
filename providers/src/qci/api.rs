use std::env;
use std::fmt;
use std::time::{Duration, SystemTime};

use grantkit::credentials::RefreshPolicy;
use grantkit::provider::{Provider as _, ProviderConfig as _, ProviderSettings};
use grantkit::token::AccessToken;
use grantkit::transport::ServiceRequest;
use grantkit::{Credentials, OAuthToken, Result};
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use serde_json::Value;

use super::access::Access;
use super::{Qci, QciConfig};

/// The API of Quantum Computing Inc as the company's own client has it (`qci-client`, "`QciClient`"): headers for custom requests,
/// health and version, and what the service says of an access token. Tokens are renewed ten minutes before they expire.
///
/// ```no_run
/// use grantkit_providers::QciApi;
///
/// # async fn example() -> grantkit::Result<()> {
/// let qci = QciApi::from_env()?; // QCI_API_URL, QCI_TOKEN
/// println!("{}", qci.version().await?.version);
/// let organization = qci.access_token_info().await?.organization_id;
/// # let _ = organization;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct QciApi {
    access: Access,
    credentials: Credentials,
}

/// As the company's client has it.
const REFRESH_AHEAD: Duration = Duration::from_mins(10);
const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl QciApi {
    /// The API of these settings, with the keys of [`Qci`]. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) lists all that is wrong.
    pub fn connect(settings: ProviderSettings) -> Result<Self> {
        let settings = settings.checked(Qci::NAME, QciConfig::KEYS, Qci::check)?;
        let config = QciConfig {
            api_url: settings.text("api_url").unwrap_or_default().to_owned(),
            token: settings.secret("token").unwrap_or_default(),
            timeout: settings.decimal("timeout"),
        };
        let access = Access::new(&config)?;
        let policy = RefreshPolicy::default().with_refresh_ahead(REFRESH_AHEAD);
        let credentials = Credentials::builder(Qci::connect(config)?).policy(policy).build();
        Ok(Self { access, credentials })
    }

    /// The API that `QCI_API_URL` and `QCI_TOKEN` say.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect).
    pub fn from_env() -> Result<Self> {
        let variables = [("api_url", "QCI_API_URL"), ("token", "QCI_TOKEN")];
        let given = variables.into_iter().filter_map(|(key, variable)| Some((key, env::var(variable).ok()?)));
        Self::connect(given.fold(ProviderSettings::new(), |settings, (key, value)| settings.with(key, value)))
    }

    /// Where the API is, with a slash at the end.
    pub fn url(&self) -> &str {
        self.access.base_url()
    }

    /// For how long the server may work on a request.
    pub fn timeout(&self) -> Option<Duration> {
        self.access.timeout()
    }

    /// The credentials, for a custom [`ApiClient`](grantkit::ApiClient).
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// The API for requests with its tokens.
    ///
    /// # Errors
    ///
    /// As [`ApiClient::new`](grantkit::ApiClient::new).
    pub fn api(&self) -> Result<grantkit::ApiClient> {
        let api = grantkit::ApiClient::builder(self.url(), self.credentials.clone());
        match self.access.timeout_header() {
            Some((name, value)) => api.default_header(name, value).build(),
            None => api.build(),
        }
    }

    /// An access token that is good now, with what the service says of it.
    ///
    /// # Errors
    ///
    /// As [`Credentials::token`].
    pub async fn access_token_info(&self) -> Result<QciAccessToken> {
        Ok(QciAccessToken::of(&self.credentials.token().await?))
    }

    /// The headers of each request: `Content-Type`, `Connection: close`, the time-out, and the token.
    ///
    /// # Errors
    ///
    /// As [`Credentials::token`].
    pub async fn headers(&self) -> Result<HeaderMap> {
        let mut headers = self.headers_without_authorization();
        headers.insert(AUTHORIZATION, self.credentials.token().await?.authorization_header());
        Ok(headers)
    }

    /// The same without `Connection: close`, for many requests over one connection.
    ///
    /// # Errors
    ///
    /// As [`headers`](Self::headers).
    pub async fn headers_without_connection_close(&self) -> Result<HeaderMap> {
        let mut headers = self.headers().await?;
        headers.remove(CONNECTION);
        Ok(headers)
    }

    /// The same without the token.
    pub fn headers_without_authorization(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        headers.extend(self.access.timeout_header());
        headers
    }

    /// How the service is.
    ///
    /// # Errors
    ///
    /// The error of the service or the network.
    pub async fn health(&self) -> Result<QciHealth> {
        self.ask("health").await
    }

    /// Which version the service is of.
    ///
    /// # Errors
    ///
    /// The error of the service or the network.
    pub async fn version(&self) -> Result<QciVersion> {
        self.ask("version").await
    }

    /// Without a token.
    async fn ask<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T> {
        ServiceRequest::get("QCi API", format!("{}{path}", self.url()))
            .header(CONTENT_TYPE, JSON)
            .header(CONNECTION, HeaderValue::from_static("close"))
            .send()
            .await?
            .success()?
            .json()
    }
}

impl fmt::Debug for QciApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QciApi").field("url", &self.url()).field("timeout", &self.timeout()).finish_non_exhaustive()
    }
}

/// An access token of the service, with what the service says of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QciAccessToken {
    /// The token.
    pub access_token: AccessToken,
    /// When it expires, as the service writes it.
    pub expires_at_rfc3339: Option<String>,
    /// When it expires.
    pub expires_at: Option<SystemTime>,
    /// Whose quota is used.
    pub organization_id: Option<String>,
    /// Whose API token it is.
    pub user_id: Option<String>,
}

impl QciAccessToken {
    fn of(token: &OAuthToken) -> Self {
        let text = |name: &str| token.extra().get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            access_token: token.access_token().clone(),
            expires_at_rfc3339: text("expires_at_rfc3339"),
            expires_at: token.expires_at(),
            organization_id: text("organization_id"),
            user_id: text("user_id"),
        }
    }
}

/// How the service is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct QciHealth {
    /// What it says.
    pub message: String,
}

/// Which version the service is of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct QciVersion {
    /// The name of the service.
    pub application_name: String,
    /// Its version.
    pub version: String,
}
