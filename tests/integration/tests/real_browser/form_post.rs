//! A web login whose answer the server's page posts (OAuth 2.0 Form Post Response Mode), or encrypts (JARM): which cookies a browser
//! sends with a form depends on where it comes from.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Html;
use axum::routing::get;
use grantkit::authorize::ResponseMode;
use grantkit::integrations::axum::WebLogin;
use grantkit::keys::{DecryptionKey, KeyManagementAlgorithm, SealingKey};
use grantkit::prelude::*;
use grantkit::provider::Person;
use grantkit_integration_tests::chromium::Tab;
use grantkit_integration_tests::real_server::RealServer;
use grantkit_testkit::AuthorizationServer;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::tls::TlsListener;

/// The application: who has logged in.
fn app(login: &WebLogin) -> Router {
    let home = get(async |person: Option<Person>| {
        Html(format!("<body>This is {}.</body>", person.map_or("nobody".to_owned(), |person| person.id().to_owned())))
    });
    Router::new().route("/", home).merge(login.routes()).with_state(login.clone())
}

fn login(client: &Client, own: &str, mode: ResponseMode) -> WebLogin {
    let login = client.authorization_code(format!("{own}/callback")).unwrap().scope("openid").response_mode(mode);
    WebLogin::builder(login, SealingKey::random().unwrap()).build().unwrap()
}

/// Serves the application under this name of this machine, with a server that posts its answers; the address of the application.
fn serve(runtime: &Runtime, scheme: &str, host: &str) -> (AuthorizationServer, String) {
    let (server, own, _) = serve_watched(runtime, scheme, host);
    (server, own)
}

/// The same with the addresses that the application is asked for.
fn serve_watched(
    runtime: &Runtime,
    scheme: &str,
    host: &str,
) -> (AuthorizationServer, String, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let watch = {
        let asked = Arc::clone(&asked);
        from_fn(move |request: Request, next: Next| {
            asked.lock().unwrap().push(format!("{} {}", request.method(), request.uri()));
            next.run(request)
        })
    };
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("{scheme}://{host}:{}", listener.local_addr().unwrap().port());
        let server = AuthorizationServer::builder()
            .confidential_client("web", "s3cret")
            .redirect_uri("web", format!("{own}/callback"))
            .start()
            .await
            .unwrap();
        let client =
            Client::builder().client_id("web").client_secret("s3cret").discover(&server.issuer()).await.unwrap();
        let app = app(&login(&client, &own, ResponseMode::FormPost)).layer(watch);
        if scheme == "https" {
            tokio::spawn(axum::serve(TlsListener::over(listener, host), app).into_future());
        } else {
            tokio::spawn(axum::serve(listener, app).into_future());
        }
        (server, own, asked)
    })
}

fn log_in(tab: &mut Tab, own: &str) {
    tab.go(&format!("{own}/login"));
    tab.read("This is alice.");
    assert_eq!(tab.url(), format!("{own}/"), "nothing of the login is left in the address");
    let cookies = tab.cookies();
    assert_eq!(cookies.len(), 1, "that of the login is gone: {cookies:?}");
    assert!(cookies[0]["httpOnly"] == true && cookies[0]["sameSite"] == "Lax", "{}", cookies[0]);
}

/// As in production: the server is another site, and the application is behind TLS.
#[test]
fn the_form_of_another_site_brings_the_answer_to_an_application_with_tls() {
    let runtime = Runtime::new().unwrap();
    let (server, own) = serve(&runtime, "https", "localhost");
    let mut tab = Tab::open();
    tab.trust_any_certificate();
    log_in(&mut tab, &own);
    let cookie = tab.cookies()[0].clone();
    assert!(cookie["secure"] == true && cookie["name"].as_str().unwrap().starts_with("__Host-session-"), "{cookie}");
    let arrived = server.requests();
    assert!(arrived.iter().any(|request| request.query_value("response_mode").as_deref() == Some("form_post")));
    // Once more, over the session that is there.
    log_in(&mut tab, &own);
}

/// On a developer's machine: without TLS no cookie goes with the form of another site.
#[test]
fn cross_site_form_brings_the_answer_to_a_local_application() {
    let runtime = Runtime::new().unwrap();
    let (_server, own, asked) = serve_watched(&runtime, "http", "localhost");
    log_in(&mut Tab::open(), &own);
    let asked = asked.lock().unwrap();
    assert!(asked.iter().any(|asked| asked == "POST /callback?again"), "{asked:?}");
    assert!(asked.iter().all(|asked| !asked.contains("code=")), "it would be in the browser's history: {asked:?}");
}

