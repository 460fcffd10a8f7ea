use url::Url;

/// `/.well-known/<name>` after the path of an issuer (OpenID Connect Discovery 1.0 §4).
pub(crate) fn well_known_appended(issuer: &str, name: &str) -> String {
    format!("{}/.well-known/{name}", issuer.trim_end_matches('/'))
}

/// `/.well-known/<name>` between host and path (RFC 8414 §3.1, RFC 9728 §3.1); a query stays.
pub(crate) fn well_known_inserted(url: &Url, name: &str) -> String {
    let mut location = url.clone();
    let path = if url.path() == "/" { "" } else { url.path() };
    location.set_path(&format!("/.well-known/{name}{path}"));
    location.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 8414 §3.1 and §5, RFC 9728 §3.1 and OpenID Connect Discovery 1.0 §4.1.
    #[test]
    fn well_known_locations_with_and_without_a_path() {
        let inserted = |url: &str, name| well_known_inserted(&Url::parse(url).unwrap(), name);
        let oauth = "oauth-authorization-server";
        assert_eq!(
            inserted("https://example.com", oauth),
            "https://example.com/.well-known/oauth-authorization-server"
        );
        assert_eq!(
            inserted("https://example.com/issuer1", oauth),
            "https://example.com/.well-known/oauth-authorization-server/issuer1"
        );
        assert_eq!(
            inserted("https://example.com/issuer1", "openid-configuration"),
            "https://example.com/.well-known/openid-configuration/issuer1"
        );
        let resource = "oauth-protected-resource";
        assert_eq!(
            inserted("https://resource.example.com", resource),
            "https://resource.example.com/.well-known/oauth-protected-resource"
        );
        assert_eq!(
            inserted("https://resource.example.com/resource1?tenant=7", resource),
            "https://resource.example.com/.well-known/oauth-protected-resource/resource1?tenant=7"
        );
        assert_eq!(
            well_known_appended("https://example.com/issuer1/", "openid-configuration"),
            "https://example.com/issuer1/.well-known/openid-configuration"
        );
    }
}
