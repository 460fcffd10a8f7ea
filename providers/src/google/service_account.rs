//! A service account by its key.

mod assertion;
mod by_iam;
mod info;

use std::sync::OnceLock;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::grant::Assertion;
use grantkit::keys::{Signer as _, SigningKey};
use grantkit::{Error, OAuthClient, OAuthToken, Result, SecretString};
use serde_json::{Map, Value};

pub(super) use info::ServiceAccountInfo;

use super::endpoints::{CLOUD_PLATFORM, DEFAULT_UNIVERSE};
use super::id_token::IdTokenCredentials;
use super::options::{CredentialType, Options, source_methods};
use super::retry::Retried;
use super::{NAME, client, jwt, private_key};
use assertion::SignedAssertion;

/// Credentials of a service account by its private key: by the JWT-bearer grant (RFC 7523 §2.1), or by a JWT that it signs itself and
/// no server is asked for (Google Cloud, "Using OAuth 2.0 for Server to Server Applications"; AIP-4111).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::ServiceAccount;
///
/// # fn main() -> Result<()> {
/// let account = ServiceAccount::from_file("/etc/acme/key.json")?
///     .scopes("https://www.googleapis.com/auth/cloud-platform")
///     .subject("alice@acme.example"); // domain-wide delegation
/// let credentials = account.credentials();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ServiceAccount {
    email: String,
    key: SigningKey,
    token_uri: String,
    project_id: Option<String>,
    subject: Option<String>,
    audience: Option<String>,
    is_self_signed: bool,
    claims: Map<String, Value>,
    options: Options,
    grant: OnceLock<Retried>,
}

impl ServiceAccount {
    /// Of an account's e-mail address and its private key in PEM; `key_id` is the key's ID at Google.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the key cannot be used.
    pub fn new(email: impl Into<String>, private_key: &SecretString, key_id: Option<&str>) -> Result<Self> {
        Ok(Self {
            email: email.into(),
            key: private_key::read(private_key, key_id)?,
            token_uri: super::endpoints::TOKEN_ENDPOINT.to_owned(),
            project_id: None,
            subject: None,
            audience: None,
            is_self_signed: false,
            claims: Map::new(),
            options: Options::default(),
            grant: OnceLock::new(),
        })
    }

    /// Of a JSON file of the type `service_account`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it cannot be read, or is another one; the message says which.
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self> {
        super::credentials_file::read(path.as_ref())?.service_account()
    }

    /// Of the JSON itself.
    ///
    /// # Errors
    ///
    /// As [`from_file`](Self::from_file).
    pub fn from_json(json: &str) -> Result<Self> {
        super::credentials_file::parse(json.as_bytes(), "the JSON")?.service_account()
    }

    pub(super) fn of(info: ServiceAccountInfo) -> Result<Self> {
        let ServiceAccountInfo { client_email, private_key, private_key_id, token_uri, project_id, universe_domain } =
            info;
        let mut account = Self::new(client_email, &private_key, private_key_id.as_deref())?;
        account.token_uri = token_uri;
        account.project_id = project_id;
        account.options.universe_domain = universe_domain;
        account.client()?;
        Ok(account)
    }

    source_methods!();

    /// Sends the regional access boundary of the account with its tokens (`x-allowed-locations`), as its organization has set it. It is
    /// looked up beside the tokens, and kept for six hours; a token never fails for want of it, and the first one waits a second at most.
    pub fn regional_access_boundary(mut self) -> Self {
        self.options.boundary = Some(super::boundary::Boundary::default());
        self.changed()
    }

