//! A user by a refresh token.

mod info;
mod reauth;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use grantkit::client::NamedGrant;
use grantkit::credentials::{Fingerprint, FunctionIdentity, InnerClient};
use grantkit::token::RefreshToken;
use grantkit::{Error, OAuthClient, OAuthToken, Result, SecretString};
use secrecy::ExposeSecret as _;

pub(super) use info::AuthorizedUserInfo;
use reauth::RaptToken;
pub use reauth::ReauthChallenges;
pub(crate) use reauth::keep_refresh_token;

use super::endpoints::{TOKEN_ENDPOINT, token_endpoint};
use super::options::{CredentialType, Options, source_methods};
use super::{NAME, client};

/// A token that ends sooner is asked for anew (google-auth's threshold).
const REFRESH_THRESHOLD: Duration = Duration::from_secs(225);

type Refreshed = Pin<Box<dyn Future<Output = Result<OAuthToken>> + Send>>;
type Handler = Arc<dyn Fn(Vec<String>) -> Refreshed + Send + Sync>;

/// Credentials of a user who consented to an OAuth client, by the refresh token (RFC 6749 §6), as `gcloud auth application-default login`
/// and Google's libraries write them.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::AuthorizedUser;
///
/// # fn main() -> Result<()> {
/// let user = AuthorizedUser::from_file("/etc/drive/authorized_user.json")?
///     .scopes("https://www.googleapis.com/auth/drive.readonly")
///     .quota_project_id("acme-billing");
/// let credentials = user.credentials();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AuthorizedUser {
    client_id: String,
    client_secret: SecretString,
    refresh_token: Option<SecretString>,
    token_uri: Option<String>,
    token: Option<SecretString>,
    expiry: Option<SystemTime>,
    id_token: Option<SecretString>,
    rapt: RaptToken,
    account: String,
    handler: Option<(Fingerprint, Handler)>,
    challenges: Option<(Fingerprint, Arc<dyn ReauthChallenges>)>,
    reauth_url: Option<String>,
    options: Options,
    grant: OnceLock<NamedGrant>,
    /// The token that was configured has been handed out: one that is asked for again was refused, or has ended.
    is_handed_out: Arc<AtomicBool>,
}

