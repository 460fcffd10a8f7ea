//! Clients whose ID is the address of their metadata: what is sent, and to which server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::registration::ClientIdMetadataDocument;
use grantkit::registration::ClientMetadata;
use grantkit::resource_access::ResourceAccess;
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, query, verdict};

const ID: &str = "https://app.example/oauth/client.json";
const CALLBACK: &str = "http://127.0.0.1:4180/callback";

fn document() -> ClientIdMetadataDocument {
    ClientIdMetadataDocument::new(ID, metadata()).unwrap()
}

fn metadata() -> ClientMetadata {
    ClientMetadata::new().client_name("Tool").redirect_uri("http://127.0.0.1/callback")
}

fn with_key(key: &SigningKey) -> ClientIdMetadataDocument {
    let metadata = metadata().token_endpoint_auth_method("private_key_jwt").jwks(json!({ "keys": [key.public_jwk()] }));
    ClientIdMetadataDocument::new(ID, metadata).unwrap()
}

fn apart() -> Transport {
    Transport::builder().build().unwrap()
}

fn back() -> RedirectUri {
    RedirectUri::new(CALLBACK).unwrap()
}

/// The metadata of the server itself, with these members instead of what they would be; `null` for none.
fn announced(server: &Scripted, others: &Value) -> Answer {
    let mut metadata = json!({
        "issuer": server.url(""),
        "authorization_endpoint": server.url("/authorize"),
        "token_endpoint": server.url("/token"),
        "registration_endpoint": server.url("/register"),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "client_id_metadata_document_supported": true,
    });
    let members = metadata.as_object_mut().unwrap();
    for (name, value) in others.as_object().unwrap() {
        members.insert(name.clone(), value.clone());
        members.retain(|_, value| !value.is_null());
    }
    Answer::json(200, &metadata)
}

/// An API and its authorization server in one; it answers what the discovery asks, then these.
async fn api(others: Value, then: impl IntoIterator<Item = Answer>) -> (Scripted, String) {
    let server = Scripted::start([]).await;
    let url = server.url("/mcp");
    let resource = json!({ "resource": url, "authorization_servers": [server.url(""), "https://other.example"] });
    let mut answers = vec![Answer::status(401), Answer::json(200, &resource), announced(&server, &others)];
    answers.extend(then);
    server.now_answer(answers);
    (server, url)
}

#[tokio::test]
async fn the_url_is_the_client_id_everywhere() {
    let (server, url) = api(json!({}), [Answer::token("t")]).await;
    let access = ResourceAccess::discover(&url, back())
        .register(metadata())
        .metadata_document(document())
        .transport(apart())
        .await
        .unwrap();
    assert_eq!(access.client().client_id(), ID);
    assert!(access.registration().is_none() && access.scopes().is_empty());
    let (address, pending) = access.login().unwrap().start().unwrap();
    assert_eq!(query(&address, "client_id").as_deref(), Some(ID));
    assert_eq!(query(&address, "resource").as_deref(), Some(url.as_str()));
    assert_eq!(query(&address, "code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(query(&address, "scope"), None, "nobody named one");

    let callback = format!("code=c&state={}&iss={}", pending.state(), server.url(""));
    access.login().unwrap().finish(pending, callback).await.unwrap();
    let asked = server.asked();
    let token_request = asked.last().unwrap();
    assert!(token_request.header("authorization").is_none());
    let sent: Vec<(String, String)> = form_urlencoded::parse(token_request.body().as_bytes()).into_owned().collect();
    for (name, value) in [("client_id", ID), ("resource", &url), ("redirect_uri", CALLBACK)] {
        assert!(sent.contains(&(name.to_owned(), value.to_owned())), "{name}: {sent:?}");
    }
    assert!(!sent.iter().any(|(name, _)| name.starts_with("client_assertion") || name == "client_secret"), "{sent:?}");
    assert_eq!(asked.len(), 4, "nothing was registered");
}

#[tokio::test]
async fn a_client_with_a_key_is_as_its_document_describes() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("2026");
    let (server, url) = api(json!({}), [Answer::token("t")]).await;
    let discovery = ResourceAccess::discover(&url, back()).transport(apart());
    let access = discovery.metadata_document_with_key(with_key(&key), key).await.unwrap();
    access.client().client_credentials().get_token().await.unwrap();
    let asked = server.asked();
    let sent: Vec<(String, String)> =
        form_urlencoded::parse(asked.last().unwrap().body().as_bytes()).into_owned().collect();
    let (_, assertion) = sent.iter().find(|(name, _)| name == "client_assertion").unwrap();
    let claims = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!((claims["iss"].as_str(), claims["sub"].as_str()), (Some(ID), Some(ID)));
}

#[tokio::test]
async fn a_client_that_is_not_as_the_document_says_sends_nothing() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let server = Scripted::start([]).await;
    server.now_answer([announced(&server, &json!({})), Answer::token("t")]);
    let builder = || Client::builder().transport(apart()).client_id_metadata_document(&document());
    for refused in [
        builder().signing_key(key.clone()).discover(&server.url("")).await.map(drop),
        builder().client_secret("s3cret").discover(&server.url("")).await.map(drop),
        builder().client_secret_post("s3cret").discover(&server.url("")).await.map(drop),
        Client::builder()
            .client_id_metadata_document(&with_key(&key))
            .public()
            .discover(&server.url(""))
            .await
            .map(drop),
        {
            let client = builder().client_secret_basic("s3cret").token_endpoint(&server.url("/token")).unwrap().build();
            client.client_credentials().get_token().await.map(drop)
        },
    ] {
        let error = refused.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("authenticates by"), "{error}");
    }
    assert_eq!(server.count(), 0);
    assert_eq!(builder().public().discover(&server.url("")).await.unwrap().client_id(), ID);
}

