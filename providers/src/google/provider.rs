//! Google by name.

mod login;

use std::sync::Arc;

use grantkit::provider::{ConfigErrors, Provider, ProviderConfig, ProviderSettings, declare_capabilities};
use grantkit::{Client, Error, OAuthClient, ProviderClient, Result, SecretString};
use secrecy::ExposeSecret as _;
use serde::Deserialize;

use super::api_key::ApiKey;
use super::credentials::{GoogleCredentials, application_default};
use super::metadata_server::MetadataServer;
use super::source::Source;
use super::user::AuthorizedUser;
use login::GoogleProvider;

/// Google: tokens of the program itself from wherever they come ([`google`](super)), and logins of persons.
///
/// | key | meaning |
/// |---|---|
/// | `credentials_file` | path of a JSON file of any type that Google's tools write: service account, user, impersonation, external account |
/// | `credentials_json` | the JSON itself; a secret |
/// | `api_key` | a key that names the project, and no account: `x-goog-api-key` in place of a token; a secret |
/// | `client_id`, `client_secret` | of an OAuth client, for logins of persons |
/// | `refresh_token` | of a user who consented to that client; a secret |
/// | `scopes` | what is asked for; of a login `openid`, `email`, `profile` unless given |
/// | `offline_access` | whether logins ask for a refresh token (`access_type=offline`, `prompt=consent`); they do unless told otherwise |
/// | `quota_project_id` | the project that calls are charged to: the header `x-goog-user-project` goes with the token |
/// | `impersonate_service_account` | the e-mail address of a service account that the credentials act as |
/// | `delegates` | the accounts in between |
/// | `subject` | the user of the Workspace domain that a service account acts for |
/// | `id_token_audience` | gets ID tokens for this audience in place of access tokens, for Cloud Run and the like |
/// | `token_uri` | the token endpoint, in place of Google's own: `https`, or `http` on a loopback address |
/// | `iam_url` | in place of `https://iamcredentials.googleapis.com/v1` |
/// | `metadata_host` | host and port of the metadata server, which is used then |
/// | `provider_base_url` | in place of the scheme and host of every address of logins and of a user's token endpoint |
///
/// With neither a file nor a refresh token the credentials are those that the machine has
/// ([`application_default`]): on Google Cloud there is nothing to configure.
///
/// ```sh
/// STORAGE_SCOPES=https://www.googleapis.com/auth/devstorage.read_only
/// STORAGE_CREDENTIALS_FILE=/etc/storage/key.json
/// ```
///
/// # Quirks
///
/// - A file is read once, by `connect`; a `token_uri` in a user's file is ignored.
/// - Google's refresh tokens stay as they are. Should one be replaced, its successor is used from then on, and not written
///   to the file.
/// - A session that the Workspace's administrator has limited ends in `invalid_grant` with the
///   [member](grantkit::Error::error_member) `error_subtype` (`invalid_rapt`, `rapt_required`): it
///   [needs a login](grantkit::Error::needs_login), as a revoked refresh token does. So does one of a client in "testing", after seven
///   days. [`AuthorizedUser::reauth`] has the person authenticate instead.
#[derive(Clone, Copy, Debug)]
pub struct Google;

/// The keys of [`Google`], as serde reads them.
#[derive(Debug, Default, Deserialize, ProviderConfig)]
pub struct GoogleConfig {
    /// An API key, in place of credentials.
    api_key: Option<SecretString>,
    /// The client ID of an OAuth client.
    client_id: Option<String>,
    /// The secret of the same client.
    client_secret: Option<SecretString>,
    /// The refresh token of a user who consented to it.
    refresh_token: Option<SecretString>,
    /// The path of a JSON file that Google's tools write.
    credentials_file: Option<String>,
    /// The JSON of such a file.
    credentials_json: Option<SecretString>,
    /// What is asked for.
    #[serde(default)]
    scopes: Vec<String>,
    /// Whether logins ask for a refresh token; they do unless told otherwise.
    offline_access: Option<bool>,
    /// The project that calls are charged to.
    quota_project_id: Option<String>,
    /// A service account that the credentials act as.
    impersonate_service_account: Option<String>,
    /// The service accounts in between.
    #[serde(default)]
    delegates: Vec<String>,
    /// The user of the Workspace domain that a service account acts for.
    subject: Option<String>,
    /// The audience of ID tokens, in place of access tokens.
    id_token_audience: Option<String>,
    /// The token endpoint, in place of Google's own.
    token_uri: Option<String>,
    /// The IAM Credentials API, in place of Google's own.
    iam_url: Option<String>,
    /// Host and port of the metadata server.
    metadata_host: Option<String>,
    /// In place of the scheme and host of every address of logins and of a user's token endpoint.
    provider_base_url: Option<String>,
}

const CLIENT: [&str; 2] = ["client_id", "client_secret"];
/// One of these says where the credentials come from.
const SOURCES: [&str; 5] = ["api_key", "credentials_file", "credentials_json", "refresh_token", "metadata_host"];

declare_capabilities!(Google: Credentials, Login, DeviceLogin, Identity, Revocation, Api);

