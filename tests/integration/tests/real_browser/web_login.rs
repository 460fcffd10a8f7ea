//! The example of a web application, by every path that a person takes.

use std::time::Duration;

use grantkit_integration_tests::chromium::Tab;
use grantkit_testkit::{AuthorizationServer, Fault, ProtectedApi, User};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::app;

struct Site {
    runtime: Runtime,
    server: AuthorizationServer,
    api: ProtectedApi,
    own: String,
}

impl Site {
    fn start(token_lifetime: Duration) -> Self {
        let runtime = Runtime::new().unwrap();
        let (server, api, own) = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let own = format!("http://{}", listener.local_addr().unwrap());
            let server = AuthorizationServer::builder()
                .confidential_client("web", "s3cret")
                .redirect_uri("web", format!("{own}/auth/callback"))
                .post_logout_redirect_uri("web", format!("{own}/"))
                .access_token_lifetime(token_lifetime)
                .user(User::new("alice").claim("name", "Alice <Example>").claim("sid", "session-at-server"))
                .start()
                .await
                .unwrap();
            let api = ProtectedApi::start(&server).await.unwrap();
            let app = app::router(&server.issuer(), &own, &api.url("/v1")).await.unwrap();
            tokio::spawn(axum::serve(listener, app).into_future());
            (server, api, own)
        });
        Self { runtime, server, api, own }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.own)
    }
}

#[test]
fn a_person_logs_in_calls_the_api_and_logs_out() {
    let site = Site::start(Duration::from_hours(1));
    let mut tab = Tab::open();
    tab.go(&site.at("/"));
    tab.read("Your invoices, in one place");
    tab.picture("web-welcome");

    tab.click(".button");
    let page = tab.read("Hello, Alice <Example>");
    assert!(page.contains("Log out"), "{page}");
    assert_eq!(tab.url(), site.at("/"), "nothing of the login is left in the address");
    tab.picture("web-home");

    tab.click(".button");
    let page = tab.read("Invoice 42");
    assert!(page.contains("19.99 EUR") && page.contains("Acme GmbH"), "{page}");
    tab.picture("web-invoice");

    // One cookie, for this host alone, which no script sees.
    let cookies = tab.cookies();
    assert_eq!(cookies.len(), 1, "that of the login is gone: {cookies:?}");
    let kept = cookies[0].clone();
    assert!(kept["httpOnly"] == true && kept["sameSite"] == "Lax", "{kept}");
    assert_eq!(tab.evaluate("document.cookie"), "");

    tab.go(&site.at("/"));
    tab.read("Hello, Alice");
    tab.click("#log-out");
    tab.read("Your invoices, in one place");
    assert!(tab.cookies().is_empty());
    assert_eq!(site.server.counters().logouts, 1, "at the server, too");
    assert!(site.server.counters().revocations > 0, "the tokens are revoked");

    // Back in the history nothing is still shown, and a copy of the cookie is of no use.
    tab.back();
    tab.read("Your invoices, in one place");
    tab.go(&site.at("/"));
    assert!(!tab.read("one place").contains("Alice"));
    tab.set_cookie(&json!({ "name": kept["name"], "value": kept["value"], "url": site.own, "httpOnly": true }));
    tab.go(&site.at("/"));
    assert!(!tab.read("one place").contains("Alice"));
}

/// A token of this life has expired after a pause as long, whatever else took its time; until then a page is read.
const SHORT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_hours(1);

#[test]
fn a_token_that_expires_is_renewed_and_the_person_sees_nothing_of_it() {
    let site = Site::start(SHORT);
    let mut tab = Tab::open();
    // A page of its own is where a login that it needs comes back to.
    tab.go(&site.at("/invoices/7?from=mail"));
    tab.read("Invoice 7");
    assert_eq!(tab.url(), site.at("/invoices/7?from=mail"));
    site.server.set_access_token_lifetime(LONG);
    std::thread::sleep(SHORT);
    tab.go(&site.at("/invoices/8"));
    tab.read("Invoice 8");
    assert!(site.server.counters().refresh_token > 0);
    assert_eq!(site.server.counters().authorization_code, 1, "nobody logged in again");
}

