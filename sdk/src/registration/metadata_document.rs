#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Map, Value};
use url::Url;

use super::ClientMetadata;
use crate::authorize::RedirectUri;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::lenient;
use crate::wire::is_loopback;

/// Servers need not read more than this (draft-ietf-oauth-client-id-metadata-document-02 §8.7).
const MAX_DOCUMENT: usize = 5_000;

/// What only a client's own machine may know of a key (RFC 7518 §6).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A client whose ID is the address of its own metadata, so that it need not be registered anywhere
/// (draft-ietf-oauth-client-id-metadata-document-02). Serve [`to_json`](Self::to_json) at that address as
/// `application/json`.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::registration::ClientIdMetadataDocument;
/// use grantkit::registration::ClientMetadata;
///
/// let document = ClientIdMetadataDocument::new(
///     "https://app.example/oauth/client.json",
///     ClientMetadata::new().client_name("Billing").redirect_uri("http://127.0.0.1/callback"),
/// )?;
/// println!("{}", document.to_json());
/// # async fn example(document: ClientIdMetadataDocument) -> Result<()> {
/// let client = Client::builder().client_id_metadata_document(&document).public().discover("https://as.example").await?;
/// # Ok(())
/// # }
/// # Ok::<(), grantkit::Error>(())
/// ```
///
/// A client that authenticates does it with a key: `private_key_jwt`, with the public key in the document.
///
/// ```
/// use grantkit::registration::ClientIdMetadataDocument;
/// use grantkit::registration::ClientMetadata;
/// use grantkit::keys::{SigningAlgorithm, SigningKey};
/// use serde_json::json;
///
/// let key = SigningKey::generate(SigningAlgorithm::Es256)?.with_key_id("2026");
/// let metadata = ClientMetadata::new()
///     .client_name("Billing")
///     .redirect_uri("https://app.example/callback")
///     .token_endpoint_auth_method("private_key_jwt")
///     .jwks(json!({ "keys": [key.public_jwk()] }));
/// let document = ClientIdMetadataDocument::new("https://app.example/oauth/client.json", metadata)?;
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct ClientIdMetadataDocument {
    client_id: String,
    members: Map<String, Value>,
}

impl ClientIdMetadataDocument {
    /// The document at this URL; a client without a `token_endpoint_auth_method` has `none`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where a server may refuse it: the URL is not `https` or has no path but `/`,
    /// dots as path segments, a fragment, or a user name or password (§3); it has a secret, a method that needs one, or a
    /// private key (§4.1); there is no name, or no redirect URI where a person is to come back (Model Context Protocol
    /// 2026-07-28, "Client Registration"); or it is larger than 5 kilobytes (§8.7).
    pub fn new(client_id: impl Into<String>, metadata: ClientMetadata) -> Result<Self> {
        let client_id = client_id.into();
        check_url(&client_id)?;
        let Ok(Value::Object(mut members)) = serde_json::to_value(metadata) else {
            return Err(refuse("its metadata cannot be written as JSON"));
        };
        if members.get("client_id").is_some_and(|given| given.as_str() != Some(&client_id)) {
            return Err(refuse("its `client_id` must be the URL that it is served at, character by character"));
        }
        members.insert("client_id".to_owned(), client_id.as_str().into());
        members.entry("token_endpoint_auth_method").or_insert_with(|| "none".into());
        let document = Self { client_id, members };
        document.check()?;
        Ok(document)
    }

    /// Reads a document as it is served at this URL, and checks it likewise.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and where it is no JSON object or has no `client_id`.
    pub fn from_json(client_id: impl Into<String>, json: &str) -> Result<Self> {
        let metadata: ClientMetadata = lenient::read_json(json.as_bytes())
            .map_err(|error| refuse("it is not a JSON object").with_source(error))?;
        if metadata.get("client_id").is_none() {
            return Err(refuse("it has no `client_id`"));
        }
        Self::new(client_id, metadata)
    }

    /// The client ID: the document's URL.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// A member by its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// The JSON to serve at [`client_id`](Self::client_id), with status 200 and without a redirect.
    pub fn to_json(&self) -> String {
        // By reference, and with no way to fail: the members are JSON already.
        format!("{:#}", Value::Object(self.members.clone()))
    }

    /// How the client authenticates (`token_endpoint_auth_method`).
    pub fn token_endpoint_auth_method(&self) -> &str {
        self.members.get("token_endpoint_auth_method").and_then(Value::as_str).unwrap_or_default()
    }

    /// Refuses a redirect URI that the document does not have, as the server would once the person is there; the port of a
    /// loopback address may differ (RFC 8252 §7.3).
    pub(crate) fn check_redirect_uri(&self, uri: &RedirectUri) -> Result<()> {
        let without_port = |uri: &str| {
            let mut url = Url::parse(uri).ok().filter(|url| url.scheme() == "http" && is_loopback(url))?;
            url.set_port(None).ok().map(|()| url)
        };
        let (wanted, flexible) = (uri.as_str(), without_port(uri.as_str()));
        let listed = self.members.get("redirect_uris").and_then(Value::as_array).into_iter().flatten();
        let mut listed = listed.filter_map(Value::as_str);
        if listed.any(|one| one == wanted || (flexible.is_some() && without_port(one) == flexible)) {
            return Ok(());
        }
        Err(refuse(&format!("its `redirect_uris` do not have {wanted:?}, where the browser is to come back to")))
    }

