//! What is wrong before anything is sent.

use grantkit::grant::JsonTokenRequest;
use grantkit::{Client, Error, Result};

use crate::support::{ID, all_said, verdict};

fn token_endpoint(url: &str) -> Error {
    Client::builder().client_id(ID).public().token_endpoint(url).unwrap_err()
}

#[test]
fn a_url_that_no_endpoint_may_have_is_refused_with_the_reason() {
    let wrong = [
        ("", "is not a valid URL"),
        ("as.example/token", "is not a valid URL"),
        ("/token", "is not a valid URL"),
        ("https://", "is not a valid URL"),
        ("https://as.example:99999/token", "is not a valid URL"),
        ("https://[::1/token", "is not a valid URL"),
        ("http://as.example/token", "must be https"),
        ("http://10.0.0.1/token", "must be https"),
        ("http://127.0.0.1.evil.example/token", "must be https"),
        ("http://localhost.evil.example/token", "must be https"),
        ("http://[::2]/token", "must be https"),
        ("ftp://as.example/token", "must be an https URL"),
        ("file:///etc/passwd", "must be an https URL"),
        ("data:application/json,{}", "must be an https URL"),
        ("javascript:alert(1)", "must be an https URL"),
        ("localhost:8080/token", "must be an https URL"),
        ("https://as.example/token#fragment", "fragment"),
        ("https://as.example/token#", "fragment"),
        ("https://billing@as.example/token", "user name or password"),
        ("https://:pw@as.example/token", "user name or password"),
    ];
    for (url, reason) in wrong {
        let error = token_endpoint(url);
        assert_eq!(verdict(&error), ["configuration"], "{url}");
        assert!(error.to_string().contains(reason), "{url}: {error}");
        assert!(error.to_string().contains("token endpoint"), "{error}");
    }
}

#[test]
fn what_is_usually_wrong_with_an_issuer_has_its_cure_named() {
    let said = |issuer: &str| {
        let error = Client::builder().client_id(ID).public().issuer(issuer).map(drop).unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{issuer}");
        error.to_string()
    };
    for issuer in [
        "https://as.example/.well-known/openid-configuration",
        "https://as.example/tenant/.well-known/oauth-authorization-server",
    ] {
        let cure = issuer.split("/.well-known").next().unwrap();
        let said = said(issuer);
        assert!(said.ends_with(&format!("write the issuer itself, which the metadata name, as {cure:?}")), "{said}");
    }
    for issuer in ["as.example", "as.example/tenant", "as.example:8443", "localhost:8080"] {
        let said = said(issuer);
        assert!(said.ends_with(&format!("write \"https://{issuer}\"")), "{said}");
    }
    assert!(!said("no issuer").contains("; write"), "nothing that could be meant");
    assert!(said("https://as.example?tenant=1").contains("query"));
}

#[test]
fn loopback_addresses_may_be_plain_http() {
    for url in ["http://127.0.0.1:1/t", "http://127.9.9.9/t", "http://[::1]:1/t", "http://localhost:1/t"] {
        assert!(Client::builder().client_id(ID).public().token_endpoint(url).is_ok(), "{url}");
    }
    let danger = Client::builder().client_id(ID).public().danger_allow_plain_http();
    assert!(danger.token_endpoint("http://as.internal/token").is_ok());
}

/// What is checked when it is given says what has to come before.
#[test]
fn an_endpoint_of_plain_http_is_refused_with_the_call_that_accepts_it() {
    let builder = || Client::builder().client_id(ID).public();
    let said = |outcome: Result<(), Error>| outcome.unwrap_err().to_string();
    let refused = said(builder().token_endpoint("http://as.internal/token").map(drop));
    assert!(refused.ends_with("call `.danger_allow_plain_http()` before this"), "{refused}");
    let refused = said(builder().issuer("http://as.internal").map(drop));
    assert!(refused.ends_with("call `.danger_allow_plain_http()` before this"), "{refused}");
    let beyond_help = said(builder().token_endpoint("http://as.internal/token#fragment").map(drop));
    assert!(!beyond_help.contains("danger"), "{beyond_help}");
}

#[test]
fn each_endpoint_is_named_in_its_error() {
    let builder = || Client::builder().client_id(ID).public();
    let wrong = "http://as.example/x";
    let errors = [
        ("token endpoint", builder().token_endpoint(wrong).map(drop)),
        ("authorization endpoint", builder().authorization_endpoint(wrong).map(drop)),
        ("device authorization endpoint", builder().device_authorization_endpoint(wrong).map(drop)),
        ("revocation endpoint", builder().revocation_endpoint(wrong).map(drop)),
        ("introspection endpoint", builder().introspection_endpoint(wrong).map(drop)),
        ("userinfo endpoint", builder().userinfo_endpoint(wrong).map(drop)),
        ("issuer", builder().issuer(wrong).map(drop)),
        ("jwks_uri", builder().jwks_uri(wrong).map(drop)),
        ("token endpoint", JsonTokenRequest::new(wrong).map(drop)),
    ];
    for (name, outcome) in errors {
        let error = outcome.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(&format!("the {name} must be")), "{error}");
    }
}

#[test]
fn a_password_in_a_url_is_not_repeated() {
    for url in [
        "https://billing:CANARY@as.example/token",
        "http://billing:CANARY@as.example/token",
        "https://billing:CANARY@as.example:99999/token",
        "ftp://billing:CANARY@as.example/",
        "https://billing:CANARY@",
        "billing:CANARY@as.example",
        "https://billing:CANARY@as.example/#x",
    ] {
        let error = token_endpoint(url);
        assert!(!all_said(&error).contains("CANARY"), "{error}");
    }
}

#[tokio::test]
async fn an_empty_client_id_or_secret_says_what_to_give() {
    let at = || Client::builder().token_endpoint("https://as.example/token").unwrap();
    let no_id = at().client_id("").client_secret_basic("s").build().client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&no_id), ["configuration"]);
    assert!(no_id.to_string().contains("`client_id`"), "{no_id}");
    for client in
        [at().client_id(ID).client_secret_basic("").build(), at().client_id(ID).client_secret_post("").build()]
    {
        let no_secret = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&no_secret), ["configuration"]);
        assert!(no_secret.to_string().contains("`.public()`"), "{no_secret}");
    }
}
