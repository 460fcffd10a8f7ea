use grantkit::provider::ConfigMistakes;
use grantkit::provider::Settings;
use grantkit::{Error, Result, SecretString};

use super::GoogleConfig;
use super::credentials_file::CredentialsFile;

/// What the client proves itself and the user's consent with.
const PARTS: [&str; 3] = ["client_id", "client_secret", "refresh_token"];

/// A user's consent to an OAuth client, wherever it was found.
pub(super) struct AuthorizedUser {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) refresh_token: SecretString,
    pub(super) scopes: Vec<String>,
    pub(super) quota_project_id: Option<String>,
}

impl AuthorizedUser {
    /// The three keys, or the file, are there and whole.
    pub(super) fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
        let given: Vec<_> = PARTS.into_iter().filter(|key| settings.contains(key)).collect();
        if !settings.contains("credentials_file") {
            let missing: Vec<_> = PARTS.into_iter().filter(|key| !given.contains(key)).collect();
            for key in &missing {
                mistakes.missing(key);
            }
            if !missing.is_empty() {
                mistakes.note("`credentials_file` may be given instead of the three");
            }
            return;
        }
        if !given.is_empty() {
            mistakes.note(
                "`credentials_file` is given, and so is `client_id`, `client_secret` or `refresh_token`: give the file or the \
                 three",
            );
        }
        if let Some(path) = settings.text("credentials_file")
            && let Err(why) = CredentialsFile::read(path).and_then(|file| Self::of_file(path, file))
        {
            mistakes.wrong("credentials_file", why);
        }
    }

    /// Of the configuration's own keys, or of the file that it names.
    pub(super) fn of(config: GoogleConfig) -> Result<Self> {
        let GoogleConfig { client_id, client_secret, refresh_token, scopes, quota_project_id, .. } = config;
        if let Some(path) = &config.credentials_file {
            let user = Self::of_file(path, CredentialsFile::read(path)?)?;
            return Ok(Self {
                scopes: if scopes.is_empty() { user.scopes } else { scopes },
                quota_project_id: quota_project_id.or(user.quota_project_id),
                ..user
            });
        }
        let parts = (client_id, client_secret, refresh_token);
        Self::complete(parts, scopes, quota_project_id)
            .map_err(|missing| Error::configuration(format!("{missing} missing")))
    }

    fn of_file(path: &str, file: CredentialsFile) -> Result<Self> {
        let scopes = file.scopes.map(Vec::from).unwrap_or_default();
        let parts = (file.client_id, file.client_secret, file.refresh_token);
        Self::complete(parts, scopes, file.quota_project_id)
            .map_err(|missing| Error::configuration(format!("{path:?} has no {missing}")))
    }

    /// Or the names of what is missing.
    fn complete(
        parts: (Option<String>, Option<SecretString>, Option<SecretString>),
        scopes: Vec<String>,
        quota_project_id: Option<String>,
    ) -> Result<Self, String> {
        let is_missing = [parts.0.is_none(), parts.1.is_none(), parts.2.is_none()];
        let (Some(client_id), Some(client_secret), Some(refresh_token)) = parts else {
            let missing = PARTS.iter().zip(is_missing).filter(|(_, is_missing)| *is_missing);
            return Err(missing.map(|(key, _)| format!("`{key}`")).collect::<Vec<_>>().join(", "));
        };
        Ok(Self { client_id, client_secret, refresh_token, scopes, quota_project_id })
    }
}
