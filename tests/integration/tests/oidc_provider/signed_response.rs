//! JARM.

use grantkit::authorize::{RedirectUri, ResponseMode};
use grantkit::client::ClientBuilder;
use grantkit::transport::Transport;
use grantkit::{AuthorizationCode, Client};
use serde_json::json;

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

async fn login_by(server: &RealServer, mode: ResponseMode) -> AuthorizationCode {
    let client = server.confidential("jarm").await;
    client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid").response_mode(mode)
}

#[tokio::test]
async fn a_signed_answer_is_verified_wherever_it_comes() {
    let server = RealServer::oidc_provider().start();
    for mode in [ResponseMode::Jwt, ResponseMode::QueryJwt, ResponseMode::FragmentJwt] {
        let done = log_in(&login_by(&server, mode).await).await.unwrap();
        assert_eq!(done.claims().unwrap().subject(), "alice", "{mode:?}");
    }
    let login = login_by(&server, ResponseMode::FormPostJwt).await;
    let (url, pending) = login.start().unwrap();
    let body = Browser::new().visit_to_form(url.as_str()).await;
    assert!(body.starts_with("response="), "{body}");
    login.finish(pending, body).await.unwrap();
}

/// The client may be registered for one algorithm; with its own secret only where the program says so.
#[tokio::test]
async fn an_answer_is_accepted_by_the_algorithm_that_is_registered_alone() {
    for algorithm in ["RS256", "PS256", "ES256", "HS256", "HS512"] {
        let clients = json!([{ "client_id": "jarm", "authorization_signed_response_alg": algorithm }]);
        let server = RealServer::oidc_provider().setting("CLIENTS", &clients.to_string()).start();
        let login = async |told: Option<&str>, secret: &str| {
            let transport = Transport::builder().build().unwrap();
            let client = Client::builder().client_id("jarm").client_secret_basic(secret).transport(transport);
            let client = told.into_iter().fold(client, ClientBuilder::authorization_signed_response_alg);
            let client = client.discover(server.issuer()).await.unwrap();
            let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
            login.scope("openid").response_mode(ResponseMode::Jwt)
        };
        let done = log_in(&login(Some(algorithm), server.secret()).await).await.unwrap();
        assert_eq!(done.claims().unwrap().subject(), "alice", "{algorithm}");

        let other = log_in(&login(Some("ES384"), server.secret()).await).await.unwrap_err();
        assert!(other.is_security() && other.to_string().contains("what is accepted here is ES384"), "{other}");
        let unsaid = log_in(&login(None, server.secret()).await).await;
        if algorithm.starts_with("HS") {
            assert!(unsaid.unwrap_err().is_security(), "{algorithm}");
            let wrong = log_in(&login(Some(algorithm), "another secret").await).await.unwrap_err();
            assert!(wrong.is_security() && wrong.to_string().contains("client secret"), "{wrong}");
        } else {
            unsaid.unwrap();
        }
    }
}

#[tokio::test]
async fn a_refusal_is_signed_too() {
    let server = RealServer::oidc_provider().start();
    let login = login_by(&server, ResponseMode::Jwt).await.login_hint("deny");
    assert!(log_in(&login).await.unwrap_err().is_denied());
}

#[tokio::test]
async fn an_answer_that_is_not_signed_changed_or_for_another_is_refused() {
    let server = RealServer::oidc_provider().start();
    let login = login_by(&server, ResponseMode::Jwt).await;
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let (before, jwt) = callback.split_once("response=").unwrap();

    let bare = format!("{CALLBACK}?code=c&state={}", pending.state());
    assert!(login.finish(crate::real_server::copy(&pending), bare).await.unwrap_err().is_security());
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let changed = format!("{before}response={signed}.{other}{}", &signature[1..]);
    assert!(login.finish(crate::real_server::copy(&pending), changed).await.unwrap_err().is_security());
    let (_, another) = login.start().unwrap();
    assert!(login.finish(another, &callback).await.unwrap_err().is_state_mismatch());
    // Another client's, though of the same server.
    let others = server.confidential("basic").await.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let error = others.finish(crate::real_server::copy(&pending), &callback).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("another client"), "{error}");
    login.finish(pending, callback).await.unwrap();
}
