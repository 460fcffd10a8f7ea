//! A whole login of a native app in one call.

use std::time::Duration;

use grantkit::Client;
use grantkit::authorize::{LoopbackListener, RedirectUri};
use url::Url;

use super::{cli, has_ipv6};
use crate::support::{Answer, Browser, Scripted, server};

#[tokio::test]
async fn a_native_login_is_one_call() {
    let server = server().await;
    let client = Client::builder().client_id("cli").public().discover(&server.issuer()).await.unwrap();
    let listener = LoopbackListener::bind().await.unwrap();
    let login = client.authorization_code(listener.redirect_uri().unwrap()).unwrap().scope("read:invoices");
    // Opened by a thread that blocks until the browser has been back, as one in a terminal does.
    let runtime = tokio::runtime::Handle::current();
    let done = login
        .native(listener)
        .open_with(move |url| {
            let browser = Browser::new();
            let back = runtime.block_on(browser.log_in(url));
            assert_eq!(runtime.block_on(browser.get(back.as_str())).status(), 200);
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(done.token().scope(), Some("read:invoices"));
}

#[tokio::test]
async fn where_no_browser_opens_the_address_is_shown() {
    let server = server().await;
    let client = Client::builder().client_id("cli").public().discover(&server.issuer()).await.unwrap();
    let fails = |_: &Url| Err(grantkit::Error::unsupported("no browser here"));
    let login = async || {
        let listener = LoopbackListener::bind().await.unwrap();
        client.authorization_code(listener.redirect_uri().unwrap()).unwrap().native(listener)
    };
    let error = login().await.open_with(fails).await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("no browser here"), "{error}");

    let elsewhere = |url: &Url| {
        let url = url.clone();
        tokio::spawn(async move {
            let browser = Browser::new();
            let back = browser.log_in(&url).await;
            browser.get(back.as_str()).await;
        });
    };
    login().await.open_with(fails).or_show(elsewhere).await.unwrap();
    login().await.open_with(fails).show(elsewhere).await.unwrap();
    // The system said that it would open one, and does not: only the person can tell.
    login().await.open_with(|_| Ok(())).show(elsewhere).await.unwrap();
    let hidden = login().await.open_with(|_| Ok(())).or_show(|_| panic!("nothing to show"));
    assert!(hidden.timeout(Duration::from_millis(50)).await.unwrap_err().is_timeout());
}

/// The listener of a later login, on another port than the first one's: said at once, and not after five minutes.
#[tokio::test]
async fn a_redirect_uri_that_leads_past_the_listener_starts_no_login() {
    let other = LoopbackListener::builder().path("/signed-in").bind().await.unwrap();
    let port = other.port();
    for uri in [
        LoopbackListener::bind().await.unwrap().redirect_uri().unwrap().as_str().to_owned(),
        "http://127.0.0.1/signed-in".to_owned(),
        format!("http://127.0.0.1:{port}/callback"),
        format!("https://localhost:{port}/signed-in"),
        "https://app.example/signed-in".to_owned(),
        "com.example.app:/signed-in".to_owned(),
    ] {
        let listener = LoopbackListener::builder().path("/signed-in").bind().await.unwrap();
        let login = cli().authorization_code(RedirectUri::new(&uri).unwrap()).native(listener);
        let error = login.open_with(|_| panic!("nothing to open")).await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(&uri), "{uri}: {error}");
        assert!(error.to_string().contains("LoopbackListener::builder().port(..)"), "{error}");
    }
    let hosts = if has_ipv6() { vec!["127.0.0.1", "localhost", "[::1]"] } else { vec!["127.0.0.1", "localhost"] };
    for host in hosts {
        let listener = LoopbackListener::builder().path("/signed-in").bind().await.unwrap();
        let uri = format!("http://{host}:{}/signed-in", listener.port());
        let login = cli().authorization_code(RedirectUri::new(uri).unwrap()).native(listener);
        let error = login.open_with(|_| Err(grantkit::Error::unsupported("no browser here"))).await.unwrap_err();
        assert!(error.is_unsupported(), "{host} leads here: {error}");
    }
}

#[tokio::test]
async fn a_native_login_is_pushed_where_it_has_to_be() {
    let server = Scripted::start([Answer::error(400, "invalid_request")]).await;
    let listener = LoopbackListener::bind().await.unwrap();
    let login = Client::builder()
        .client_id("cli")
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .pushed_authorization_request_endpoint(&server.url("/par"))
        .unwrap()
        .build()
        .pushed_authorization_code(listener.redirect_uri().unwrap());
    let error = login.native(listener).open_with(|_| panic!("not yet")).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_request"));
    assert_eq!(server.only().path, "/par");
}
