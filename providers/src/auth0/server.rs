use grantkit::Result;
use grantkit::discovery::ServerMetadata;
use serde_json::{Map, Value, json};
use url::{Host, Url};

/// What the tenant at this base URL says of itself, without asking it.
pub(super) fn metadata(base: &str) -> Result<ServerMetadata> {
    let mut members = Map::new();
    members.insert("issuer".to_owned(), Value::from(format!("{base}/")));
    members.insert("jwks_uri".to_owned(), Value::from(format!("{base}/.well-known/jwks.json")));
    for (name, path) in ENDPOINTS {
        members.insert(name.to_owned(), Value::from(format!("{base}{path}")));
    }
    if let Some(base) = mtls_base(base) {
        let alias = |name: &&(&str, &str)| BY_CERTIFICATE.contains(&name.0);
        let aliases =
            ENDPOINTS.iter().filter(alias).map(|(name, path)| ((*name).to_owned(), json!(format!("{base}{path}"))));
        members.insert("mtls_endpoint_aliases".to_owned(), aliases.collect());
    }
    ServerMetadata::from_json(Value::Object(members).to_string())
}

/// Auth0 Authentication API.
const ENDPOINTS: [(&str, &str); 8] = [
    ("authorization_endpoint", "/authorize"),
    ("token_endpoint", "/oauth/token"),
    ("revocation_endpoint", "/oauth/revoke"),
    ("device_authorization_endpoint", "/oauth/device/code"),
    ("backchannel_authentication_endpoint", "/bc-authorize"),
    ("pushed_authorization_request_endpoint", "/oauth/par"),
    ("userinfo_endpoint", "/userinfo"),
    ("end_session_endpoint", "/oidc/logout"),
];

/// Those that take a certificate.
const BY_CERTIFICATE: [&str; 4] = [
    "token_endpoint",
    "revocation_endpoint",
    "backchannel_authentication_endpoint",
    "pushed_authorization_request_endpoint",
];

/// Where connections have a certificate: a name within the domain (Auth0, "mTLS Authentication").
fn mtls_base(base: &str) -> Option<String> {
    let url = Url::parse(base).ok()?;
    match (url.host()?, url.port()) {
        (Host::Domain(domain), None) if domain != "localhost" => Some(format!("https://mtls.{domain}")),
        // A stand-in for tests has one address.
        _ => None,
    }
}
