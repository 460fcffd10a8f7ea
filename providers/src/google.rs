mod authorized_user;
mod credentials_file;

use grantkit::provider::ConfigMistakes;
use grantkit::provider::{Provider, ProviderConfig, Settings};
use grantkit::{Client, ProviderClient, Result, SecretString};
use serde::Deserialize;

use authorized_user::AuthorizedUser;

/// Google: a token of a user, by the refresh token of an "authorized user" credential (RFC 6749 §6; Google Identity, "Using
/// OAuth 2.0 to Access Google APIs"; Google Cloud, "Application Default Credentials").
///
/// | key | | meaning |
/// |---|---|---|
/// | `client_id` | required, or the file | of the OAuth client that the user consented to |
/// | `client_secret` | required, or the file | of the same client |
/// | `refresh_token` | required, or the file | of the user; a secret |
/// | `credentials_file` | in place of the three | path of a JSON file of the type `authorized_user`, as `gcloud auth application-default login` writes it |
/// | `scopes` | | fewer than the user consented to; all of these unless given, by the key or by the file |
/// | `quota_project_id` | | the project that the calls are charged to |
/// | `token_uri` | | in place of `https://oauth2.googleapis.com/token`: `https`, or `http` on a loopback address |
///
/// ```sh
/// DRIVE_CREDENTIALS_FILE=/etc/drive/authorized_user.json
/// DRIVE_SCOPES=https://www.googleapis.com/auth/drive.readonly
/// ```
///
/// # Quirks
///
/// - The file is read once, by `connect`; a `token_uri` in it is ignored, and no other place is searched for one.
/// - Google's refresh tokens stay as they are. Should one be replaced, its successor is used from then on, and not written
///   to the file.
/// - A session that the Workspace's administrator has limited ends in `invalid_grant` with `invalid_rapt` in the
///   description: it [needs a login](grantkit::Error::needs_login), as a revoked refresh token does. So does one of a client in
///   "testing", after seven days.
/// - The quota project goes with API calls, not with token requests: send the token's `extra()["quota_project_id"]` as
///   the header `x-goog-user-project` (`ApiClientBuilder::default_header`).
#[derive(Clone, Copy, Debug)]
pub struct Google;

/// The keys of [`Google`], as serde reads them.
#[derive(Debug, Deserialize, ProviderConfig)]
pub struct GoogleConfig {
    /// The client ID of the OAuth client that the user consented to.
    client_id: Option<String>,
    /// The secret of the same client.
    client_secret: Option<SecretString>,
    /// The user's refresh token.
    refresh_token: Option<SecretString>,
    /// The path of a JSON file of the type `authorized_user`, in place of the three.
    credentials_file: Option<String>,
    /// Fewer scopes than the user consented to.
    #[serde(default)]
    scopes: Vec<String>,
    /// The project that the calls are charged to.
    quota_project_id: Option<String>,
    /// The token endpoint, in place of Google's own.
    token_uri: Option<String>,
}

const TOKEN_ENDPOINT: &str = "https://oauth2.googleapis.com/token";

impl Provider for Google {
    const NAME: &'static str = "google";
    type Config = GoogleConfig;

    fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
        AuthorizedUser::check(settings, mistakes);
        let token_uri = settings.text("token_uri").map(|token_uri| Client::builder().token_endpoint(token_uri));
        if let Some(Err(why)) = token_uri {
            mistakes.wrong("token_uri", why);
        }
    }

    fn connect(config: GoogleConfig) -> Result<ProviderClient> {
        let token_endpoint = config.token_uri.as_deref().unwrap_or(TOKEN_ENDPOINT);
        let client = Client::builder().token_endpoint(token_endpoint)?;
        let user = AuthorizedUser::of(config)?;
        let client = client.client_id(user.client_id).client_secret_post(user.client_secret).build();
        let grant = client.refresh_token_grant(user.refresh_token).scopes(user.scopes);
        let client = ProviderClient::new(grant.named(Self::NAME));
        Ok(match user.quota_project_id {
            Some(project) => client.with_extra("quota_project_id", project),
            None => client,
        })
    }
}

grantkit::provider::register_provider!(Google);