#[tokio::test]
async fn a_server_that_does_not_announce_documents_gets_none() {
    for silent in [
        json!({ "client_id_metadata_document_supported": null }),
        json!({ "client_id_metadata_document_supported": false }),
    ] {
        let server = Scripted::start([]).await;
        server.now_answer([announced(&server, &silent)]);
        let client = Client::builder().transport(apart()).client_id_metadata_document(&document()).public();
        let error = client.discover(&server.url("")).await.unwrap_err();
        assert!(
            error.is_unsupported() && error.to_string().contains("client_id_metadata_document_supported"),
            "{error}"
        );

        // Where it registers clients, that is the next way.
        let registered = json!({ "client_id": "r3g", "token_endpoint_auth_method": "none" });
        let (server, url) = api(silent.clone(), [Answer::json(201, &registered)]).await;
        let discovery = ResourceAccess::discover(&url, back()).metadata_document(document()).register(metadata());
        let access = discovery.transport(apart()).await.unwrap();
        assert_eq!(access.client().client_id(), "r3g");
        let sent: Value = serde_json::from_str(server.asked().last().unwrap().body()).unwrap();
        assert_eq!(
            (&sent["application_type"], &sent["token_endpoint_auth_method"]),
            (&json!("native"), &json!("none"))
        );
        assert_eq!(sent["redirect_uris"], json!(["http://127.0.0.1/callback"]), "what the program says itself stays");

        let (server, url) = api(silent, []).await;
        let error =
            ResourceAccess::discover(&url, back()).metadata_document(document()).transport(apart()).await.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("by hand"), "{error}");
        assert_eq!(server.count(), 3);
    }
}

#[tokio::test]
async fn a_server_that_does_not_announce_pkce_is_refused() {
    for silent in [json!(null), json!([]), json!(["plain"])] {
        let others = json!({ "code_challenge_methods_supported": silent });
        let (server, url) = api(others.clone(), []).await;
        let discovery = || ResourceAccess::discover(&url, back()).metadata_document(document()).transport(apart());
        let error = discovery().await.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("S256"), "{error}");
        assert!(error.to_string().contains("`.danger_accept_unannounced_pkce()`"), "{error}");
        assert_eq!(server.count(), 3, "nothing is registered there either");

        let (_server, url) = api(others, []).await;
        let access = ResourceAccess::discover(&url, back()).metadata_document(document()).transport(apart());
        let access = access.danger_accept_unannounced_pkce().await.unwrap();
        // One that says that it knows no S256 is another matter.
        assert_eq!(access.login().is_ok(), silent.is_null());
    }
}

#[tokio::test]
async fn what_cannot_lead_to_a_client_is_said() {
    let error = ResourceAccess::discover("https://api.example/v1", back()).await.unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    assert!(error.to_string().contains("cannot become a client"), "{error}");

    let (server, url) = api(json!({}), []).await;
    let discovery = ResourceAccess::discover(&url, back()).metadata_document(document()).transport(apart());
    let error = discovery.issuer("https://as.example").await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("https://other.example"), "{error}");
    assert_eq!(server.count(), 2, "an issuer that the API does not name is not asked");
}
