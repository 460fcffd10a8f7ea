//! A code of a request that another program made: a mobile app's backend, a page with a server's own script.

use std::time::Duration;

use grantkit::Client;
use grantkit::authorize::{ReceivedCode, RedirectUri};

use super::login_of_billing;
use crate::support::{Answer, Browser, CLI_CALLBACK, Scripted, query, server};

/// A mobile app's backend; a page with a server's own script.
#[tokio::test]
async fn code_of_another_program_is_redeemed_with_its_verifier() {
    let server = Scripted::start([Answer::token("t"), Answer::token("t")]).await;
    let client = Client::builder().client_id("cli").public().token_endpoint(&server.url("/token")).unwrap();
    let client = client.authorization_endpoint("https://as.example/authorize").unwrap().build();
    let login = client.authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap());
    let code = ReceivedCode::new("c0de").redirect_uri("postmessage").code_verifier("v3rifier");
    assert!(!format!("{code:?}").contains("c0de") && !format!("{code:?}").contains("v3rifier"));
    login.finish_received(code).await.unwrap();
    login.finish_received(ReceivedCode::new("other").redirect_uri("")).await.unwrap();
    let asked = server.asked();
    let form = |at: usize| asked[at].body().to_owned();
    assert_eq!(
        form(0),
        "grant_type=authorization_code&code=c0de&redirect_uri=postmessage&code_verifier=v3rifier&client_id=cli"
    );
    assert_eq!(form(1), "grant_type=authorization_code&code=other&client_id=cli");
    for empty in [ReceivedCode::new(""), ReceivedCode::new("c").code_verifier(""), ReceivedCode::new("c").nonce("")] {
        assert!(login.finish_received(empty).await.unwrap_err().is_configuration());
    }
    // Its ID token could not be verified: the code is not spent on that.
    let error = login.finish_received(ReceivedCode::new("c").nonce("n0nce")).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`issuer`"), "{error}");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_nonce_of_another_programs_request_is_checked() {
    let server = server().await;
    let login = login_of_billing(&server).scope("openid");
    let begin = async || {
        let (url, pending) = login.start().unwrap();
        let back = Browser::new().log_in(&url).await;
        let kept = serde_json::to_value(&pending).unwrap();
        let text = |name: &str| kept[name].as_str().unwrap().to_owned();
        let code = ReceivedCode::new(query(&back, "code").unwrap()).code_verifier(text("code_verifier"));
        (code, text("nonce"))
    };
    let (code, nonce) = begin().await;
    let done = login.finish_received(code.nonce(nonce)).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
    let (code, _) = begin().await;
    let error = login.finish_received(code.nonce("other")).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("nonce"), "{error}");
}

/// What the login asks for, the other program has to have asked for as well.
#[tokio::test]
async fn how_the_person_authenticated_for_another_program_is_checked() {
    let server = server().await;
    let begin = async || {
        let (url, pending) = login_of_billing(&server).scope("openid").start().unwrap();
        let back = Browser::new().log_in(&url).await;
        let kept = serde_json::to_value(&pending).unwrap();
        let text = |name: &str| kept[name].as_str().unwrap().to_owned();
        let code = ReceivedCode::new(query(&back, "code").unwrap());
        code.code_verifier(text("code_verifier")).nonce(text("nonce"))
    };
    let login = || login_of_billing(&server).scope("openid");
    server.set_id_token_claim("auth_time", 1_700_000_000);
    server.set_id_token_claim("acr", "bronze");
    login().finish_received(begin().await).await.unwrap();
    for (login, claim) in
        [(login().max_age(Duration::from_mins(5)), "auth_time"), (login().acr_values(["gold"]), "acr")]
    {
        let error = login.finish_received(begin().await).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains(claim), "{error}");
    }
}