/// The server has revoked all: the person logs in again and lands where they wanted to go.
#[test]
fn a_login_that_is_over_when_its_token_expires_leads_to_another_and_back() {
    let site = Site::start(SHORT);
    let mut tab = Tab::open();
    tab.go(&site.at("/invoices/7"));
    tab.read("Invoice 7");
    site.server.revoke_all_refresh_tokens();
    site.server.revoke_all_access_tokens();
    site.server.set_access_token_lifetime(LONG);
    std::thread::sleep(SHORT);
    tab.go(&site.at("/invoices/9"));
    tab.read("Invoice 9");
    assert_eq!(site.server.counters().authorization_code, 2);
}

/// The API says so first: the token that is here has not expired.
#[test]
fn a_login_that_is_over_says_so_and_leads_to_another() {
    let site = Site::start(Duration::from_hours(1));
    let mut tab = Tab::open();
    tab.go(&site.at("/invoices/7"));
    tab.read("Invoice 7");
    site.server.revoke_all_refresh_tokens();
    site.server.revoke_all_access_tokens();
    tab.go(&site.at("/invoices/8"));
    tab.read("You are logged in no longer");
    tab.click(".button");
    tab.read("Hello, Alice");
    tab.go(&site.at("/invoices/9"));
    tab.read("Invoice 9");
    assert_eq!(site.server.counters().authorization_code, 2);
}

#[test]
fn who_refuses_or_comes_by_an_old_link_reads_a_page_that_leads_on() {
    let site = Site::start(Duration::from_hours(1));
    let mut tab = Tab::open();
    site.server.deny_next_login("access_denied");
    tab.go(&site.at("/auth/login"));
    tab.read("You are not logged in");
    tab.picture("web-refused");

    // The address of a login that was finished, as from the history, or from a mail to another browser.
    let old = tab.url();
    tab.go(&old);
    tab.read("This login is over");
    tab.picture("web-expired");
    tab.click(".button");
    tab.read("Your invoices, in one place");

    // Another login's answer does not log this browser in.
    tab.go(&site.at("/auth/callback?code=stolen&state=made-up"));
    tab.read("This login is over");
    assert!(tab.cookies().is_empty());
}

#[test]
fn what_fails_has_a_page_too_and_the_session_outlives_it() {
    let site = Site::start(Duration::from_hours(1));
    let mut tab = Tab::open();
    site.server.faults().next("/token", 10, Fault::status(503));
    tab.go(&site.at("/auth/login"));
    tab.read("Back soon");
    tab.picture("web-error");
    site.server.faults().clear();

    tab.go(&site.at("/auth/login"));
    tab.read("Hello, Alice");
    site.api.faults().next("/v1/invoices/42", 1, Fault::status(404));
    tab.go(&site.at("/invoices/42"));
    tab.read("Something went wrong");
    tab.go(&site.at("/invoices/42"));
    tab.read("19.99 EUR");
}

/// By the form of another site, whose page the person has open.
#[test]
fn a_page_of_another_site_neither_logs_out_nor_in() {
    let site = Site::start(Duration::from_hours(1));
    let mut tab = Tab::open();
    tab.go(&site.at("/auth/login"));
    tab.read("Hello, Alice");
    // Another site on this machine, by another name.
    let foreign = site.own.replace("127.0.0.1", "localhost");
    tab.go(&format!("{foreign}/"));
    tab.read("one place");
    let form = format!(
        "document.body.innerHTML='<form method=post action={}><button id=go>go</button></form>'",
        site.at("/auth/logout")
    );
    tab.evaluate(&form);
    tab.click("#go");
    tab.read("Not logged out");
    assert_eq!(tab.url(), site.at("/auth/logout"), "it arrived, and was taken for nobody's");
    tab.go(&site.at("/"));
    tab.read("Hello, Alice");
}

#[test]
fn a_logout_at_the_server_ends_the_session_here() {
    let site = Site::start(Duration::from_hours(1));
    let mut tab = Tab::open();
    tab.go(&site.at("/auth/login"));
    tab.read("Hello, Alice");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let token = json!({
        "iss": site.server.issuer(),
        "aud": "web",
        "iat": now,
        "exp": now + 120,
        "jti": "logout-1",
        "sid": "session-at-server",
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let token = site.server.sign_jwt(&token).unwrap();
    let posted = site.runtime.block_on(async {
        let http = reqwest::Client::new().post(site.at("/auth/backchannel-logout"));
        http.header("content-type", "application/x-www-form-urlencoded")
            .body(format!("logout_token={token}"))
            .send()
            .await
    });
    assert_eq!(posted.unwrap().status(), 200);
    tab.go(&site.at("/"));
    assert!(!tab.read("one place").contains("Alice"));
}
