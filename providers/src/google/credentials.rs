//! Credentials of any type, and those that a program finds without being told.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use grantkit::credentials::{Fingerprint, InnerClient};
use grantkit::grant::IntoScopes;
use grantkit::time::IntoClock;
use grantkit::transport::Transport;
use grantkit::{Error, OAuthClient, OAuthToken, Result};

use super::id_token::{self, IdTokenCredentials};
use super::impersonated::ImpersonatedServiceAccount;
use super::metadata_server::MetadataServer;
use super::options::Options;
use super::source::Source;
use super::well_known::{self, filled};
use super::{NAME, credentials_file, gcloud};

/// Google's credentials of whatever type: those of a JSON file, or those that [`application_default`] finds.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google;
///
/// # async fn example() -> Result<()> {
/// let own = google::application_default()?.scopes("https://www.googleapis.com/auth/cloud-platform");
/// let project = own.project_id().await?;
/// let storage = ApiClient::new("https://storage.googleapis.com/storage/v1", own)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct GoogleCredentials {
    source: Source,
}

/// Application default credentials: the program's own, wherever it runs (AIP-4110). Nothing is sent.
///
/// | | looked for |
/// |---|---|
/// | 1 | the file that `GOOGLE_APPLICATION_CREDENTIALS` names |
/// | 2 | the file of `gcloud auth application-default login`: `application_default_credentials.json` in `$CLOUDSDK_CONFIG`, `~/.config/gcloud` or `%APPDATA%\gcloud` |
/// | 3 | the metadata server of Google Cloud, unless `NO_GCE_CHECK` is `true`; whether it is there shows the first token |
///
/// `GOOGLE_CLOUD_QUOTA_PROJECT` names the project that calls are charged to, before the file.
///
/// # Errors
///
/// [`is_configuration`](Error::is_configuration) where a file that is named cannot be used, however many other places there are, or where
/// there is nothing at all.
pub fn application_default() -> Result<GoogleCredentials> {
    let mut found = GoogleCredentials { source: search()? };
    if let Some(project) = filled("GOOGLE_CLOUD_QUOTA_PROJECT").and_then(|project| project.into_string().ok()) {
        found = found.quota_project_id(project);
    }
    Ok(found)
}

fn search() -> Result<Source> {
    let path = filled("GOOGLE_APPLICATION_CREDENTIALS").map(PathBuf::from);
    let usual = well_known::credentials_file();
    if let Some(path) = path.filter(|path| Some(path) != usual.as_ref()) {
        return named(&path);
    }
    if let Some(path) = usual.as_ref().filter(|path| path.is_file()) {
        return credentials_file::read(path)?.source();
    }
    if excludes_metadata_server() {
        return Err(Error::configuration(
            "there are no application default credentials: GOOGLE_APPLICATION_CREDENTIALS is not set, gcloud has written no file, and \
             NO_GCE_CHECK excludes the metadata server; log in by `gcloud auth application-default login`, or name a credentials file",
        ));
    }
    Ok(Source::MetadataServer(Box::default()))
}

/// ID tokens for this audience, of the service account that a program finds without being told: that of the file which
/// `GOOGLE_APPLICATION_CREDENTIALS` names, or the one it acts as; else the machine's, from the metadata server (google-auth's
/// `fetch_id_token`).
///
/// Unlike [`application_default`] it looks past a file of a user, and past gcloud's, since users have no such ID tokens.
///
/// # Errors
///
/// [`is_configuration`](Error::is_configuration) where the file that is named cannot be read, or is no such file, or where there is
/// none and `NO_GCE_CHECK` excludes the metadata server.
pub fn application_default_id_token(audience: impl Into<String>) -> Result<IdTokenCredentials> {
    if let Some(path) = filled("GOOGLE_APPLICATION_CREDENTIALS").map(PathBuf::from) {
        let source = named(&path)?;
        if matches!(source, Source::ServiceAccount(_) | Source::Impersonated(_)) {
            return GoogleCredentials { source }.id_token(audience);
        }
    }
    if excludes_metadata_server() {
        return Err(Error::configuration(
            "there is no service account for ID tokens: GOOGLE_APPLICATION_CREDENTIALS names none, and NO_GCE_CHECK excludes the metadata \
             server; name the file of a service account, or of one that is acted as",
        ));
    }
    Ok(MetadataServer::new().id_token(audience))
}

/// Of the file that the environment names.
fn named(path: &Path) -> Result<Source> {
    credentials_file::read(path)
        .and_then(credentials_file::CredentialsFile::source)
        .map_err(|error| Error::configuration(format!("GOOGLE_APPLICATION_CREDENTIALS: {error}")).with_source(error))
}

fn excludes_metadata_server() -> bool {
    env::var("NO_GCE_CHECK").is_ok_and(|text| text == "true")
}

