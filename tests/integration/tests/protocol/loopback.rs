//! The listener of a native app (RFC 8252 §7.3), with the requests that real browsers make.

mod native;

use std::time::Duration;

use grantkit::Client;
use grantkit::authorize::{LoopbackAddress, LoopbackListener, PendingLogin, RedirectUri};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use crate::support::{Browser, HeldTime, server};

const LONG: Duration = Duration::from_mins(1);

fn cli() -> Client<grantkit::client::Endpoints<grantkit::client::state::Present>> {
    Client::builder()
        .client_id("cli")
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build()
}

/// A listener and a login that waits for it.
async fn waiting() -> (LoopbackListener, Url, PendingLogin) {
    let listener = LoopbackListener::bind().await.unwrap();
    let address = Url::parse(listener.redirect_uri().unwrap().as_str()).unwrap();
    let (_, pending) = cli().authorization_code(listener.redirect_uri().unwrap()).start().unwrap();
    (listener, address, pending)
}

fn with_query(address: &Url, query: &str) -> String {
    format!("{address}?{query}")
}

#[tokio::test]
async fn a_whole_login_of_a_native_app() {
    let server = server().await;
    let client = Client::builder().client_id("cli").public().discover(&server.issuer()).await.unwrap();
    let listener = LoopbackListener::bind().await.unwrap();
    let login = client.authorization_code(listener.redirect_uri().unwrap()).unwrap().scope("read:invoices");
    let (url, pending) = login.start().unwrap();

    let browser = tokio::spawn(async move {
        let browser = Browser::new();
        let back = browser.log_in(&url).await;
        let page = browser.get(back.as_str()).await;
        let (status, headers) = (page.status(), page.headers().clone());
        (status, headers, page.text().await.unwrap())
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    let done = login.finish(pending, callback).await.unwrap();
    assert_eq!(done.token().scope(), Some("read:invoices"));

    let (status, headers, page) = browser.await.unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("Logged in") && page.contains("close this window"), "{page}");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(headers[name], value);
    }
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'; "));
}

