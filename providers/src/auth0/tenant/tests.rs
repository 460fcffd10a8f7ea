use super::*;

#[test]
fn every_way_to_write_a_tenant() {
    for (written, asked) in [
        ("acme", "https://acme.auth0.com"),
        ("dev-4x7_", ""),
        ("dev-4x7", "https://dev-4x7.auth0.com"),
        ("  acme\n", "https://acme.auth0.com"),
        ("Acme.EU", "https://acme.eu.auth0.com"),
        ("acme.us", "https://acme.us.auth0.com"),
        ("acme.au", "https://acme.au.auth0.com"),
        ("acme.jp", "https://acme.jp.auth0.com"),
        ("acme.ca", "https://acme.ca.auth0.com"),
        ("acme.uk", "https://acme.uk.auth0.com"),
        ("acme.auth0.com", "https://acme.auth0.com"),
        ("acme.eu.auth0.com", "https://acme.eu.auth0.com"),
        ("https://acme.eu.auth0.com", "https://acme.eu.auth0.com"),
        ("https://acme.eu.auth0.com/", "https://acme.eu.auth0.com"),
        ("HTTPS://acme", "https://acme.auth0.com"),
        ("https://acme.ca//", "https://acme.ca.auth0.com"),
        ("login.acme.dev", "https://login.acme.dev"),
        // The peer makes login.acme.eu.auth0.com of it.
        ("login.acme.eu", "https://login.acme.eu"),
        ("acme.dev", "https://acme.dev"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://auth0.test:8443", "https://auth0.test:8443"),
    ] {
        let base = base_url(written);
        if asked.is_empty() {
            assert!(base.is_err(), "{written:?}");
        } else {
            assert_eq!(base.unwrap(), asked, "{written:?}");
        }
    }
}

#[test]
fn what_is_no_tenant_is_refused() {
    for written in [
        "",
        "  ",
        "https://",
        "acme..eu",
        ".eu",
        "acme.",
        "acme eu",
        "acme/eu",
        "acme.auth0.com/oauth/token",
        "acme.auth0.com?tenant=other",
        "acme.auth0.com#other",
        "acme@evil.example",
        "https://acme:secret@evil.example",
        "ftp://acme.auth0.com",
        "ácme",
    ] {
        let error = base_url(written).unwrap_err();
        assert!(error.is_configuration(), "{written:?}");
        assert!(error.to_string().contains("is no Auth0 tenant"), "{error}");
    }
}

#[test]
fn plain_http_stays_on_this_machine() {
    for written in [
        "http://acme",
        "http://acme.auth0.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example:8080",
        "http://10.0.0.1:8080",
        "http://evil.example:80",
        "http://127.0.0.1@evil.example",
    ] {
        let error = base_url(written).unwrap_err();
        assert!(error.is_configuration(), "{written:?}");
        assert!(error.to_string().contains("over https only"), "{error}");
    }
}
