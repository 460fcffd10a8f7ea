//! The hybrid flow, OpenID Connect Core §3.3.

use grantkit::AuthorizationCode;
use grantkit::authorize::{RedirectUri, ResponseMode};

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

async fn login_of(server: &RealServer) -> AuthorizationCode {
    let client = server.confidential("hybrid").await;
    client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid").hybrid()
}

#[tokio::test]
async fn a_code_with_an_id_token_comes_in_the_fragment_or_in_a_form() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server).await;
    assert_eq!(log_in(&login).await.unwrap().claims().unwrap().subject(), "alice");
    let login = login.response_mode(ResponseMode::FormPost);
    let (url, pending) = login.start().unwrap();
    let body = Browser::new().visit_to_form(url.as_str()).await;
    assert!(body.contains("id_token="), "{body}");
    login.finish(pending, body).await.unwrap();
    let error = login.response_mode(ResponseMode::Query).start().unwrap_err();
    assert!(error.is_configuration(), "{error}");
}

#[tokio::test]
async fn another_code_or_a_missing_id_token_is_seen_before_the_code_is_used() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server).await;
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let fragment = callback.split_once('#').unwrap().1;
    let pairs: Vec<_> = fragment.split('&').collect();
    let with = |change: &dyn Fn(&str) -> Option<String>| {
        pairs.iter().filter_map(|pair| change(pair)).collect::<Vec<_>>().join("&")
    };
    let injected =
        with(&|pair| Some(if pair.starts_with("code=") { "code=another".to_owned() } else { pair.to_owned() }));
    let error = login.finish(crate::real_server::copy(&pending), injected).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("c_hash"), "{error}");
    let without = with(&|pair| (!pair.starts_with("id_token=")).then(|| pair.to_owned()));
    assert!(login.finish(crate::real_server::copy(&pending), without).await.unwrap_err().is_security());
    assert_eq!(server.stats().await.token_requests("authorization_code"), 0);
    login.finish(pending, callback).await.unwrap();
}
