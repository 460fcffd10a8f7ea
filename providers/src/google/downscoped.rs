//! Tokens that are good for less than those that they are made of.

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::grant::SecurityToken;
use grantkit::token::TokenTypeIdentifier;
use grantkit::{Credentials, Error, OAuthClient, OAuthToken, Result};
use serde_json::{Value, json};

use super::endpoints::sts_endpoint;
use super::options::{CredentialType, Options, options_methods};
use super::{NAME, client, retry};

/// As many as the Security Token Service takes.
const MAX_RULES: usize = 10;

/// What a downscoped token may do with one resource.
///
/// ```
/// use grantkit_providers::google::AccessBoundaryRule;
///
/// let rule = AccessBoundaryRule::new("//storage.googleapis.com/projects/_/buckets/reports", ["inRole:roles/storage.objectViewer"])
///     .condition("resource.name.startsWith('projects/_/buckets/reports/objects/2026')");
/// # let _ = rule;
/// ```
#[derive(Clone, Debug)]
pub struct AccessBoundaryRule {
    resource: String,
    permissions: Vec<String>,
    condition: Option<String>,
}

impl AccessBoundaryRule {
    /// Of the resource's full name, and roles as `inRole:roles/storage.objectViewer`.
    pub fn new<S: Into<String>>(resource: impl Into<String>, permissions: impl IntoIterator<Item = S>) -> Self {
        let permissions = permissions.into_iter().map(Into::into).collect();
        Self { resource: resource.into(), permissions, condition: None }
    }

    /// Where it holds: an expression of the Common Expression Language.
    pub fn condition(mut self, expression: impl Into<String>) -> Self {
        self.condition = Some(expression.into());
        self
    }

    fn to_json(&self) -> Value {
        let mut rule = json!({ "availableResource": self.resource, "availablePermissions": self.permissions });
        if let Some(expression) = &self.condition {
            rule["availabilityCondition"] = json!({ "expression": expression });
        }
        rule
    }
}

/// Credentials whose tokens may do less than those of the source (Google Cloud, "Downscope with Credential Access Boundaries"): for
/// handing a token to another program. Only Cloud Storage supports them.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::google::{self, AccessBoundaryRule, Downscoped};
///
/// # fn main() -> Result<()> {
/// let own = google::application_default()?.scopes("https://www.googleapis.com/auth/cloud-platform");
/// let bucket = "//storage.googleapis.com/projects/_/buckets/reports";
/// let credentials = Downscoped::new(own, [AccessBoundaryRule::new(bucket, ["inRole:roles/storage.objectViewer"])])?.credentials();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Downscoped {
    source: Arc<dyn OAuthClient>,
    credentials: Credentials,
    boundary: Value,
    token_url: String,
    options: Options,
}

impl Downscoped {
    /// One to ten rules; what none of them allows is not allowed.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where there are none or more, or a permission is no `inRole:..`.
    pub fn new(source: impl OAuthClient, rules: impl IntoIterator<Item = AccessBoundaryRule>) -> Result<Self> {
        let rules: Vec<_> = rules.into_iter().collect();
        if !(1..=MAX_RULES).contains(&rules.len()) {
            return Err(Error::configuration(format!(
                "an access boundary has one to ten rules, and not {}",
                rules.len()
            )));
        }
        let permissions = rules.iter().flat_map(|rule| &rule.permissions);
        if let Some(other) = permissions.clone().find(|permission| !permission.starts_with("inRole:")) {
            return Err(Error::configuration(format!(
                "the permission {other:?} of the access boundary is none: write inRole:roles/storage.objectViewer or the like"
            )));
        }
        let rules: Vec<_> = rules.iter().map(AccessBoundaryRule::to_json).collect();
        let source: Arc<dyn OAuthClient> = Arc::new(source);
        let options = Options::default();
        Ok(Self {
            credentials: Credentials::new(Arc::clone(&source)),
            source,
            boundary: json!({ "accessBoundary": { "accessBoundaryRules": rules } }),
            token_url: sts_endpoint(options.universe()),
            options,
        })
    }

    options_methods!();

    /// The token endpoint, in place of `https://sts.googleapis.com/v1/token`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is not `https`, or `http` on a loopback address.
    pub fn token_url(mut self, url: impl Into<String>) -> Result<Self> {
        self.token_url = url.into();
        client::check(&self.token_url)?;
        Ok(self)
    }

    fn changed(self) -> Self {
        self
    }
}

#[async_trait]
impl OAuthClient for Downscoped {
    fn name(&self) -> &str {
        NAME
    }

    super::options::clock!(options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let source = self.credentials.token().await?;
        let builder = client::at(&self.token_url, &self.options)?.client_id("none");
        let client = builder.client_authentication(client::Unnamed).build();
        // Encoded once more as a value of the form.
        let boundary: String = form_urlencoded::byte_serialize(self.boundary.to_string().as_bytes()).collect();
        let exchange = client
            .token_exchange(SecurityToken::from(&source))
            .requested_token_type(TokenTypeIdentifier::ACCESS_TOKEN)
            .parameter("options", boundary);
        let token = retry::while_busy(|| exchange.get_token()).await?;
        let token = match (token.expires_at(), source.expires_at()) {
            // It ends with the one that it was made of.
            (None, Some(end)) => token.with_expires_at(end),
            _ => token,
        };
        self.options.finish(token, CredentialType::Unsaid)
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { source, credentials: _, boundary, token_url, options } = self;
        Fingerprint::builder()
            .parameter("kind", "downscoped")
            .parameter("boundary", boundary.to_string())
            .parameter("token_url", token_url)
            .part("source", source.fingerprint())
            .part("options", options.fingerprint().build())
            .build()
    }
}

super::into_credentials!(Downscoped);

impl std::fmt::Debug for Downscoped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Downscoped").field("boundary", &self.boundary).finish_non_exhaustive()
    }
}
