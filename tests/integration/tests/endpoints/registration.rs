//! Dynamic registration and management (RFC 7591, RFC 7592).

use grantkit::{Client, ClientMetadata, RegisteredClient, Registration, ServerMetadata, Transport};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::real_server::{CALLBACK, RealServer};
use crate::support::{Answer, Scripted, all_said, verdict};

async fn at(server: &RealServer) -> Registration {
    // Of its own: another server may have had this port before.
    let transport = Transport::builder().build().unwrap();
    let metadata = ServerMetadata::discover_over(server.issuer(), &transport).await.unwrap();
    Registration::of(&metadata).unwrap().transport(transport)
}

fn billing() -> ClientMetadata {
    ClientMetadata::new()
        .client_name("Billing")
        .redirect_uri(CALLBACK)
        .grant_type("authorization_code")
        .grant_type("client_credentials")
        .response_type("code")
}

async fn gets_a_token(server: &RealServer, registered: &RegisteredClient) -> bool {
    let secret = registered.client_secret().unwrap().clone();
    let builder = Client::builder().client_id(registered.client_id()).client_secret_basic(secret);
    let client = builder.discover(server.issuer()).await.unwrap();
    client.client_credentials().get_token().await.is_ok()
}

#[tokio::test]
async fn a_client_registers_works_is_changed_and_ends() {
    let server = RealServer::oidc_provider().start();
    let registration = at(&server).await;
    let registered = registration.register(&billing()).await.unwrap();
    assert_eq!(registered.metadata().get("client_name").unwrap(), "Billing");
    assert_eq!(registered.token_endpoint_auth_method(), "client_secret_basic");
    assert_eq!(registered.client_secret_expires_at(), None);
    assert!(gets_a_token(&server, &registered).await);

    // Kept and taken out again.
    let registered = RegisteredClient::from_json(&registered.to_json_with_secrets()).unwrap();
    let registered = registration.read(&registered).await.unwrap();
    assert_eq!(registered.metadata().get("grant_types").unwrap(), &json!(["authorization_code", "client_credentials"]));

    let wanted = registered.metadata().clone().client_name("Invoices");
    let renewed = registration.update(&registered, &wanted).await.unwrap();
    assert_eq!(renewed.metadata().get("client_name").unwrap(), "Invoices");
    assert!(gets_a_token(&server, &renewed).await);
    // The server renewed the token with that; the one before is spent.
    assert_eq!(registration.read(&registered).await.unwrap_err().status().unwrap(), 401);

    registration.delete(renewed.clone()).await.unwrap();
    assert!(!gets_a_token(&server, &renewed).await);
}

#[tokio::test]
async fn what_the_server_does_not_register_is_said_in_its_words() {
    let server = RealServer::oidc_provider().start();
    let registration = at(&server).await;
    let error = registration.register(&billing().redirect_uri("no URL")).await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_redirect_uri"), vec!["configuration"]));
    let error = registration.register(&billing().grant_type("magic")).await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_client_metadata"), vec!["configuration"]));
}

fn answer(more: &Value) -> Answer {
    let mut answer = json!({
        "client_id": "s6BhdRkqt3",
        "client_secret": "cf136dc3c1fc93f31185e5885805d",
        "client_secret_expires_at": 0,
        "redirect_uris": ["https://client.example.org/callback"],
        "registration_access_token": "reg-23410913-abewfq.123483",
    });
    answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Answer::json(201, &answer)
}

#[tokio::test]
async fn the_requests_are_those_of_the_rfcs() {
    let server = Scripted::start([]).await;
    let here = json!({ "registration_client_uri": server.url("/register/s6BhdRkqt3") });
    server.now_answer([answer(&here), answer(&here), answer(&json!({ "client_secret": null })), Answer::status(204)]);
    let registration = Registration::at(&server.url("/register")).unwrap().initial_access_token("ey23f2.adfj230.af32");
    let wanted = ClientMetadata::new().redirect_uri("https://client.example.org/callback").with("x", 1);
    let registered = registration.register(&wanted).await.unwrap();
    let registered = registration.read(&registered).await.unwrap();
    let registered = registration.update(&registered, registered.metadata()).await.unwrap();
    assert!(registered.client_secret().unwrap().expose_secret().starts_with("cf136"), "what is left out stays");
    registration.delete(registered).await.unwrap();

    let asked = server.asked();
    let lines: Vec<_> = asked.iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect();
    let managed = "/register/s6BhdRkqt3";
    let expected =
        ["POST /register".to_owned(), format!("GET {managed}"), format!("PUT {managed}"), format!("DELETE {managed}")];
    assert_eq!(lines, expected);
    let tokens: Vec<_> = asked.iter().map(|asked| asked.header("authorization").unwrap()).collect();
    let own = "Bearer reg-23410913-abewfq.123483";
    assert_eq!(tokens, ["Bearer ey23f2.adfj230.af32", own, own, own]);
    assert_eq!(asked[0].body(), r#"{"redirect_uris":["https://client.example.org/callback"],"x":1}"#);
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
    // RFC 7592 §2.2: the ID, and none of what only the server says.
    let sent: Value = serde_json::from_str(asked[2].body()).unwrap();
    assert_eq!(sent, json!({ "client_id": "s6BhdRkqt3", "redirect_uris": ["https://client.example.org/callback"] }));
    assert_eq!((asked[1].body(), asked[3].body()), ("", ""));
}

#[tokio::test]
async fn an_answer_about_another_client_is_refused() {
    let server = Scripted::start([]).await;
    let here = json!({ "registration_client_uri": server.url("/r") });
    server.now_answer([answer(&here), answer(&json!({ "client_id": "another" }))]);
    let registration = Registration::at(&server.url("/register")).unwrap();
    let registered = registration.register(&ClientMetadata::new()).await.unwrap();
    assert_eq!(verdict(&registration.read(&registered).await.unwrap_err()), ["security"]);
}

#[tokio::test]
async fn a_server_that_quotes_the_token_does_not_bring_it_into_the_error() {
    for status in [401, 403, 500] {
        let server = Scripted::start([Answer::status(status).body("wrong token: initial-s3cret")]).await;
        let registration = Registration::at(&server.url("/register")).unwrap().initial_access_token("initial-s3cret");
        let error = registration.register(&ClientMetadata::new()).await.unwrap_err();
        assert!(!all_said(&error).contains("initial-s3cret"), "{error:?}");
        assert_eq!(error.status().unwrap(), status);
    }
}
