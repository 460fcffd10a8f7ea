//! The page that the login of a native app ends with.

use std::time::Duration;

use grantkit::authorize::{LoopbackListenerBuilder, LoopbackOutcome, LoopbackPage};
use grantkit::prelude::*;
use grantkit_integration_tests::chromium::Tab;
use grantkit_testkit::AuthorizationServer;
use tokio::runtime::Runtime;

/// Logs in with the tab, in this language; gives what came of it.
fn log_in(
    runtime: &Runtime,
    server: &AuthorizationServer,
    listener: LoopbackListenerBuilder,
    tab: &mut Tab,
    language: &str,
) -> tokio::task::JoinHandle<Result<grantkit::grant::Login>> {
    tab.ask_for_language(language);
    let (opened, open) = std::sync::mpsc::channel();
    let issuer = server.issuer();
    let login = runtime.spawn(async move {
        let client = Client::builder().client_id("cli").public().discover(&issuer).await?;
        let listener = listener.bind().await?;
        let login = client.authorization_code(listener.redirect_uri()?)?.scopes(["openid"]).native(listener);
        login
            .timeout(Duration::from_mins(2))
            .open_with(move |url| {
                opened.send(url.clone()).unwrap();
                Ok(())
            })
            .await
    });
    tab.go(open.recv().unwrap().as_str());
    login
}

fn server(runtime: &Runtime) -> AuthorizationServer {
    let server = AuthorizationServer::builder().public_client("cli", ["http://127.0.0.1/callback"]);
    runtime.block_on(server.start()).unwrap()
}

#[test]
fn a_person_reads_what_came_of_the_login_in_their_language() {
    let runtime = Runtime::new().unwrap();
    let (server, mut tab) = (server(&runtime), Tab::open());
    let listener = || LoopbackListener::builder().program("Acme <CLI>");
    for (language, title, direction) in [
        ("en", "Logged in", "ltr"),
        ("de-CH", "Angemeldet", "ltr"),
        ("ja", "ログインしました", "ltr"),
        ("ar", "تم تسجيل الدخول", "rtl"),
    ] {
        let login = log_in(&runtime, &server, listener(), &mut tab, language);
        let page = tab.read(title);
        assert!(page.contains("Acme <CLI>"), "{page}");
        assert!(runtime.block_on(login).unwrap().is_ok());
        assert_eq!(tab.evaluate("getComputedStyle(document.documentElement).direction"), direction);
        // The style is applied, under the page's own policy.
        assert_eq!(tab.evaluate("getComputedStyle(document.querySelector('svg')).strokeLinecap"), "round");
        tab.picture(&format!("loopback-success-{language}"));
    }
    server.deny_next_login("access_denied");
    let login = log_in(&runtime, &server, listener(), &mut tab, "fr");
    tab.read("Connexion non établie");
    assert!(runtime.block_on(login).unwrap().unwrap_err().is_denied());
    tab.picture("loopback-refusal");
}

#[test]
fn an_error_and_an_answer_to_another_login_have_a_mark_of_their_own() {
    let runtime = Runtime::new().unwrap();
    let (server, mut tab) = (server(&runtime), Tab::open());
    let (callback, listener, pending) = runtime.block_on(async {
        let client = Client::builder().client_id("cli").public().discover(&server.issuer()).await.unwrap();
        let listener = LoopbackListener::builder().program("Acme CLI").bind().await.unwrap();
        let callback = listener.redirect_uri().unwrap();
        let (_, pending) = client.authorization_code(&callback).unwrap().start().unwrap();
        (callback.as_str().to_owned(), listener, pending)
    });
    let received = runtime.spawn(async move { listener.receive(&pending, Duration::from_mins(2)).await });
    tab.go(&format!("{callback}?code=x&state=of-another-login"));
    tab.read("Another login");
    assert_eq!(tab.evaluate("document.querySelector('svg').getAttribute('class')"), "bad");
    tab.picture("loopback-another-login");
    // Without a `state`, as servers send it that fail early: the browser's window ends the wait.
    tab.go(&format!("{callback}?error=server_error"));
    tab.read("The login failed.");
    assert!(runtime.block_on(received).unwrap().unwrap().contains("server_error"));
    assert_eq!(tab.evaluate("document.querySelector('svg').getAttribute('class')"), "bad");
    tab.picture("loopback-error");
}

#[test]
fn the_page_of_the_programs_own_is_shown_or_gone_to() {
    let runtime = Runtime::new().unwrap();
    let (server, mut tab) = (server(&runtime), Tab::open());
    let own = |page| LoopbackListener::builder().program("Acme CLI").page(LoopbackOutcome::LoggedIn, page);

    let login = log_in(&runtime, &server, own(LoopbackPage::text("All set", "Type <code> & go on.")), &mut tab, "en");
    let page = tab.read("All set");
    assert!(page.contains("Type <code> & go on."), "{page}");
    assert!(runtime.block_on(login).unwrap().is_ok());
    tab.picture("loopback-own-text");

    let html = "<!doctype html><title>Ours</title><style>h1{letter-spacing:3px}</style><h1>Ours</h1><script>document.title='run'</script>";
    let login = log_in(&runtime, &server, own(LoopbackPage::html(html)), &mut tab, "en");
    tab.read("Ours");
    assert!(runtime.block_on(login).unwrap().is_ok());
    assert_eq!(tab.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing"), "3px");
    assert_eq!(tab.evaluate("document.title"), "Ours", "no script runs where the code is in the address");

    let elsewhere = LoopbackPage::redirect(format!("{}/end_session", server.issuer())).unwrap();
    let login = log_in(&runtime, &server, own(elsewhere), &mut tab, "en");
    assert!(runtime.block_on(login).unwrap().is_ok());
    tab.read("You are logged out.");
    let requests = server.requests();
    let arrived = requests.iter().rfind(|request| request.path == "/end_session").expect("the browser went there");
    assert!(arrived.header("referer").is_none(), "it is not told where the browser comes from");
}
