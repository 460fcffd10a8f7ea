//! Where a request goes, whose URI no parser has normalised.

use http::Uri;
use url::Url;

use crate::api::{Base, has_dots};
use crate::error::{Error, Result};

/// Whether it is below the base. A URI without a host goes where the service below sends it, which is the base.
pub(super) fn is_below(base: &Base, uri: &Uri) -> bool {
    is_on_server_of(base.url(), uri) && has_path_of(base.url(), uri.path()) && !has_dots(uri.path())
}

/// The URL of one that is: what a proof of possession is made for, and so never of another server, whatever the path is.
pub(super) fn url_of(base: &Base, uri: &Uri) -> Result<Url> {
    let mut url = base.url().clone();
    url.set_path(uri.path());
    url.set_query(uri.query());
    if base.covers(&url) { Ok(url) } else { Err(Error::security("the URI of the request leaves the base URL")) }
}

fn is_on_server_of(base: &Url, uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else { return uri.scheme().is_none() };
    let Some(scheme) = uri.scheme_str() else { return false };
    let usual_port = if scheme.eq_ignore_ascii_case("https") { 443 } else { 80 };
    scheme.eq_ignore_ascii_case(base.scheme())
        && base.host_str().is_some_and(|host| authority.host().eq_ignore_ascii_case(host))
        && authority.port().map_or(Some(usual_port), |port| port.as_str().parse().ok()) == base.port_or_known_default()
}

fn has_path_of(base: &Url, path: &str) -> bool {
    let base = base.path().trim_end_matches('/');
    path.strip_prefix(base).is_some_and(|rest| rest.starts_with('/') || (rest.is_empty() && !base.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::PlainHttp;

    fn is_below(base: &str, uri: &str) -> bool {
        super::is_below(&Base::parse(base, PlainHttp::LoopbackOnly).unwrap(), &uri.parse().unwrap())
    }

    #[test]
    fn a_uri_below_the_base_is_seen_however_it_is_written() {
        for uri in [
            "https://api.example/v1",
            "https://api.example/v1/",
            "https://api.example/v1?page=2",
            "https://api.example/v1/invoices",
            "HTTPS://API.example:443/v1/invoices",
            "/v1/invoices",
        ] {
            assert!(is_below("https://api.example/v1", uri), "{uri}");
            assert!(is_below("https://api.example/", uri), "{uri}");
        }
        assert!(is_below("http://127.0.0.1:8080", "http://127.0.0.1:8080/"));
        assert!(is_below("http://[::1]:8080/v1/", "http://[::1]:8080/v1/a"));
    }

    #[test]
    fn the_url_of_a_path_that_looks_like_another_server_is_of_the_base() {
        let base = Base::parse("https://api.example/", PlainHttp::LoopbackOnly).unwrap();
        for path in ["//evil.example/x", "///evil.example", "/\\evil.example/x", "//", "//?x"] {
            for uri in [path.to_owned(), format!("https://api.example{path}")] {
                let Ok(uri) = uri.parse() else { continue };
                let url = url_of(&base, &uri).unwrap();
                assert_eq!(url.origin(), base.url().origin(), "{uri}");
                assert!(url.path().starts_with("//") || url.path() == "//", "{url}");
            }
        }
        let uri = "/v1/a%20b?page=2".parse().unwrap();
        assert_eq!(url_of(&base, &uri).unwrap().as_str(), "https://api.example/v1/a%20b?page=2");
    }

    #[test]
    fn a_uri_elsewhere_is_not_below_the_base() {
        for uri in [
            "http://api.example/v1/invoices",
            "https://api.example:8443/v1/invoices",
            "https://api.example.evil.example/v1/invoices",
            "https://api.example@evil.example/v1/invoices",
            "https://evil.example/v1/invoices",
            "https://api.example/v10/invoices",
            "https://api.example/v2",
            "https://api.example/v1/../v2",
            "https://api.example/v1/%2e%2e/v2",
            "https://api.example/v1/..%2fv2",
            "/v2",
            "*",
            "api.example:443",
        ] {
            assert!(!is_below("https://api.example/v1", uri), "{uri}");
        }
    }
}