impl AuthorizedUser {
    /// Of an OAuth client and the refresh token that the user's consent brought it.
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
        refresh_token: impl Into<SecretString>,
    ) -> Self {
        Self::without_refresh_token(client_id.into(), client_secret.into(), Some(refresh_token.into()))
    }

    /// Of a function that gives tokens for the scopes, in place of a refresh token; `identity` tells it from others: two users have two
    /// names, or, where the function captures something, two [`Fingerprint`]s.
    pub fn from_handler<F>(
        identity: impl FunctionIdentity,
        refresh: impl Fn(Vec<String>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<OAuthToken>> + Send + 'static,
    {
        let identity = Fingerprint::of_function(identity, &refresh);
        let handler: Handler = Arc::new(move |scopes| Box::pin(refresh(scopes)));
        let user = Self::without_refresh_token(String::new(), String::new().into(), None);
        Self { handler: Some((identity, handler)), ..user }
    }

    /// Of a JSON file of the type `authorized_user`, or of one without a `type`, as google-auth writes it. A `token_uri` in it is
    /// ignored.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it cannot be read, is another one, or lacks something.
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self> {
        super::credentials_file::read(path.as_ref())?.authorized_user()
    }

    /// Of the JSON itself (`from_authorized_user_info`).
    ///
    /// # Errors
    ///
    /// As [`from_file`](Self::from_file).
    pub fn from_json(json: &str) -> Result<Self> {
        super::credentials_file::parse(json.as_bytes(), "the JSON")?.authorized_user()
    }

    fn without_refresh_token(
        client_id: String,
        client_secret: SecretString,
        refresh_token: Option<SecretString>,
    ) -> Self {
        Self {
            client_id,
            client_secret,
            refresh_token,
            token_uri: None,
            token: None,
            expiry: None,
            id_token: None,
            rapt: RaptToken::default(),
            account: String::new(),
            handler: None,
            challenges: None,
            reauth_url: None,
            options: Options::default(),
            grant: OnceLock::new(),
            is_handed_out: Arc::default(),
        }
    }

    source_methods!();

    /// An access token that there is already, and when it ends; without an end it counts as ended. It is used until then, or until an
    /// API refuses it.
    pub fn token(mut self, token: impl Into<SecretString>, expiry: Option<SystemTime>) -> Self {
        self.token = Some(token.into());
        self.expiry = expiry;
        self.changed()
    }

    /// The token endpoint, in place of `https://oauth2.googleapis.com/token`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn token_uri(mut self, url: impl Into<String>) -> Result<Self> {
        let url = url.into();
        client::check(&url)?;
        self.token_uri = Some(url);
        Ok(self.changed())
    }

    /// The proof that the user has authenticated again (RAPT), which goes with each refresh.
    pub fn rapt_token(mut self, token: impl Into<SecretString>) -> Self {
        self.rapt = RaptToken::new(token.into());
        self.changed()
    }

    /// Has the user authenticate again where Google demands it, by these answers to its challenges. Without them that is an error that
    /// [needs a login](Error::needs_login), with the `error_subtype` `invalid_rapt` or `rapt_required`
    /// ([`Error::error_member`]).
    pub fn reauth(mut self, challenges: impl ReauthChallenges) -> Self {
        self.challenges = Some((challenges.identity(), Arc::new(challenges)));
        self.changed()
    }

    /// The reauthentication API, in place of `https://reauth.googleapis.com`.
    pub fn reauth_url(mut self, url: impl Into<String>) -> Self {
        self.reauth_url = Some(url.into());
        self.changed()
    }

    /// The user's e-mail address, where the file has it.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The OAuth client's ID.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The ID token that came with the configured token; that of a new one is in [`OAuthToken::id_token`].
    pub fn id_token(&self) -> Option<&SecretString> {
        self.id_token.as_ref()
    }

    /// The proof that the user has authenticated again, if there is one.
    pub fn rapt(&self) -> Option<SecretString> {
        self.rapt.get()
    }

    /// When the configured token ends.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.expiry
    }

    /// Whether the configured token has ended, or will within 225 seconds. One of which the end is not known has.
    pub fn is_expired(&self) -> bool {
        self.expiry.is_none_or(|end| end <= self.options.now() + REFRESH_THRESHOLD)
    }

    /// Whether there is a configured token that has not ended.
    pub fn is_valid(&self) -> bool {
        self.token.is_some() && !self.is_expired()
    }

    /// A user's consent has its scopes.
    #[allow(clippy::unused_self, reason = "as of the other credentials")]
    pub fn requires_scopes(&self) -> bool {
        false
    }

    /// The credentials as google-auth's `to_json` writes them, with all their secrets, but for the members of these names.
    pub fn to_json(&self, without: &[&str]) -> SecretString {
        info::to_json(self, without)
    }

    fn changed(mut self) -> Self {
        self.grant = OnceLock::new();
        self.is_handed_out = Arc::default();
        self
    }

    fn endpoint(&self) -> String {
        match &self.token_uri {
            Some(url) => url.clone(),
            None if self.options.universe_domain.is_none() => TOKEN_ENDPOINT.to_owned(),
            None => token_endpoint(self.options.universe()),
        }
    }

    fn client(&self) -> Result<grantkit::Client> {
        let rapt = self.rapt.clone();
        let proves =
            Fingerprint::builder().parameter("hook", "google-rapt").part("again", self.proof_identity()).build();
        let builder = client::at(&self.endpoint(), &self.options)?.client_id(self.client_id.as_str());
        let builder = builder.client_secret_post(self.client_secret.clone());
        Ok(builder
            .write_token_request(proves, move |request| {
                // What is asked for a new proof goes without the old one, which is not taken any more.
                if let Some(rapt) = rapt.get()
                    && request.get("scope") != Some(reauth::SCOPE)
                {
                    request.set_secret("rapt", rapt.expose_secret());
                }
                Ok(())
            })
            .read_token_answer("google-reauth", reauth::read_answer)
            .build()
            .erased())
    }

    /// How the user authenticates again: one who could not before, and now can, is not served the error of before.
    fn proof_identity(&self) -> Fingerprint {
        let builder = Fingerprint::builder().part("rapt", self.rapt.identity());
        let builder = match &self.challenges {
            Some((identity, _)) => builder.part("challenges", *identity),
            None => builder,
        };
        match &self.reauth_url {
            Some(url) => builder.parameter("reauth_url", url).build(),
            None => builder.build(),
        }
    }

    fn grant(&self) -> Result<&NamedGrant> {
        if let Some(grant) = self.grant.get() {
            return Ok(grant);
        }
        let Some(refresh_token) = &self.refresh_token else {
            return Err(Error::configuration("the user's credentials have no `refresh_token`: log the user in again"));
        };
        let grant = self.client()?.refresh_token_grant(refresh_token.clone()).scopes(self.options.scopes().to_vec());
        let grant = grant.named(NAME);
        Ok(self.grant.get_or_init(|| grant))
    }

    /// The same login's, for the token by which the user authenticates again.
    fn grant_of_session(&self) -> Result<Option<NamedGrant>> {
        let Some(refresh_token) = &self.refresh_token else { return Ok(None) };
        let grant = self.client()?.refresh_token_grant(refresh_token.clone()).scope(reauth::SCOPE);
        Ok(Some(grant.named(NAME)))
    }

    fn configured_token(&self) -> Option<Result<OAuthToken>> {
        let token = self.token.as_ref().filter(|_| self.is_valid())?;
        if self.is_handed_out.swap(true, Ordering::SeqCst) {
            return None;
        }
        let token = OAuthToken::new(token.expose_secret());
        Some(token.map(|token| match self.expiry {
            Some(end) => token.with_expires_at(end),
            None => token,
        }))
    }

    async fn handled(&self, refresh: &Handler) -> Result<OAuthToken> {
        let token = refresh(self.options.scopes().to_vec()).await?;
        if token.is_expired(REFRESH_THRESHOLD) {
            return Err(Error::invalid_response("the refresh handler gave a token that ends within 225 seconds"));
        }
        Ok(token)
    }
}