impl Provider for Google {
    const NAME: &'static str = super::NAME;
    const TITLE: &'static str = "Google";
    const ALIASES: &'static [&'static str] = &["gmail", "gsuite", "google-workspace", "youtube"];
    const REGISTRATION_URL: Option<&'static str> = Some("https://console.cloud.google.com/auth/clients");
    const LOGIN_SCOPES: &'static [&'static str] = &["openid", "email", "profile"];
    type Config = GoogleConfig;

    fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
        let is_client = CLIENT.into_iter().any(|key| settings.contains(key)) || settings.contains("refresh_token");
        if is_client {
            CLIENT.into_iter().filter(|key| !settings.contains(key)).for_each(|key| errors.missing(key));
        }
        let given: Vec<_> = SOURCES.into_iter().filter(|key| settings.contains(key)).collect();
        if given.len() > 1 {
            let given: Vec<_> = given.iter().map(|key| format!("`{key}`")).collect();
            errors
                .note(format!("{} are given, and the credentials come from one place: leave one", given.join(" and ")));
        }
        if settings.contains("delegates") && !settings.contains("impersonate_service_account") {
            errors.missing("impersonate_service_account");
        }
        let token_uri = settings.text("token_uri").map(|token_uri| Client::builder().token_endpoint(token_uri));
        if let Some(Err(why)) = token_uri {
            errors.wrong("token_uri", why);
        }
        if let Some(Err(why)) = settings.text("credentials_file").map(GoogleCredentials::from_file) {
            errors.wrong("credentials_file", why);
        }
        if let Some(Err(why)) = settings.text("credentials_json").map(GoogleCredentials::from_json) {
            errors.wrong("credentials_json", why);
        }
    }

    fn connect(config: GoogleConfig) -> Result<ProviderClient> {
        let people = login::people(&config)?;
        // Who logs people in alone has no credentials, and is not given the machine's.
        let is_for_logins = people.is_some() && !config.names_source();
        let client = if is_for_logins { None } else { Some(config.client()?) };
        Ok(ProviderClient::from_capabilities(GoogleProvider::new(people, client)))
    }
}

grantkit::provider::register_provider!(Google);

impl GoogleConfig {
    fn names_source(&self) -> bool {
        self.api_key.is_some()
            || self.credentials_file.is_some()
            || self.credentials_json.is_some()
            || self.refresh_token.is_some()
            || self.metadata_host.is_some()
    }

    fn client(self) -> Result<Arc<dyn OAuthClient>> {
        if let Some(key) = self.api_key {
            return Ok(Arc::new(ApiKey::new(key)));
        }
        let mut credentials = self.credentials()?;
        if !self.scopes.is_empty() {
            credentials = credentials.scopes(self.scopes.as_slice());
        }
        let quota_project_id = self.quota_project_id.clone();
        if let (Some(subject), None) = (&self.subject, &self.impersonate_service_account) {
            credentials = credentials.subject(subject)?;
        }
        let Some(target) = self.impersonate_service_account else {
            let credentials = quota_project_id.into_iter().fold(credentials, GoogleCredentials::quota_project_id);
            return Ok(match self.id_token_audience {
                Some(audience) => Arc::new(credentials.id_token(audience)?),
                None => Arc::new(credentials),
            });
        };
        let mut account =
            credentials.scopes_for_iam().impersonate(target).delegates(self.delegates).scopes(self.scopes);
        account = quota_project_id.into_iter().fold(account, super::ImpersonatedServiceAccount::quota_project_id);
        account = self.subject.into_iter().fold(account, super::ImpersonatedServiceAccount::subject);
        if let Some(url) = self.iam_url {
            account = account.iam_url(url)?;
        }
        if let Some(url) = self.token_uri {
            account = account.token_uri(url)?;
        }
        Ok(match self.id_token_audience {
            Some(audience) => Arc::new(account.id_token(audience)),
            None => Arc::new(account),
        })
    }

    fn credentials(&self) -> Result<GoogleCredentials> {
        let mut credentials = self.found()?;
        let token_uri = self.token_uri.clone().or_else(|| {
            let base_url =
                self.provider_base_url.as_deref().filter(|_| matches!(credentials.source_mut(), Source::User(_)))?;
            Some(format!("{}/token", base_url.trim_end_matches('/')))
        });
        if let Some(url) = &token_uri {
            let source = credentials.source_mut();
            *source = match source.clone() {
                Source::User(user) => Source::User(Box::new(user.token_uri(url)?)),
                Source::ServiceAccount(account) => Source::ServiceAccount(Box::new(account.token_uri(url)?)),
                Source::ExternalAccount(account) => Source::ExternalAccount(Box::new(account.token_url(url)?)),
                other => other,
            };
        }
        if let (Source::Impersonated(account), Some(url)) = (credentials.source_mut(), &self.iam_url) {
            **account = account.clone().iam_url(url)?;
        }
        Ok(credentials)
    }

    fn found(&self) -> Result<GoogleCredentials> {
        if let Some(path) = &self.credentials_file {
            return GoogleCredentials::from_file(path);
        }
        if let Some(json) = &self.credentials_json {
            return GoogleCredentials::from_json(json.expose_secret());
        }
        if let Some(host) = &self.metadata_host {
            return Ok(GoogleCredentials::of(Source::MetadataServer(Box::new(MetadataServer::new().host(host)))));
        }
        match (&self.client_id, &self.client_secret, &self.refresh_token) {
            (Some(id), Some(secret), Some(refresh_token)) => {
                let user = AuthorizedUser::new(id, secret.clone(), refresh_token.clone());
                Ok(GoogleCredentials::of(Source::User(Box::new(user))))
            }
            (None, None, None) => application_default(),
            _ => Err(Error::configuration("`client_id`, `client_secret` and `refresh_token` go together")),
        }
    }
}
