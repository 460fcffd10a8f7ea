//! What an API and its server may make of a program that was given nothing but the API's URL, and what they may forget.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::authorize::{LoopbackAddress, LoopbackListener, RedirectUri};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::registration::{ClientMetadata, RegisteredClient};
use grantkit::resource_access::ResourceAccess;
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, query, verdict};

const CALLBACK: &str = "http://127.0.0.1:4180/callback";

fn apart() -> Transport {
    Transport::builder().build().unwrap()
}

fn back() -> RedirectUri {
    RedirectUri::new(CALLBACK).unwrap()
}

fn tool() -> ClientMetadata {
    ClientMetadata::new().client_name("Tool")
}

fn metadata(server: &Scripted, others: &Value) -> Value {
    let mut metadata = json!({
        "issuer": server.url(""),
        "authorization_endpoint": server.url("/authorize"),
        "token_endpoint": server.url("/token"),
        "registration_endpoint": server.url("/register"),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    metadata.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    metadata
}

/// An API and its authorization server in one; it answers what the discovery asks, then these.
async fn api(others: Value, then: impl IntoIterator<Item = Answer>) -> (Scripted, String) {
    let server = Scripted::start([]).await;
    let url = server.url("/mcp");
    let resource = json!({
        "resource": url,
        "authorization_servers": [server.url("")],
        "scopes_supported": ["read", "admin"],
    });
    let mut answers =
        vec![Answer::status(401), Answer::json(200, &resource), Answer::json(200, &metadata(&server, &others))];
    answers.extend(then);
    server.now_answer(answers);
    (server, url)
}

fn registered_as(client_id: &str, redirect_uri: &str) -> Value {
    json!({ "client_id": client_id, "token_endpoint_auth_method": "none", "redirect_uris": [redirect_uri] })
}

fn kept(redirect_uri: &str) -> RegisteredClient {
    RegisteredClient::from_json(&registered_as("old", redirect_uri).to_string()).unwrap()
}

fn new() -> Answer {
    Answer::json(201, &registered_as("new", CALLBACK))
}

fn paths(server: &Scripted) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).skip(3).collect()
}

#[tokio::test]
async fn a_registration_that_the_server_has_forgotten_is_made_anew() {
    let (server, url) = api(json!({}), [Answer::error(401, "invalid_client"), new()]).await;
    let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept(CALLBACK)).register(tool());
    let access = discovery.transport(apart()).await.unwrap();
    assert_eq!(paths(&server), ["/token", "/register"], "no browser had to find out");
    assert_eq!((access.client().client_id(), access.registration().unwrap().client_id()), ("new", "new"));
    let (address, _) = access.login().unwrap().start().unwrap();
    assert_eq!(query(&address, "client_id").as_deref(), Some("new"));

    // Whatever else the server says of a refresh token that there never was, it knows the client.
    for known in
        [Answer::error(400, "invalid_grant"), Answer::error(400, "unsupported_grant_type"), Answer::status(503)]
    {
        let (server, url) = api(json!({}), [known]).await;
        let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept(CALLBACK));
        let access = discovery.register(tool()).transport(apart()).await.unwrap();
        assert_eq!(access.client().client_id(), "old");
        assert!(!paths(&server).contains(&"/register".to_owned()));
    }
    // Where the program cannot register, it is told why its client is of no use.
    let (server, url) = api(json!({}), [Answer::error(401, "invalid_client")]).await;
    let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept(CALLBACK));
    let error = discovery.transport(apart()).await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("no longer knows"), "{error}");
}

#[tokio::test]
async fn a_registration_for_private_key_jwt_takes_the_key_from_the_program() {
    let key = || SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("2026");
    let by_key = |client_id: &str| {
        json!({
            "client_id": client_id,
            "token_endpoint_auth_method": "private_key_jwt",
            "redirect_uris": [CALLBACK],
            "require_pushed_authorization_requests": true,
        })
    };
    let announced = json!({
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "pushed_authorization_request_endpoint": "https://as.example/par",
    });
    // Kept from an earlier run: its check is the first request that it authenticates.
    let (server, url) = api(announced.clone(), [Answer::error(400, "invalid_grant")]).await;
    let kept = RegisteredClient::from_json(&by_key("old").to_string()).unwrap();
    let discovery = ResourceAccess::discover(&url, back()).registered_with_key(server.url(""), kept.clone(), key());
    let access = discovery.transport(apart()).await.unwrap();
    assert_eq!((access.client().client_id(), access.registration().unwrap().client_id()), ("old", "old"));
    assert!(server.asked()[3].body().contains("client_assertion="), "{}", server.asked()[3].body());
    let error = access.login().unwrap().start().unwrap_err();
    assert!(error.to_string().contains("push"), "the terms of the registration hold: {error}");

    // Registered now, with the public half of the key.
    let (server, url) = api(announced.clone(), [Answer::json(201, &by_key("new"))]).await;
    let key = key();
    let discovery = ResourceAccess::discover(&url, back()).register_with_key(tool(), key.clone());
    let access = discovery.transport(apart()).await.unwrap();
    assert_eq!(access.client().client_id(), "new");
    let sent: Value = serde_json::from_str(server.asked()[3].body()).unwrap();
    assert_eq!(sent["token_endpoint_auth_method"], "private_key_jwt");
    assert_eq!(sent["jwks"], json!({ "keys": [key.public_jwk()] }));

    // Without the key the error says what to call.
    let (server, url) = api(announced, []).await;
    let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept);
    let error = discovery.transport(apart()).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains(".registered_with_key(..)"), "{error}");
}

