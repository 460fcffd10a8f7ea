//! Dynamic registration and management (RFC 7591, RFC 7592).

use std::time::Duration;

use grantkit::Client;
use grantkit::discovery::ServerMetadata;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::registration::{ClientMetadata, RegisteredClient, Registration};
use grantkit::transport::Transport;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::real_server::{CALLBACK, RealServer};
use crate::support::{Answer, Scripted, all_said, verdict};

async fn at(server: &RealServer) -> Registration {
    // Of its own: another server may have had this port before.
    let transport = Transport::builder().build().unwrap();
    let metadata = ServerMetadata::discover(server.issuer()).transport(transport.clone()).await.unwrap();
    Registration::from_metadata(&metadata).unwrap().transport(transport)
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

/// The server leaves out of its answer what it does not know: a method's name that is no member's would be seen.
#[tokio::test]
async fn every_member_is_registered_by_its_name() {
    let server = RealServer::oidc_provider().start();
    let registration = at(&server).await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let everything = billing()
        .client_uri("https://app.example")
        .logo_uri("https://app.example/logo.png")
        .tos_uri("https://app.example/terms")
        .policy_uri("https://app.example/policy")
        .contact("ops@app.example")
        .contact("legal@app.example")
        .application_type("web")
        .grant_type("urn:openid:params:grant-type:ciba")
        .scope("openid read")
        .token_endpoint_auth_method("private_key_jwt")
        .token_endpoint_auth_signing_alg("ES256")
        .jwks(json!({ "keys": [key.public_jwk()] }))
        .dpop_bound_access_tokens(true)
        .authorization_details_type("payment_initiation")
        .require_pushed_authorization_requests(true)
        .require_signed_request_object(true)
        .request_object_signing_alg("ES256")
        .request_object_encryption_alg("ECDH-ES")
        .request_object_encryption_enc("A256GCM")
        .request_uri("https://app.example/request.jwt")
        .authorization_signed_response_alg("ES256")
        .authorization_encrypted_response_alg("ECDH-ES")
        .authorization_encrypted_response_enc("A256GCM")
        .id_token_signed_response_alg("ES256")
        .id_token_encrypted_response_alg("ECDH-ES")
        .id_token_encrypted_response_enc("A256GCM")
        .userinfo_signed_response_alg("ES256")
        .userinfo_encrypted_response_alg("ECDH-ES")
        .userinfo_encrypted_response_enc("A256GCM")
        .introspection_signed_response_alg("ES256")
        .introspection_encrypted_response_alg("ECDH-ES")
        .introspection_encrypted_response_enc("A256GCM")
        .subject_type("public")
        .default_max_age(Duration::from_mins(5))
        .require_auth_time(true)
        .default_acr_value("urn:example:gold")
        .default_acr_value("urn:example:silver")
        .initiate_login_uri("https://app.example/login")
        .backchannel_token_delivery_mode("ping")
        .backchannel_client_notification_endpoint("https://app.example/ping")
        .backchannel_authentication_request_signing_alg("ES256")
        .backchannel_user_code_parameter(true)
        .post_logout_redirect_uri("https://app.example/out")
        .backchannel_logout_uri("https://app.example/told")
        .backchannel_logout_session_required(true);
    let certificate = billing().token_endpoint_auth_method("tls_client_auth");
    let of_certificate = [
        certificate.clone().tls_client_auth_subject_dn("CN=app"),
        certificate.clone().tls_client_auth_san_dns("app.example"),
        certificate.clone().tls_client_auth_san_uri("https://app.example"),
        certificate.clone().tls_client_auth_san_ip("192.0.2.1"),
        certificate.tls_client_auth_san_email("ops@app.example"),
    ];
    let by_address = billing().token_endpoint_auth_method("private_key_jwt").jwks_uri("https://app.example/jwks");
    // The server binds tokens to one thing at a time.
    let by_address = by_address.tls_client_certificate_bound_access_tokens(true);
    for wanted in of_certificate.into_iter().chain([by_address, everything]) {
        let registered = registration.register(&wanted).await.unwrap();
        let wanted = serde_json::to_value(&wanted).unwrap();
        for (name, value) in wanted.as_object().unwrap() {
            assert_eq!(registered.metadata().get(name), Some(value), "{name}");
        }
    }
}

/// RFC 7591 §2, OpenID Connect Registration §2 and Front-Channel Logout 1.0 §2: what the server above does not know, or fetches.
#[tokio::test]
async fn the_members_that_few_servers_know_have_their_names_too() {
    let server = Scripted::start([answer(&json!({}))]).await;
    let wanted = ClientMetadata::new()
        .software_id("4NRB1-0XZABZI9E6-5SM3R")
        .software_version("2.1")
        .software_statement("eyJ.eyJ.sig")
        .sector_identifier_uri("https://app.example/sector.json")
        .frontchannel_logout_uri("https://app.example/frame")
        .frontchannel_logout_session_required(false);
    Registration::at(&server.url("/register")).unwrap().register(&wanted).await.unwrap();
    let sent: Value = serde_json::from_str(server.only().body()).unwrap();
    let expected = json!({
        "software_id": "4NRB1-0XZABZI9E6-5SM3R",
        "software_version": "2.1",
        "software_statement": "eyJ.eyJ.sig",
        "sector_identifier_uri": "https://app.example/sector.json",
        "frontchannel_logout_uri": "https://app.example/frame",
        "frontchannel_logout_session_required": false,
    });
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_server_that_registers_not_everyone_wants_its_token() {
    let server = RealServer::oidc_provider().setting("INITIAL_ACCESS_TOKEN", "let-me-in").start();
    let registration = at(&server).await;
    for refused in [registration.clone(), registration.clone().initial_access_token("let-me-out")] {
        let error = refused.register(&billing()).await.unwrap_err();
        assert!(matches!(error.oauth_code(), Some("invalid_request" | "invalid_token")), "{error}");
    }
    registration.initial_access_token("let-me-in").register(&billing()).await.unwrap();
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

/// With its software statement another program could register as this software.
#[tokio::test]
async fn software_statement_that_a_server_quotes_is_not_in_the_error() {
    const STATEMENT: &str = "eyJhbGciOiJFUzI1NiJ9.eyJzb2Z0d2FyZV9pZCI6IjEifQ.c2lnbmVk";
    let quoted = json!({
        "error": "invalid_software_statement",
        "error_description": format!("not signed by a known issuer: {STATEMENT}"),
        "statement": STATEMENT,
    });
    for answer in [Answer::json(400, &quoted), Answer::status(400).body(format!("<p>{STATEMENT}</p>"))] {
        let server = Scripted::start([answer]).await;
        let registration = Registration::at(&server.url("/register")).unwrap();
        let wanted = ClientMetadata::new().software_statement(STATEMENT);
        let error = registration.register(&wanted).await.unwrap_err();
        let said = format!("{} {:?}", all_said(&error), error.error_member("statement"));
        assert!(!said.contains(STATEMENT), "{said}");
    }
}