#[tokio::test]
async fn icons_strangers_and_idle_connections_do_not_end_the_wait() {
    let (listener, address, pending) = waiting().await;
    let state = pending.state().to_owned();
    let visitor = tokio::spawn(async move {
        let browser = Browser::new();
        let host = address.join("/").unwrap();
        // Browsers open a connection ahead of need, and say nothing on it.
        let _idle = TcpStream::connect(("127.0.0.1", address.port().unwrap())).await.unwrap();
        let mut garbage = TcpStream::connect(("127.0.0.1", address.port().unwrap())).await.unwrap();
        garbage.write_all(b"\x16\x03\x01 this is not HTTP\r\n\r\n").await.unwrap();

        let mut statuses = Vec::new();
        for path in [
            host.join("/favicon.ico").unwrap().to_string(),
            host.to_string(),
            with_query(&host, &format!("code=c&state={state}")),
            address.to_string(),
            with_query(&address, "code=stolen&state=foreign"),
            with_query(&address, "error=access_denied&state=foreign"),
            with_query(&address, &format!("code=a&code=b&state={state}")),
            with_query(&address, &format!("code=right&state={state}&iss=x")),
        ] {
            let response = browser.get(&path).await;
            statuses.push(response.status().as_u16());
            let page = response.text().await.unwrap();
            assert!(!page.contains(&state) && !page.contains("stolen") && !page.contains("right"), "{page}");
        }
        statuses
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    assert_eq!(callback, format!("code=right&state={}&iss=x", pending.state()));
    assert_eq!(visitor.await.unwrap(), [404, 404, 404, 400, 400, 400, 400, 200]);
}

#[tokio::test]
async fn a_refusal_ends_the_wait_and_has_a_page_of_its_own() {
    let (listener, address, pending) = waiting().await;
    let refusal =
        with_query(&address, &format!("error=access_denied&error_description=<b>no&state={}", pending.state()));
    let visitor = tokio::spawn(async move {
        let page = Browser::new().get(&refusal).await;
        (page.status(), page.text().await.unwrap())
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    let (status, page) = visitor.await.unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("Not logged in") && !page.contains("access_denied") && !page.contains("<b>no"), "{page}");
    let login = cli().authorization_code(RedirectUri::new("http://127.0.0.1/callback").unwrap());
    let error = login.finish(pending, callback).await.unwrap_err();
    assert_eq!((error.oauth_code(), error.error_description()), (Some("access_denied"), Some("<b>no")));
}

#[tokio::test]
async fn a_login_without_a_callback_times_out() {
    let (listener, address, pending) = waiting().await;
    let error = listener.receive(&pending, Duration::from_millis(20)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("start the login again"), "{error}");
    // The port is free again.
    let again = TcpStream::connect(("127.0.0.1", address.port().unwrap())).await;
    assert!(again.is_err());
}

#[tokio::test]
async fn a_listener_that_is_given_up_closes_its_port() {
    let (listener, address, pending) = waiting().await;
    let mut wait = Box::pin(listener.receive(&pending, LONG));
    // Polled once, so that it listens.
    tokio::select! {
        biased;
        _ = &mut wait => panic!("nobody came"),
        () = tokio::task::yield_now() => {}
    }
    assert!(TcpStream::connect(("127.0.0.1", address.port().unwrap())).await.is_ok());
    drop(wait);
    crate::support::eventually("the port is closed", async || {
        TcpStream::connect(("127.0.0.1", address.port().unwrap())).await.is_err().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_code_with_a_question_mark_in_it_arrives_whole() {
    let (listener, address, pending) = waiting().await;
    let target = with_query(&address, &format!("code=a?b=c&state={}", pending.state()));
    let path = target.split_once(&address.port().unwrap().to_string()).unwrap().1.to_owned();
    let visitor = tokio::spawn(async move {
        let port = address.port().unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    assert!(callback.starts_with("code=a?b=c&state="));
    assert!(visitor.await.unwrap().starts_with("HTTP/1.1 200"));

    let server = crate::support::Scripted::start([crate::support::Answer::token("t")]).await;
    let login = Client::builder()
        .client_id("cli")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build()
        .authorization_code(RedirectUri::new("http://127.0.0.1/callback").unwrap());
    login.finish(pending, callback).await.unwrap();
    assert!(server.only().body().contains("code=a%3Fb%3Dc"), "{}", server.only().body());
}

/// Whether this machine has `[::1]`, as it says itself.
fn has_ipv6() -> bool {
    std::net::TcpListener::bind("[::1]:0").is_ok()
}

#[tokio::test]
async fn loopback_listener_is_reached_at_both_addresses() {
    for (address, host, on_ipv4, on_ipv6) in [
        (LoopbackAddress::Both, "127.0.0.1", true, has_ipv6()),
        (LoopbackAddress::Ipv4, "127.0.0.1", true, false),
        (LoopbackAddress::Ipv6, "[::1]", false, true),
    ] {
        let bound = LoopbackListener::builder().address(address).path("/signed-in").bind().await;
        if address == LoopbackAddress::Ipv6 && !has_ipv6() {
            assert!(bound.unwrap_err().is_configuration());
            continue;
        }
        let listener = bound.unwrap();
        let uri = Url::parse(listener.redirect_uri().unwrap().as_str()).unwrap();
        let port = uri.port().unwrap();
        assert_eq!((uri.host_str().unwrap(), uri.path()), (host, "/signed-in"));
        assert_eq!(listener.localhost_redirect_uri().unwrap().as_str(), format!("http://localhost:{port}/signed-in"));
        assert_eq!(TcpStream::connect(("127.0.0.1", port)).await.is_ok(), on_ipv4, "{address:?}");
        assert_eq!(TcpStream::connect(("::1", port)).await.is_ok(), on_ipv6, "{address:?}");
    }
}

#[tokio::test]
async fn a_browser_that_comes_by_the_other_address_is_heard() {
    let (listener, address, pending) = waiting().await;
    let port = address.port().unwrap();
    let host = if has_ipv6() { "[::1]" } else { "127.0.0.1" };
    let target = format!("http://{host}:{port}/callback?code=c&state={}", pending.state());
    let visitor = tokio::spawn(async move { Browser::new().get(&target).await.status() });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    assert!(callback.starts_with("code=c&state="));
    assert_eq!(visitor.await.unwrap(), 200);
}

#[tokio::test]
async fn a_port_or_path_that_cannot_be_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let builder = LoopbackListener::builder().address(LoopbackAddress::Ipv4).port(taken.local_addr().unwrap().port());
    assert!(builder.bind().await.unwrap_err().is_configuration());
    for path in ["", "callback", "/a/../b", "/a b", "/a?b", "/a#b", "//evil.example", "http://evil.example/"] {
        let error = LoopbackListener::builder().path(path).bind().await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("no path"), "{path}: {error}");
    }
    let free = LoopbackListener::builder().path("/").bind().await.unwrap();
    assert!(free.redirect_uri().unwrap().as_str().ends_with('/'));
}

#[tokio::test]
async fn too_large_a_request_is_turned_away_and_does_not_end_the_wait() {
    let (listener, address, pending) = waiting().await;
    let state = pending.state().to_owned();
    let visitor = tokio::spawn(async move {
        let port = address.port().unwrap();
        let mut statuses = Vec::new();
        let head = format!("GET /callback?code={}&state={state} HTTP/1.1\r\n", "x".repeat(128 * 1024));
        let form = format!(
            "POST /callback HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-length: 9999999\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\nstate={state}&x={}",
            "y".repeat(65 * 1024)
        );
        for request in [head, form] {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            // The listener may stop reading before all of it is written.
            let _ = stream.write_all(request.as_bytes()).await;
            let mut answer = [0; 12];
            let read = stream.read_exact(&mut answer).await.map(|_| String::from_utf8_lossy(&answer).into_owned());
            statuses.push(read.unwrap_or_default());
        }
        let page = Browser::new().get(&with_query(&address, &format!("code=c&state={state}"))).await;
        (statuses, page.status())
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    assert!(callback.starts_with("code=c&state="));
    let (statuses, page) = visitor.await.unwrap();
    for status in statuses {
        assert!(!status.contains(" 200"), "{status}");
    }
    assert_eq!(page, 200);
}

/// A page, or a program, that holds on to all the connections there are does not keep the browser out.
#[tokio::test]
async fn connections_that_say_nothing_do_not_keep_the_browser_out() {
    let (listener, address, pending) = waiting().await;
    let target = with_query(&address, &format!("code=c&state={}", pending.state()));
    let visitor = tokio::spawn(async move {
        let port = address.port().unwrap();
        let mut held = Vec::new();
        for number in 0..200 {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            if number % 2 == 0 {
                stream.write_all(b"GET /callback HTTP/1.1\r\nx: ").await.unwrap();
            }
            held.push(stream);
        }
        let status = Browser::new().get(&target).await.status();
        drop(held);
        status
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    assert!(callback.starts_with("code=c&state="));
    assert_eq!(visitor.await.unwrap(), 200);
}

/// A server that fails before it has read the `state`: the person and the program see why, and not for five minutes nothing.
#[tokio::test]
async fn an_error_without_a_state_is_shown() {
    let login = cli().authorization_code(RedirectUri::new("http://127.0.0.1/callback").unwrap());
    let time = HeldTime::pause();
    for in_a_window in [true, false] {
        let (listener, address, pending) = waiting().await;
        let target = with_query(&address, "error=unauthorized_client&error_description=not+registered");
        let visitor = tokio::spawn(async move {
            let mut request = reqwest::Client::builder().no_proxy().build().unwrap().get(target);
            if in_a_window {
                request = request.header("sec-fetch-mode", "navigate").header("sec-fetch-dest", "document");
            }
            request.send().await.unwrap().status().as_u16()
        });
        let receiving = tokio::spawn(async move { (listener.receive(&pending, LONG).await, pending) });
        assert_eq!(visitor.await.unwrap(), if in_a_window { 200 } else { 400 });
        if !in_a_window {
            // It ends with the wait.
            time.pass(LONG).await;
        }
        let (callback, pending) = receiving.await.unwrap();
        let callback = callback.unwrap();
        let error = login.finish(pending, callback).await.unwrap_err();
        assert_eq!(
            (error.oauth_code(), error.error_description()),
            (Some("unauthorized_client"), Some("not registered"))
        );
        assert!(error.is_state_mismatch() && !error.is_configuration(), "nothing follows from it: {error}");
        assert!(error.to_string().contains("it may be forged"), "{error}");
    }
}