#[tokio::test]
async fn the_key_goes_by_a_name_that_server_and_api_know() {
    let access = async |of_api: &[&str], of_server: &[&str]| {
        let server = Scripted::start([]).await;
        let url = server.url("/mcp");
        let resource = json!({
            "resource": url,
            "authorization_servers": [server.url("")],
            "dpop_signing_alg_values_supported": of_api,
        });
        let others = json!({ "dpop_signing_alg_values_supported": of_server });
        server.now_answer([
            Answer::status(401),
            Answer::json(200, &resource),
            Answer::json(200, &metadata(&server, &others)),
            new(),
            Answer::json(200, &json!({ "access_token": "t", "token_type": "DPoP" })),
        ]);
        let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
        let access = ResourceAccess::discover(&url, back()).register(tool()).dpop(key).transport(apart()).await?;
        access.client().refresh_token_grant("r").get_token().await?;
        let proof = server.asked()[4].header("dpop").unwrap().to_owned();
        let header = URL_SAFE_NO_PAD.decode(proof.split('.').next().unwrap()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        grantkit::Result::Ok(header["alg"].as_str().unwrap().to_owned())
    };
    assert_eq!(access(&["Ed25519"], &["EdDSA", "Ed25519"]).await.unwrap(), "Ed25519");
    assert_eq!(access(&["EdDSA", "Ed25519"], &["Ed25519"]).await.unwrap(), "Ed25519");
    assert_eq!(access(&[], &["Ed25519"]).await.unwrap(), "Ed25519");
    for (of_api, of_server, owner) in
        [(["ES256"], ["EdDSA"], "API"), (["EdDSA"], ["ES256"], "authorization server"), (["EdDSA"], ["Ed25519"], "API")]
    {
        let error: grantkit::Error = access(&of_api, &of_server).await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(owner), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_forgets_later_leads_to_another_login() {
    let (server, url) = api(json!({}), [Answer::error(401, "invalid_client"), new()]).await;
    let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept(CALLBACK));
    let discovery = discovery.register(tool()).skip_registration_check().transport(apart());
    let mut access = discovery.await.unwrap();
    assert_eq!((access.client().client_id(), server.count()), ("old", 3), "nothing was asked about it");
    let error = access.client().refresh_token_grant("r").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_client"));
    let other = grantkit::Error::temporary("the network");
    assert!(access.recover(&other).await.unwrap().is_none());

    let login = access.recover(&error).await.unwrap().unwrap();
    let (address, _) = login.start().unwrap();
    assert_eq!(query(&address, "client_id").as_deref(), Some("new"));
    assert_eq!(access.registration().unwrap().client_id(), "new");
    assert!(access.recover(&error).await.unwrap().is_none(), "not in circles");
    assert_eq!(paths(&server), ["/token", "/register"]);

    // After a page in the browser the program only knows that no callback came.
    let login = access.register_anew().await.unwrap();
    assert!(login.start().is_ok());
    assert_eq!(paths(&server).len(), 3);
}

#[tokio::test]
async fn a_registration_for_another_port_is_made_anew() {
    let other_port = "http://127.0.0.1:4181/callback";
    let (server, url) = api(json!({}), [new()]).await;
    let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept(other_port));
    let access = discovery.register(tool()).transport(apart()).await.unwrap();
    assert_eq!((access.client().client_id(), paths(&server)), ("new", vec!["/register".to_owned()]));

    let (server, url) = api(json!({}), []).await;
    let discovery = ResourceAccess::discover(&url, back()).registered(server.url(""), kept(other_port));
    let error = discovery.transport(apart()).await.unwrap_err();
    assert!(error.to_string().contains("loopback_port"), "{error}");
}

#[tokio::test]
async fn the_port_of_a_registration_is_taken_again_where_it_is_free() {
    let again =
        |port: Option<u16>| LoopbackListener::builder().address(LoopbackAddress::Ipv4).port_if_free(port).bind();
    let first = again(None).await.unwrap();
    let uri = first.redirect_uri().unwrap();
    let port = kept(uri.as_str()).loopback_port();
    assert!(port.is_some());
    // It is taken.
    let other = again(port).await.unwrap();
    assert_ne!(other.redirect_uri().unwrap(), uri);
    drop(first);
    assert_eq!(again(port).await.unwrap().redirect_uri().unwrap(), uri);
    assert_eq!(kept("https://app.example:8443/callback").loopback_port(), None);
}

/// A hostile API may name any server, one that the program trusts too.
#[tokio::test]
async fn a_server_that_lists_its_resources_gives_no_token_for_another() {
    let others = json!({ "protected_resources": ["https://api.example/mcp"] });
    let (server, url) = api(others.clone(), []).await;
    let discover = |url: &str| {
        let trusted = Client::builder().client_id("trusted").public();
        let metadata =
            grantkit::discovery::ServerMetadata::from_json(metadata(&server, &json!({})).to_string()).unwrap();
        let trusted = trusted.build_with_metadata(&metadata).unwrap();
        ResourceAccess::discover(url, back()).client(trusted).transport(apart())
    };
    let error = discover(&url).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"]);
    assert!(error.to_string().contains("`protected_resources`"), "{error}");

    let (server, url) = api(others, [new()]).await;
    let discovery = ResourceAccess::discover(&url, back()).register(tool()).transport(apart());
    discovery.danger_accept_unlisted_resource().await.unwrap();
    assert_eq!(paths(&server), ["/register"]);

    // One that is listed, and a server that lists none.
    for listed in [json!(["https://other.example"]), json!([])] {
        let server = Scripted::start([]).await;
        let mut listed = listed;
        let url = server.url("/mcp");
        if let Some(list) = listed.as_array_mut().filter(|list| !list.is_empty()) {
            list.push(url.clone().into());
        }
        let resource = json!({ "resource": url, "authorization_servers": [server.url("")] });
        let metadata = metadata(&server, &json!({ "protected_resources": listed }));
        server.now_answer([Answer::status(401), Answer::json(200, &resource), Answer::json(200, &metadata), new()]);
        ResourceAccess::discover(&url, back()).register(tool()).transport(apart()).await.unwrap();
    }
}

#[tokio::test]
async fn an_api_asks_for_no_scope_that_the_program_does_not_let_it() {
    let (server, url) = api(json!({ "scopes_supported": ["offline_access"] }), [new()]).await;
    let discovery = ResourceAccess::discover(&url, back()).register(tool()).transport(apart());
    let access = discovery.only_scopes(["read", "write"]).await.unwrap();
    assert_eq!(access.scopes(), ["read"]);
    let (address, _) = access.login().unwrap().start().unwrap();
    assert_eq!(query(&address, "scope").as_deref(), Some("read"));
    assert_eq!(query(&address, "resource").as_deref(), Some(url.as_str()));
    assert_eq!(server.count(), 4);

    let (_server, url) = api(json!({}), [new()]).await;
    let discovery = ResourceAccess::discover(&url, back()).register(tool()).transport(apart());
    let access = discovery.skip_resource_parameter().await.unwrap();
    let (address, _) = access.login().unwrap().start().unwrap();
    assert_eq!(query(&address, "resource"), None);
    assert_eq!(query(&address, "scope").as_deref(), Some("read admin"));
}

/// The client is made of the document that was checked: a second request would bring one that was not.
#[tokio::test]
async fn the_client_is_made_of_the_metadata_that_was_checked() {
    let hostile = Scripted::start([Answer::token("stolen")]).await;
    let (server, url) = api(json!({}), [new()]).await;
    let access = ResourceAccess::discover(&url, back()).register(tool()).transport(apart()).await.unwrap();
    let mut other = metadata(&server, &json!({}));
    other["token_endpoint"] = hostile.url("/token").into();
    server.now_answer([Answer::json(200, &other)]);
    assert!(access.client().refresh_token_grant("r").get_token().await.is_err());
    assert_eq!((server.asked().last().unwrap().path.as_str(), hostile.count()), ("/token", 0));
    let documents = server.asked().into_iter().filter(|asked| asked.path.contains("oauth-authorization-server"));
    assert_eq!(documents.count(), 1);
}