/// An input of the name `submit` is what the form's own method would be.
#[test]
fn an_answer_with_a_parameter_named_submit_is_posted_once_more() {
    let runtime = Runtime::new().unwrap();
    let (_server, own, asked) = serve_watched(&runtime, "http", "localhost");
    let page = format!(
        "data:text/html,<form method=post action=\"{own}/callback\"><input name=state value=s><input name=error value=x>\
         <input name=submit value=x></form><script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>"
    );
    let mut tab = Tab::open();
    tab.go(&page);
    tab.read("Log in again");
    let asked = asked.lock().unwrap();
    assert!(asked.iter().any(|asked| asked == "POST /callback?again"), "{asked:?}");
}

/// What such a form comes to without a browser.
#[test]
fn a_form_of_another_site_is_posted_once_more_and_not_a_third_time() {
    let runtime = Runtime::new().unwrap();
    let (_server, own) = serve(&runtime, "http", "localhost");
    let post = |path: &str| {
        let form = "state=s%22%3E%3Cscript%3Ex%3C%2Fscript%3E&code=c%261";
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let request =
            http.post(format!("{own}{path}")).header("content-type", "application/x-www-form-urlencoded").body(form);
        runtime.block_on(async {
            let answer = request.send().await.unwrap();
            (answer.status().as_u16(), answer.headers().clone(), answer.text().await.unwrap())
        })
    };
    let (status, headers, page) = post("/callback");
    assert_eq!((status, headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    assert!(headers["content-security-policy"].to_str().unwrap().contains("form-action 'self'"));
    assert!(page.contains("action=\"/callback?again\"") && page.contains("name=\"code\" value=\"c&amp;1\""), "{page}");
    assert!(page.contains("value=\"s&quot;>&lt;script>x&lt;/script>\""), "{page}");
    assert_eq!(post("/callback?again").0, 401, "it is of no login of this browser");
}

#[test]
fn the_form_of_the_same_site_brings_the_answer() {
    let runtime = Runtime::new().unwrap();
    let (_server, own) = serve(&runtime, "http", "127.0.0.1");
    log_in(&mut Tab::open(), &own);
}

/// By a form and by a link; whose answer it is stands within, where only the application can read it.
#[test]
fn an_encrypted_answer_finds_its_login_among_those_that_are_under_way() {
    let runtime = Runtime::new().unwrap();
    let key = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap().with_key_id("enc-1");
    for mode in [ResponseMode::Jwt, ResponseMode::FormPostJwt] {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let own = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let registered = json!([{
            "client_id": "basic",
            "redirect_uris": [format!("{own}/callback")],
            "response_modes": ["jwt", "form_post.jwt"],
            "authorization_encrypted_response_alg": "ECDH-ES",
            "jwks": { "keys": [key.public_jwk().unwrap()] },
        }]);
        let server = RealServer::oidc_provider().setting("CLIENTS", &registered.to_string()).start();
        let login = runtime.block_on(async {
            let client = Client::builder().client_id("basic").client_secret_basic(server.secret());
            let client = client.decryption_key(key.clone());
            let client = client.authorization_encrypted_response_alg(KeyManagementAlgorithm::EcdhEs);
            login(&client.discover(server.issuer()).await.unwrap(), &own, mode)
        });
        runtime.spawn(axum::serve(listener, app(&login)).into_future());
        let mut tab = Tab::open();
        // Another login is under way in this browser, as in another window, and has not come back.
        let (name, value) = runtime.block_on(begin(&own));
        tab.go(&format!("{own}/"));
        tab.read("This is nobody.");
        tab.set_cookie(&json!({ "name": name, "value": value, "url": own, "httpOnly": true }));
        tab.go(&format!("{own}/login"));
        tab.read("This is alice.");
        let cookies = tab.cookies();
        assert_eq!(names_of_logins(&cookies), [name], "the other login goes on, and nothing is left of this one");
    }
}

fn names_of_logins(cookies: &[Value]) -> Vec<&str> {
    cookies.iter().filter_map(|cookie| cookie["name"].as_str().filter(|name| name.starts_with("login-"))).collect()
}

/// Begins a login and does not finish it: its cookie.
async fn begin(own: &str) -> (String, String) {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let begun = http.get(format!("{own}/login")).send().await.unwrap();
    let cookie = begun.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    let (name, value) = cookie.split_once('=').unwrap();
    (name.to_owned(), value.to_owned())
}