    /// The address of the IAM Credentials API with its version, in place of `https://iamcredentials.googleapis.com/v1`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn iam_url(mut self, url: impl AsRef<str>) -> Result<Self> {
        self.options.set_iam_url(url.as_ref())?;
        Ok(self.changed())
    }

    /// Acts for this user of the Workspace domain (domain-wide delegation): the claim `sub`.
    pub fn subject(mut self, email: impl Into<String>) -> Self {
        self.subject = Some(email.into());
        self.changed()
    }

    /// Signs access tokens itself, so that no token endpoint is asked: with the scopes, or with the [`audience`](Self::audience). In
    /// another universe than `googleapis.com` that is the only way.
    pub fn self_signed(mut self) -> Self {
        self.is_self_signed = true;
        self.changed()
    }

    /// The API that a token is for that the account signs itself, as `https://pubsub.googleapis.com/`; implies
    /// [`self_signed`](Self::self_signed).
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self.self_signed()
    }

    /// Adds a claim to what the account signs.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self.changed()
    }

    /// The token endpoint, in place of the file's.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn token_uri(mut self, url: impl Into<String>) -> Result<Self> {
        self.token_uri = url.into();
        self.client()?;
        Ok(self.changed())
    }

    /// The account's e-mail address.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// The project that the account belongs to, as the file has it.
    pub fn project_id(&self) -> Option<&str> {
        self.project_id.as_deref()
    }

    /// ID tokens of the account for this audience, as Cloud Run and IAP take them. In another universe than `googleapis.com` they are those of
    /// the IAM Credentials API.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the token endpoint cannot be asked.
    pub fn id_token(&self, audience: impl Into<String>) -> Result<IdTokenCredentials> {
        let audience = audience.into();
        if self.options.universe() != DEFAULT_UNIVERSE {
            return Ok(IdTokenCredentials::new(by_iam::Identity::new(self, audience)));
        }
        let claims = self.own_claims().into_iter().chain([("target_audience".to_owned(), audience.into())]).collect();
        IdTokenCredentials::of_grant(&self.token_uri, self.assertion(claims), &self.options)
    }

    /// Signs bytes with the account's key (RSASSA-PKCS1-v1_5 with SHA-256), as for signed URLs.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the key fails.
    pub async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.key.sign(message).await
    }

    fn changed(mut self) -> Self {
        self.grant = OnceLock::new();
        self
    }

    fn own_claims(&self) -> Map<String, Value> {
        let mut claims = self.claims.clone();
        claims.insert("iss".to_owned(), self.email.as_str().into());
        if let Some(subject) = &self.subject {
            claims.insert("sub".to_owned(), subject.as_str().into());
        }
        claims
    }

    fn assertion(&self, claims: Map<String, Value>) -> Assertion {
        Assertion::from_source(SignedAssertion::new(self.key.clone(), claims, self.options.clock.clone()))
    }

    fn client(&self) -> Result<grantkit::Client> {
        let builder = client::at(&self.token_uri, &self.options)?.client_id(self.email.as_str());
        Ok(builder.client_authentication(client::Unnamed).build().erased())
    }

    fn grant(&self) -> Result<&Retried> {
        if let Some(grant) = self.grant.get() {
            return Ok(grant);
        }
        let mut claims = self.own_claims();
        claims.insert("scope".to_owned(), self.options.scopes().join(" ").into());
        let grant = Retried(self.client()?.jwt_bearer(self.assertion(claims)).named(NAME));
        Ok(self.grant.get_or_init(|| grant))
    }

    fn signs_itself(&self) -> bool {
        self.is_self_signed || self.options.universe() != DEFAULT_UNIVERSE
    }

    async fn self_signed_token(&self) -> Result<OAuthToken> {
        if self.subject.is_some() {
            return Err(Error::configuration(
                "a service account that signs its tokens itself cannot act for a user: leave out `subject`, or `self_signed` and `audience`, \
                 and use the universe googleapis.com",
            ));
        }
        let mut claims = self.own_claims();
        claims.insert("sub".to_owned(), self.email.as_str().into());
        let scopes = self.options.scopes();
        match &self.audience {
            Some(audience) => claims.insert("aud".to_owned(), audience.as_str().into()),
            None => claims.insert("scope".to_owned(), scopes.join(" ").into()),
        };
        let (token, expires_at) = jwt::sign(&self.key, claims, self.options.now()).await?;
        Ok(OAuthToken::new(token)?.with_expires_at(expires_at))
    }

    fn check_scopes(&self) -> Result<()> {
        if self.options.scopes().is_empty() && self.audience.is_none() {
            return Err(Error::configuration(format!(
                "a service account's token needs scopes: set `scopes`, as to {CLOUD_PLATFORM}"
            )));
        }
        Ok(())
    }
}

#[async_trait]
impl OAuthClient for ServiceAccount {
    fn name(&self) -> &str {
        NAME
    }

    super::options::with_scopes!();
    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        self.check_scopes()?;
        let (token, credential_type) = if self.signs_itself() {
            (self.self_signed_token().await?, CredentialType::SelfSigned)
        } else {
            (self.grant()?.get_token().await?, CredentialType::ServiceAccount)
        };
        self.options.finish_for(token, &self.email, credential_type).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self {
            email,
            key,
            token_uri,
            project_id: _,
            subject,
            audience,
            is_self_signed: _,
            claims,
            options,
            grant: _,
        } = self;
        let mut all = Fingerprint::builder()
            .parameter("kind", "service_account")
            .parameter("email", email)
            .part("key", key.identity())
            .parameter("key_id", key.key_id().unwrap_or_default())
            .parameter("token_uri", token_uri)
            .parameter("self_signed", self.signs_itself().to_string())
            .parameter("claims", Value::Object(claims.clone()).to_string())
            .part("options", options.fingerprint().build());
        for (name, value) in [("subject", subject), ("audience", audience)] {
            if let Some(value) = value {
                all = all.parameter(name, value);
            }
        }
        all.build()
    }
}

super::into_credentials!(ServiceAccount);
