use grantkit::ApiClient;

use crate::client::Numbered;
use crate::server::Server;

fn refused(base: &str) -> String {
    let error = ApiClient::new(base, Numbered::new().credentials()).unwrap_err();
    assert!(error.is_configuration());
    error.to_string()
}

#[tokio::test]
async fn what_is_wrong_with_it_is_said() {
    for (base, reason) in [
        ("api.acme.dev/v1", "is not a valid URL"),
        ("", "is not a valid URL"),
        ("https://", "is not a valid URL"),
        ("ftp://api.acme.dev", "must be an https URL"),
        ("http://api.acme.dev", "must be https"),
        ("http://127.0.0.1.acme.dev", "must be https"),
        ("https://user:pa55word@api.acme.dev", "user name or password"),
        ("https://api.acme.dev/v1?key=1", "by `.query(..)`"),
        ("https://api.acme.dev/v1#top", "fragment"),
    ] {
        let error = refused(base);
        assert!(error.contains(reason) && error.contains("base URL of the API"), "{base:?}: {error}");
        assert!(!error.contains("pa55word"), "{error}");
    }
}

#[tokio::test]
async fn https_and_loopback_http_are_accepted() {
    for base in [
        "https://api.acme.dev",
        "https://api.acme.dev:8443/v1/",
        "http://127.0.0.1:1",
        "http://[::1]:1",
        "http://localhost:1",
    ] {
        ApiClient::new(base, Numbered::new().credentials()).unwrap();
    }
    ApiClient::builder("http://api.internal", Numbered::new().credentials()).danger_allow_plain_http().build().unwrap();
}

#[tokio::test]
async fn a_slash_at_its_end_makes_no_difference() {
    let server = Server::content().await;
    for base in ["/v1", "/v1/"] {
        crate::client::api(&server.url(base)).get("a").send().await.unwrap();
    }
    assert_eq!(server.targets(), ["/v1/a", "/v1/a"]);
}

#[tokio::test]
async fn debug_shows_the_base_url_and_no_more() {
    let client = Numbered::new();
    let api = ApiClient::builder("https://api.acme.dev/v1", client.credentials())
        .default_header("x-api-key", "canary")
        .build()
        .unwrap();
    assert_eq!(format!("{api:?}"), r#"ApiClient { base_url: "https://api.acme.dev/v1", .. }"#);
    let request = api.get("a?key=canary").header("x-key", "canary").body("canary");
    assert_eq!(format!("{request:?}"), r#"ApiRequest { method: GET, path: "/v1/a", .. }"#);
    let builder = ApiClient::builder("https://u:canary@api.acme.dev", client.credentials());
    assert!(!format!("{builder:?}").contains("canary"));
}
