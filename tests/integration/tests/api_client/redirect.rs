use grantkit::ApiClient;

use crate::client::{Numbered, api};
use crate::server::{Server, answer};

#[tokio::test]
async fn none_is_followed() {
    let other = Server::content().await;
    for status in [301, 302, 303, 307, 308] {
        for target in [other.url("/taken?key=canary"), "/elsewhere".into(), "/root/below".into()] {
            let leads_away = target.starts_with("http");
            let server = Server::start(move |_| answer(status, "").header("location", target.as_str())).await;
            let error = api(&server.url("/root")).post("x").body("x").send().await.unwrap_err();
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            // With its port.
            let target = if leads_away { &other.origin } else { &server.origin };
            assert!(error.to_string().contains(&format!("redirect to {target}/")), "{error}");
            assert!(!error.is_retryable() && !error.to_string().contains("canary"), "{error}");
            server.only();
        }
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn redirect_is_an_answer_without_error_for_status() {
    let server = Server::start(|_| answer(302, "").header("location", "https://other.example/")).await;
    let response = api(&server.origin).get("x").error_for_status(false).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 302);
    assert_eq!(response.headers()["location"].to_str().unwrap(), "https://other.example/");
}

#[tokio::test]
async fn one_without_a_target() {
    for target in ["", "https://[", "mailto:a@b"] {
        let server = Server::start(move |_| answer(302, "").header("location", target)).await;
        assert!(api(&server.origin).get("x").send().await.unwrap_err().to_string().contains("redirect"));
    }
}

#[tokio::test]
async fn a_client_that_follows_them_is_found_out() {
    let other = Server::content().await;
    let target = other.url("/taken");
    let server = Server::start(move |seen| match seen.target.as_str() {
        "/root/out" => answer(302, "").header("location", "/elsewhere"),
        "/root/away" => answer(302, "").header("location", target.as_str()),
        "/root/on" => answer(302, "").header("location", "/root/there"),
        _ => answer(200, "{}"),
    })
    .await;
    // reqwest's default client follows redirects.
    let api = ApiClient::builder(&server.url("/root"), Numbered::new().credentials())
        .http_client(reqwest::Client::builder().no_proxy().build().unwrap())
        .build()
        .unwrap();
    for path in ["out", "away"] {
        let error = api.get(path).send().await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("Policy::none()"), "{error:?}");
    }
    assert_eq!(other.only().authorization(), "", "reqwest takes the token off on its way to another host");
    api.get("on").send().await.unwrap();
}
