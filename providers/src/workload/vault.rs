use std::env;
use std::fmt;
use std::path::PathBuf;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, StatusCode};
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::environment::{required, secret_header, variable};
use crate::bounded_file;

const NAMESPACE: HeaderName = HeaderName::from_static("x-vault-namespace");
const TOKEN: HeaderName = HeaderName::from_static("x-vault-token");
/// Tokens of Vault have some hundred bytes, and those that are JWTs some KiB.
const MAX_TOKEN: u64 = 64 * 1024;
const OTHERWISE: &str =
    "log in to Vault (`vault login`), or run this beside Vault's agent, and set VAULT_ADDR to its address";

/// An identity token of HashiCorp Vault or `OpenBao` (Vault API, "Generate a Signed ID Token").
///
/// Its audience is the client ID of the role; its `sub` is the ID of the entity that has logged in to Vault.
#[derive(Clone)]
pub struct Vault {
    address: String,
    role: String,
    namespace: Option<String>,
    token: SecretString,
}

impl Vault {
    /// The token of this role, as Vault's own command finds it: `VAULT_ADDR`, `VAULT_TOKEN` or the file `~/.vault-token`, and
    /// `VAULT_NAMESPACE`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where there is no address or no token.
    pub fn from_env(role: impl Into<String>) -> Result<Self> {
        let address = required("VAULT_ADDR", OTHERWISE)?;
        let token = match variable("VAULT_TOKEN") {
            Some(token) => token,
            None => helper_token().ok_or_else(|| {
                Error::configuration(format!("VAULT_TOKEN is not set, and ~/.vault-token holds no token: {OTHERWISE}"))
            })?,
        };
        Ok(Self { namespace: variable("VAULT_NAMESPACE"), ..Self::new(&address, role, token) })
    }

    /// The token of this role, from the Vault at this address, with this token of Vault's own.
    pub fn new(address: &str, role: impl Into<String>, token: impl Into<SecretString>) -> Self {
        let address = address.trim_end_matches('/').to_owned();
        Self { address, role: role.into(), namespace: None, token: token.into() }
    }

    /// The role is in this namespace.
    #[must_use]
    pub fn with_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }
}

#[async_trait]
impl AssertionSource for Vault {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        let role: String = form_urlencoded::byte_serialize(self.role.as_bytes()).collect();
        let token = self.token.expose_secret();
        let url = format!("{}/v1/identity/oidc/token/{role}", self.address);
        let mut request =
            ServiceRequest::get("Vault", url).header(TOKEN, secret_header("VAULT_TOKEN", token)?).secret(token);
        if let Some(namespace) = &self.namespace {
            request = request.header(NAMESPACE, secret_header("VAULT_NAMESPACE", namespace)?);
        }
        let answer = request.send().await?;
        let why = match answer.status() {
            StatusCode::FORBIDDEN => format!(
                "Vault refuses the token, or its policy lacks `read` on identity/oidc/token/{}: log in again, or extend the policy",
                self.role
            ),
            StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => {
                format!(
                    "Vault has no role {:?}, or no entity for this token: create it at identity/oidc/role",
                    self.role
                )
            }
            _ => {
                let answer = answer.success()?;
                let body: Value = answer.json()?;
                let token = body.pointer("/data/token").and_then(Value::as_str).filter(|token| !token.is_empty());
                return token.map(Into::into).ok_or_else(|| {
                    Error::invalid_response("the answer of Vault has no `token` in its `data`")
                        .with_status(answer.status())
                });
            }
        };
        Err(Error::configuration(why).with_status(answer.status()).with_source(answer.failure()))
    }

    fn identity(&self) -> Fingerprint {
        let Self { address, role, namespace, token } = self;
        Fingerprint::builder()
            .parameter("vault", address)
            .parameter("role", role)
            .parameter("namespace", namespace.clone().unwrap_or_default())
            .secret("token", token.expose_secret())
            .build()
    }

    /// Its identity has the digest of Vault's token, which says who has logged in to Vault.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, role, namespace, token: _ } = self;
        f.debug_struct("Vault")
            .field("address", address)
            .field("role", role)
            .field("namespace", namespace)
            .finish_non_exhaustive()
    }
}

/// Where `vault login` puts it.
fn helper_token() -> Option<String> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
    let text = bounded_file::read(&PathBuf::from(home).join(".vault-token"), MAX_TOKEN).ok()?;
    Some(std::str::from_utf8(&text).ok()?.trim().to_owned()).filter(|token| !token.is_empty())
}
