//! A native app's login at a real authorization server, in each way of answering.

use grantkit_integration_tests::{chromium, real_server};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::authorize::{LoopbackAddress, LoopbackListener, NativeLogin, ResponseMode};
use grantkit::grant::Login;

use chromium::{Chromium, DesktopBrowser};
use real_server::RealServer;

/// For a machine that is very busy; a login takes a second or two.
const LOCK_TIMEOUT: Duration = Duration::from_mins(2);

async fn native_login(server: &RealServer, address: LoopbackAddress, mode: ResponseMode) -> NativeLogin {
    let listener = LoopbackListener::builder().address(address).bind().await.unwrap();
    let login = server.public().await.authorization_code(listener.redirect_uri().unwrap()).unwrap();
    login.scopes(["openid", "read"]).response_mode(mode).native(listener).timeout(LOCK_TIMEOUT)
}

async fn in_chromium(login: NativeLogin) -> Login {
    // It is open until the login is done.
    let open = Arc::new(Mutex::new(None));
    let opened = Arc::clone(&open);
    let done = login.open_with(move |url| {
        *opened.lock().unwrap() = Some(Chromium::open(url));
        Ok(())
    });
    let done = done.await.unwrap();
    drop(open.lock().unwrap().take());
    done
}

fn check(login: &Login) {
    assert_eq!(login.claims().unwrap().subject(), "alice");
    assert!(login.token().scope().is_some_and(|scope| scope.contains("read")));
}

/// The whole of it: the feature `browser` finds the browser of the desktop, and that goes where it is sent.
#[test]
fn the_browser_of_the_desktop_logs_in_and_comes_back_by_query() {
    let server = RealServer::oidc_provider().start();
    let browser = DesktopBrowser::install();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let login = async { native_login(&server, LoopbackAddress::Both, ResponseMode::Query).await.await.unwrap() };
    check(&temp_env::with_var("BROWSER", Some(browser.program()), || runtime.block_on(login)));
}

#[tokio::test]
async fn a_browser_posts_the_answer() {
    let server = RealServer::oidc_provider().start();
    check(&in_chromium(native_login(&server, LoopbackAddress::Ipv4, ResponseMode::FormPost).await).await);
}

/// By `[::1]`, whose origin a content security policy cannot name but as `'self'`.
#[tokio::test]
async fn a_browser_hands_the_fragment_on() {
    let server = RealServer::oidc_provider().start();
    let has_ipv6 = std::net::TcpListener::bind("[::1]:0").is_ok();
    let address = if has_ipv6 { LoopbackAddress::Ipv6 } else { LoopbackAddress::Ipv4 };
    check(&in_chromium(native_login(&server, address, ResponseMode::Fragment).await).await);
}

#[tokio::test]
async fn a_signed_answer_in_the_fragment_comes_whole() {
    let server = RealServer::oidc_provider().start();
    check(&in_chromium(native_login(&server, LoopbackAddress::Both, ResponseMode::FragmentJwt).await).await);
}
