//! A server that a hostile API names is given no code of an honest one (mix-up, RFC 9700 §4.4): it may lead the browser on to that, as the
//! same client, and the honest server may not say whose its answers are (RFC 9207).

use std::time::Duration;

use grantkit::authorize::{LoopbackListener, RedirectUri};
use grantkit::prelude::*;
use grantkit::registration::{ClientIdMetadataDocument, ClientMetadata, RegisteredClient};
use grantkit::resource_access::{AccessDiscovery, ResourceAccess};
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, query};

const CALLBACK: &str = "https://app.example/callback";

/// What the discovery asks of an API that is its own authorization server, whose metadata does not announce `iss`.
fn answers(server: &Scripted, others: &Value) -> Vec<Answer> {
    let mut metadata = json!({
        "issuer": server.url(""),
        // Elsewhere, as many an honest server has it: it says nothing of where that leads the browser on to.
        "authorization_endpoint": "https://login.example/authorize",
        "token_endpoint": server.url("/token"),
        "registration_endpoint": server.url("/register"),
        "code_challenge_methods_supported": ["S256"],
    });
    metadata.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    let resource = json!({ "resource": server.url("/mcp"), "authorization_servers": [server.url("")] });
    vec![Answer::status(401), Answer::json(200, &resource), Answer::json(200, &metadata)]
}

/// The same, and what it answers then.
async fn api(others: Value, then: impl IntoIterator<Item = Answer>) -> (Scripted, String) {
    let server = Scripted::start([]).await;
    server.now_answer(answers(&server, &others).into_iter().chain(then));
    let url = server.url("/mcp");
    (server, url)
}

fn registered() -> Answer {
    Answer::json(201, &json!({ "client_id": "shared", "token_endpoint_auth_method": "none" }))
}

fn discovery(url: &str, redirect_uri: impl grantkit::authorize::IntoRedirectUri) -> AccessDiscovery {
    ResourceAccess::discover(url, redirect_uri).transport(Transport::builder().build().unwrap())
}

fn tool() -> ClientMetadata {
    ClientMetadata::new().client_name("Tool")
}

fn distinct() -> RedirectUri {
    RedirectUri::new(CALLBACK).unwrap().distinct_per_issuer()
}

fn redirect_uri(access: &ResourceAccess) -> String {
    query(&access.login().unwrap().start().unwrap().0, "redirect_uri").unwrap()
}

#[tokio::test]
async fn answer_at_another_issuers_redirect_uri_is_a_mix_up() {
    let (honest, honest_url) = api(json!({}), [registered()]).await;
    let honest = (discovery(&honest_url, distinct()).register(tool()).await.unwrap(), honest);
    let (server, url) = api(json!({}), [registered(), Answer::token("t")]).await;
    let access = discovery(&url, distinct()).register(tool()).await.unwrap();
    let (own, others) = (redirect_uri(&access), redirect_uri(&honest.0));
    assert!(own.starts_with(&format!("{CALLBACK}/")) && others.starts_with(&format!("{CALLBACK}/")) && own != others);
    let sent: Value = serde_json::from_str(server.asked().last().unwrap().body()).unwrap();
    assert_eq!(sent["redirect_uris"], json!([own]));

    // The code of the honest server comes to that server's redirect URI, with this login's `state`.
    let path = |uri: &str| uri.strip_prefix("https://app.example").unwrap().to_owned();
    let path_of_others = path(&others);
    for stolen in [others.as_str(), CALLBACK, &path_of_others, "https://app.example", ""] {
        let (_, pending) = access.login().unwrap().start().unwrap();
        let callback = format!("{stolen}?code=c0de&state={}", pending.state());
        let error = access.login().unwrap().finish(pending, callback).await.unwrap_err();
        assert!(error.is_mix_up() && error.is_security(), "{stolen}: {error}");
        assert!(error.to_string().contains(if stolen.is_empty() { "whole address" } else { "another" }), "{error}");
    }
    assert!(server.asked().iter().all(|asked| asked.path != "/token"), "the code went nowhere");

    for own in [own.clone(), path(&own)] {
        server.now_answer([Answer::token("t")]);
        let (_, pending) = access.login().unwrap().start().unwrap();
        let callback = format!("{own}?code=c0de&state={}", pending.state());
        access.login().unwrap().finish(pending, callback).await.unwrap();
    }
}

