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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_taken_at_a_name_within_the_domain() {
        for (base, expected) in [
            ("https://login.acme.dev", Some("https://mtls.login.acme.dev")),
            ("https://acme.eu.auth0.com", Some("https://mtls.acme.eu.auth0.com")),
            ("https://localhost", None),
            ("http://127.0.0.1:8080", None),
            ("https://auth0.test:8443", None),
        ] {
            assert_eq!(mtls_base(base).as_deref(), expected);
        }
    }

    /// Those that Auth0 lists ("mTLS Authentication"), and no other.
    #[test]
    fn endpoints_of_a_client_with_a_certificate_are_the_aliases() {
        let metadata = serde_json::to_value(metadata("https://login.acme.dev").unwrap()).unwrap();
        assert_eq!(
            metadata["mtls_endpoint_aliases"],
            json!({
                "token_endpoint": "https://mtls.login.acme.dev/oauth/token",
                "revocation_endpoint": "https://mtls.login.acme.dev/oauth/revoke",
                "backchannel_authentication_endpoint": "https://mtls.login.acme.dev/bc-authorize",
                "pushed_authorization_request_endpoint": "https://mtls.login.acme.dev/oauth/par",
            })
        );
        assert_eq!(metadata["token_endpoint"], "https://login.acme.dev/oauth/token");
    }
}
