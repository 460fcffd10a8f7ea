use grantkit::{Error, Provider, Result, SecretString};

use super::credentials_file::CredentialsFile;
use super::{Google, GoogleConfig};
use crate::check::complaint;

/// A user's consent to an OAuth client, wherever it was found.
pub(super) struct AuthorizedUser {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) refresh_token: SecretString,
    pub(super) scopes: Vec<String>,
    pub(super) quota_project_id: Option<String>,
}

impl AuthorizedUser {
    /// Of the configuration's own keys, or of the file that it names.
    pub(super) fn of(config: GoogleConfig) -> Result<Self> {
        let GoogleConfig { client_id, client_secret, refresh_token, scopes, quota_project_id, .. } = config;
        let Some(path) = config.credentials_file else {
            let parts = (client_id, client_secret, refresh_token);
            return Self::complete(parts, scopes, quota_project_id, "; give these, or `credentials_file`");
        };
        if client_id.is_some() || client_secret.is_some() || refresh_token.is_some() {
            return Err(Error::configuration(
                "`credentials_file` is given, and so is `client_id`, `client_secret` or `refresh_token`: give the file or \
                 the three",
            ));
        }
        let file = CredentialsFile::read(&path)?;
        let scopes = if scopes.is_empty() { file.scopes.map(Vec::from).unwrap_or_default() } else { scopes };
        let parts = (file.client_id, file.client_secret, file.refresh_token);
        Self::complete(parts, scopes, quota_project_id.or(file.quota_project_id), &format!(" (in {path:?})"))
    }

    fn complete(
        parts: (Option<String>, Option<SecretString>, Option<SecretString>),
        scopes: Vec<String>,
        quota_project_id: Option<String>,
        advice: &str,
    ) -> Result<Self> {
        let missing = [
            ("client_id", parts.0.is_none()),
            ("client_secret", parts.1.is_none()),
            ("refresh_token", parts.2.is_none()),
        ];
        let (Some(client_id), Some(client_secret), Some(refresh_token)) = parts else {
            let missing: Vec<_> =
                missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| key).collect();
            return Err(complaint(Google::NAME, "missing", &missing, advice));
        };
        Ok(Self { client_id, client_secret, refresh_token, scopes, quota_project_id })
    }
}