#[tokio::test]
async fn one_redirect_uri_for_all_is_refused_unless_answers_name_their_issuer() {
    let (server, url) = api(json!({}), []).await;
    let error = discovery(&url, CALLBACK).register(tool()).await.unwrap_err();
    assert!(error.is_unsupported(), "{error:?}");
    for cure in ["RFC 9207", "`RedirectUri::distinct_per_issuer`", "`.danger_accept_unannounced_iss()`"] {
        assert!(error.to_string().contains(cure), "{error}");
    }
    assert_eq!(server.count(), 3, "nothing is registered there");

    let (_server, url) = api(json!({}), [registered()]).await;
    let access = discovery(&url, CALLBACK).register(tool()).danger_accept_unannounced_iss().await.unwrap();
    assert_eq!(redirect_uri(&access), CALLBACK);
    let announced = json!({ "authorization_response_iss_parameter_supported": true });
    for uri in [distinct(), RedirectUri::new(CALLBACK).unwrap()] {
        let (_server, url) = api(announced.clone(), [registered()]).await;
        assert_eq!(redirect_uri(&discovery(&url, uri).register(tool()).await.unwrap()), CALLBACK);
    }
    // A client that the program was given is at an issuer that the program trusts.
    let (server, url) = api(json!({}), []).await;
    let client = Client::builder().client_id("own").public().issuer(&server.url("")).unwrap();
    let client = client.token_endpoint(&server.url("/token")).unwrap();
    let client = client.authorization_endpoint("https://login.example/authorize").unwrap().build();
    assert_eq!(redirect_uri(&discovery(&url, distinct()).client(client).await.unwrap()), CALLBACK);
}

/// It has one ID and one redirect URI at all servers: only the answer can say whose it is.
#[tokio::test]
async fn metadata_document_is_used_where_answers_name_their_issuer() {
    let takes_documents = json!({ "client_id_metadata_document_supported": true });
    let document = || {
        let metadata = ClientMetadata::new().client_name("Tool").redirect_uri(CALLBACK);
        ClientIdMetadataDocument::new("https://app.example/client.json", metadata).unwrap()
    };
    let (server, url) = api(takes_documents.clone(), []).await;
    let error = discovery(&url, distinct()).metadata_document(document()).await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("`.register(..)`"), "{error}");
    assert_eq!(server.count(), 3);

    let (_server, url) = api(takes_documents.clone(), [registered()]).await;
    let access = discovery(&url, distinct()).metadata_document(document()).register(tool()).await.unwrap();
    assert_eq!(access.client().client_id(), "shared");

    let (_server, url) = api(takes_documents, []).await;
    let access =
        discovery(&url, distinct()).metadata_document(document()).danger_accept_unannounced_iss().await.unwrap();
    assert_eq!(access.client().client_id(), "https://app.example/client.json");
    assert_eq!(redirect_uri(&access), CALLBACK);
}

#[tokio::test]
async fn listener_takes_the_answer_at_the_issuers_redirect_uri() {
    let (server, url) = api(json!({}), [registered(), Answer::token("t")]).await;
    let listener = LoopbackListener::bind().await.unwrap();
    let uri = listener.redirect_uri().unwrap();
    let access = discovery(&url, uri.clone()).register(tool()).await.unwrap();
    let own = redirect_uri(&access);
    assert!(own.starts_with(&format!("{uri}/")), "{own}");
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let at = uri.to_string();
    let open = move |address: &url::Url| {
        let state = query(address, "state").unwrap();
        tokio::runtime::Handle::current().block_on(async {
            for (uri, status) in [(&at, 404), (&own, 200)] {
                let answer = http.get(format!("{uri}?code=c0de&state={state}")).send().await.unwrap();
                assert_eq!(answer.status(), status, "{uri}");
            }
        });
        Ok(())
    };
    let login = access.login().unwrap().native(listener).timeout(Duration::from_mins(1));
    login.open_with(open).await.unwrap();
    assert_eq!(server.asked().last().unwrap().path, "/token");
}

#[tokio::test]
async fn registration_is_found_again_by_its_own_redirect_uri() {
    let (server, url) = api(json!({}), [registered()]).await;
    let own = redirect_uri(&discovery(&url, distinct()).register(tool()).await.unwrap());
    for (uri, expected) in [(own.as_str(), "kept"), (CALLBACK, "shared")] {
        let kept = json!({ "client_id": "kept", "token_endpoint_auth_method": "none", "redirect_uris": [uri] });
        let kept = RegisteredClient::from_json(&kept.to_string()).unwrap();
        server.now_answer(answers(&server, &json!({})).into_iter().chain([registered()]));
        let discovery = discovery(&url, distinct()).registered(server.url(""), kept).register(tool());
        let access = discovery.skip_registration_check().await.unwrap();
        assert_eq!((access.client().client_id(), redirect_uri(&access)), (expected, own.clone()));
    }
}