#[async_trait]
impl OAuthClient for AuthorizedUser {
    fn name(&self) -> &str {
        NAME
    }

    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let token = match (self.configured_token(), &self.handler) {
            (Some(token), _) => token?,
            (None, Some((_, handler))) => self.handled(handler).await?,
            (None, None) => self.refreshed(None).await?,
        };
        self.options.finish(token, CredentialType::User)
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.options.finish(self.refreshed(Some(refresh_token)).await?, CredentialType::User)
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self {
            // These are the grant's.
            client_id: _,
            client_secret: _,
            refresh_token: _,
            token_uri: _,
            rapt: _,
            challenges: _,
            reauth_url: _,
            grant: _,
            // These say something of the user, or of what became of the configured token.
            id_token: _,
            account: _,
            is_handed_out: _,
            token,
            expiry,
            handler,
            options,
        } = self;
        let builder =
            Fingerprint::builder().parameter("kind", "authorized_user").part("options", options.fingerprint().build());
        let builder = match token {
            Some(token) => builder.secret("token", token.expose_secret()).parameter("expiry", format!("{expiry:?}")),
            None => builder,
        };
        match (self.grant(), handler) {
            (_, Some((identity, _))) => builder.part("handler", *identity).build(),
            (Ok(grant), None) => builder.part("grant", grant.fingerprint()).build(),
            (Err(error), None) => builder.parameter("error", error.to_string()).build(),
        }
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        self.grant().ok().map(InnerClient::from)
    }
}

super::into_credentials!(AuthorizedUser);

impl fmt::Debug for AuthorizedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizedUser")
            .field("client_id", &self.client_id)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