    fn check(&self) -> Result<()> {
        let text = |name: &str| self.members.get(name).and_then(Value::as_str);
        if text("client_name").is_none_or(str::is_empty) {
            return Err(refuse("it has no `client_name`, which the server shows to the person"));
        }
        let redirect_uris = self.members.get("redirect_uris").and_then(Value::as_array);
        if self.uses_redirect() && redirect_uris.is_none_or(Vec::is_empty) {
            return Err(refuse("it has no `redirect_uris`"));
        }
        for uri in redirect_uris.into_iter().flatten() {
            RedirectUri::new(uri.as_str().ok_or_else(|| refuse("one of its `redirect_uris` is not a string"))?)?;
        }
        // It is public, and no server has agreed on a secret with the client.
        if ["client_secret", "client_secret_expires_at"].iter().any(|name| self.members.contains_key(*name)) {
            return Err(refuse("it has a `client_secret`, and a public document must not"));
        }
        let method =
            text("token_endpoint_auth_method").ok_or_else(|| refuse("its authentication method is not a string"))?;
        if method.starts_with("client_secret_") {
            return Err(refuse(&format!(
                "{method} needs a secret that the client and the server share; they share none"
            )));
        }
        self.check_keys(method)?;
        if self.to_json().len() > MAX_DOCUMENT {
            return Err(refuse("it is larger than 5 kilobytes, which is what servers read of one"));
        }
        Ok(())
    }

    /// Whether it has a grant that a person comes back from (§4.2): the code's, unless it says otherwise (RFC 7591 §2).
    fn uses_redirect(&self) -> bool {
        let grants = self.members.get("grant_types").and_then(Value::as_array);
        grants.is_none_or(|grants| grants.iter().any(|grant| grant == "authorization_code" || grant == "implicit"))
    }

    fn check_keys(&self, method: &str) -> Result<()> {
        let (keys, uri) = (self.members.get("jwks"), self.members.get("jwks_uri"));
        if keys.is_some() && uri.is_some() {
            return Err(refuse("it has `jwks` and `jwks_uri`, of which a client has one (RFC 7591 §2)"));
        }
        if method == "private_key_jwt" && keys.is_none() && uri.is_none() {
            return Err(refuse("private_key_jwt needs the client's public keys: `jwks` or `jwks_uri`"));
        }
        let Some(keys) = keys else { return Ok(()) };
        let keys = keys.get("keys").and_then(Value::as_array).ok_or_else(|| refuse("its `jwks` is not a JWK set"))?;
        let is_public = |key: &Value| {
            let members = key.as_object();
            members.is_some_and(|members| !PRIVATE_MEMBERS.iter().any(|name| members.contains_key(*name)))
        };
        if keys.is_empty() || !keys.iter().all(is_public) {
            return Err(refuse("its `jwks` must have the public keys, and nothing of the private ones"));
        }
        Ok(())
    }
}

/// What the builder knows of a document: enough to check that it describes the client.
#[derive(Clone, Debug)]
pub(crate) struct MetadataDocumentBinding {
    method: String,
}

impl MetadataDocumentBinding {
    pub(crate) fn by(document: &ClientIdMetadataDocument) -> Self {
        Self { method: document.token_endpoint_auth_method().to_owned() }
    }

    pub(crate) fn check(&self, method: &str) -> Result<()> {
        if self.method == method {
            return Ok(());
        }
        Err(refuse(&format!(
            "it says that the client authenticates by {}, and the client does by {method}",
            self.method
        )))
    }

    pub(crate) fn check_server(metadata: &ServerMetadata) -> Result<()> {
        if metadata.client_id_metadata_document_supported {
            return Ok(());
        }
        Err(Error::unsupported(
            "the server's metadata does not say that it knows client-ID metadata documents \
             (`client_id_metadata_document_supported`): register the client there",
        ))
    }
}

/// As it stands: what a parser would put right is another string, and so another client.
fn check_url(text: &str) -> Result<()> {
    let refuse = |reason: &str| Err(refuse(&format!("its URL {text:?} {reason}")));
    let Ok(url) = Url::parse(text) else { return refuse("is none") };
    if url.scheme() != "https" || url.host_str().is_none_or(str::is_empty) {
        return refuse("must be https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(self::refuse("its URL must not carry a user name or password"));
    }
    if url.fragment().is_some() {
        return refuse("must not have a fragment");
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let has_dots = path.split('/').any(|segment| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    });
    if has_dots {
        return refuse("must not have `.` or `..` as a segment of its path");
    }
    if url.path() == "/" {
        return refuse("must have a path");
    }
    if url.as_str() != text {
        return refuse(&format!("must be written as {:?}", url.as_str()));
    }
    Ok(())
}

fn refuse(reason: &str) -> Error {
    Error::configuration(format!("the client-ID metadata document is invalid: {reason}"))
}

impl fmt::Debug for ClientIdMetadataDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientIdMetadataDocument").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