impl GoogleCredentials {
    /// Of a JSON file of any type that Google's tools write.
    ///
    /// A file of the type `external_account` names addresses that are asked, and may name a program that is run: use only
    /// a file from a source that you trust.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it cannot be read, or is no such file.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        Ok(Self { source: credentials_file::read(path.as_ref())?.source()? })
    }

    /// Of the JSON itself.
    ///
    /// # Errors
    ///
    /// As [`from_file`](Self::from_file).
    pub fn from_json(json: &str) -> Result<Self> {
        Ok(Self { source: credentials_file::parse(json.as_bytes(), "the JSON")?.source()? })
    }

    /// What they are: the `type` of their file, or `metadata_server`.
    pub fn kind(&self) -> &'static str {
        self.source.kind()
    }

    /// Asks for these scopes, in place of those that were there.
    pub fn scopes<Form>(self, scopes: impl IntoScopes<Form>) -> Self {
        let scopes = scopes.into_scopes().into_iter().collect();
        self.with(|options| options.scopes = Some(scopes))
    }

    /// The scopes that are requested where no others are set: for a library, whose user may set others.
    pub fn default_scopes<Form>(self, scopes: impl IntoScopes<Form>) -> Self {
        let scopes = scopes.into_scopes().into_iter().collect();
        self.with(|options| options.default_scopes = scopes)
    }

    /// Whether scopes have to be given before there is a token.
    pub fn requires_scopes(&self) -> bool {
        self.source.requires_scopes() && self.source.options().scopes().is_empty()
    }

    /// Whether all of these scopes are asked for.
    pub fn has_scopes<'a>(&self, scopes: impl IntoIterator<Item = &'a str>) -> bool {
        self.source.options().has_scopes(scopes)
    }

    /// Has calls charged to this project: the header `x-goog-user-project` goes with the token.
    pub fn quota_project_id(self, project: impl Into<String>) -> Self {
        let project = project.into();
        self.with(|options| options.quota_project_id = Some(project))
    }

    /// Sends the regional access boundary with a service account's tokens (`x-allowed-locations`); without effect on others.
    pub fn regional_access_boundary(self) -> Self {
        self.with(|options| options.boundary = Some(super::boundary::Boundary::default()))
    }

    /// Sends requests over this transport instead of the shared one.
    pub fn transport(self, transport: Transport) -> Self {
        self.with(|options| options.transport = Some(transport))
    }

    /// Dates what is signed, and judges what has expired, by this clock instead of the machine's: for tests and simulations.
    pub fn clock(self, clock: impl IntoClock) -> Self {
        let clock = clock.into_clock();
        self.with(|options| options.clock = Some(clock))
    }

    /// The project that the credentials belong to: of `GOOGLE_CLOUD_PROJECT`, `GCLOUD_PROJECT`, the file, gcloud's configuration, or the
    /// metadata server; `None` where none of them says.
    ///
    /// # Errors
    ///
    /// The error of the metadata server, where that is what there is.
    pub async fn project_id(&self) -> Result<Option<String>> {
        let named = ["GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"].into_iter().find_map(filled);
        if let Some(project) = named.and_then(|project| project.into_string().ok()) {
            return Ok(Some(project));
        }
        match &self.source {
            Source::ServiceAccount(account) => Ok(account.project_id().map(str::to_owned)),
            Source::MetadataServer(server) => server.project_id().await.map(Some),
            Source::User(_) | Source::Impersonated(_) | Source::ExternalAccount(_) | Source::ExternalAccountUser(_) => {
                Ok(gcloud::project().await)
            }
        }
    }

    /// ID tokens for this audience, as Cloud Run and IAP take them.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) for credentials of users and of identities elsewhere: let them act as a service
    /// account ([`impersonate`](Self::impersonate)).
    pub fn id_token(&self, audience: impl Into<String>) -> Result<IdTokenCredentials> {
        match &self.source {
            Source::ServiceAccount(account) => account.id_token(audience),
            Source::Impersonated(account) => Ok(account.id_token(audience)),
            Source::MetadataServer(server) => Ok(server.id_token(audience)),
            Source::User(_) | Source::ExternalAccountUser(_) => Err(id_token::unsupported("a user's credentials")),
            Source::ExternalAccount(_) => Err(id_token::unsupported("an external account's credentials")),
        }
    }

    /// Has these credentials act as a service account, by its e-mail address.
    pub fn impersonate(self, email: impl Into<String>) -> ImpersonatedServiceAccount {
        let universe = self.source.options().universe_domain.clone();
        let account = ImpersonatedServiceAccount::new(self.source.for_iam(), email);
        universe.into_iter().fold(account, ImpersonatedServiceAccount::universe_domain)
    }

    /// Acts for this user of the Workspace domain (domain-wide delegation).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where they are not those of a service account.
    pub fn subject(mut self, email: impl Into<String>) -> Result<Self> {
        self.source = match self.source {
            Source::ServiceAccount(account) => Source::ServiceAccount(Box::new(account.subject(email))),
            Source::Impersonated(account) => Source::Impersonated(Box::new(account.subject(email))),
            other => {
                return Err(Error::configuration(format!(
                    "`subject` is for service accounts, and the credentials are of the type {:?}: impersonate a service account that has \
                     domain-wide delegation",
                    other.kind()
                )));
            }
        };
        Ok(self)
    }

    pub(super) fn of(source: Source) -> Self {
        Self { source }
    }

    /// The account that impersonates another asks for that alone, whatever scopes the other is asked for.
    pub(super) fn scopes_for_iam(mut self) -> Self {
        if self.source.requires_scopes() {
            self.source.change(|options| options.scopes = None);
        }
        Self { source: self.source.for_iam() }
    }

    pub(super) fn source_mut(&mut self) -> &mut Source {
        &mut self.source
    }

    fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        self.source.change(change);
        self
    }
}

#[async_trait]
impl OAuthClient for GoogleCredentials {
    fn name(&self) -> &str {
        NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.source.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.source.fingerprint()
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        self.source.with_scopes(scopes)
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.source))
    }
}

super::into_credentials!(GoogleCredentials);
