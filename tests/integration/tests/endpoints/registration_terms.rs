//! What a registration says of a client's logins, beside its authentication (OpenID Connect Registration §2).

use std::time::Duration;

use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::client::ClientBuilder;
use grantkit::client::state::{AlreadyGiven, AuthenticationGiven};
use grantkit::discovery::ServerMetadata;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::registration::{ClientMetadata, RegisteredClient, Registration};
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::real_server::{CALLBACK, RealServer, log_in};
use crate::support::{Browser, CALLBACK as OWN_CALLBACK, ID, SECRET, query, server};

fn registered(members: &Value) -> RegisteredClient {
    let mut answer = json!({ "client_id": "app", "token_endpoint_auth_method": "none" });
    answer.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    RegisteredClient::from_json(&answer.to_string()).unwrap()
}

fn client(members: &Value) -> Client {
    let metadata = json!({
        "issuer": "https://as.example",
        "authorization_endpoint": "https://as.example/authorize",
        "token_endpoint": "https://as.example/token",
        "jwks_uri": "https://as.example/jwks",
    });
    let metadata = ServerMetadata::from_json(metadata.to_string()).unwrap();
    Client::builder().registered(&registered(members)).unwrap().build_with_metadata(&metadata).unwrap()
}

#[test]
fn a_login_is_as_young_as_it_is_registered_unless_it_says_otherwise() {
    let back = || RedirectUri::new(CALLBACK).unwrap();
    for (said, expected) in
        [(json!(300), Some("300")), (json!("300"), Some("300")), (json!(-1), None), (json!([]), None)]
    {
        let client = client(&json!({ "default_max_age": said }));
        let login = client.authorization_code(back()).unwrap();
        let (address, _) = login.clone().scope("openid").start().unwrap();
        assert_eq!(query(&address, "max_age").as_deref(), expected, "{said}");
        let (address, _) = login.clone().scope("openid").max_age(Duration::from_secs(7)).start().unwrap();
        assert_eq!(query(&address, "max_age").as_deref(), Some("7"));
        // Without an ID token the client could not tell.
        assert_eq!(query(&login.scope("read").start().unwrap().0, "max_age"), None);
    }
}

async fn registration(server: &RealServer) -> Registration {
    let transport = Transport::builder().build().unwrap();
    let metadata = ServerMetadata::discover(server.issuer()).transport(transport.clone()).await.unwrap();
    Registration::from_metadata(&metadata).unwrap().transport(transport)
}

fn wanted() -> ClientMetadata {
    ClientMetadata::new().redirect_uri(CALLBACK)
}

async fn login_of<A>(
    builder: ClientBuilder<AlreadyGiven, A>,
    server: &RealServer,
) -> grantkit::Result<grantkit::grant::Login>
where
    A: AuthenticationGiven,
{
    let transport = Transport::builder().build().unwrap();
    let client = builder.transport(transport).discover(server.issuer()).await.unwrap();
    log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid")).await
}

#[tokio::test]
async fn an_id_token_says_when_the_person_logged_in_where_that_is_registered() {
    let server = RealServer::oidc_provider().start();
    let registration = registration(&server).await;
    let with = wanted().token_endpoint_auth_method("none").require_auth_time(true);
    let with = registration.register(&with).await.unwrap();
    let login = login_of(Client::builder().registered(&with).unwrap(), &server).await.unwrap();
    assert!(login.claims().unwrap().get("auth_time").is_some());
}

/// Whatever the server makes of its own registration: the client insists.
#[tokio::test]
async fn an_id_token_that_is_not_as_registered_is_refused() {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    for (term, auth_time, is_accepted) in [
        (json!({}), Value::Null, true),
        (json!({ "require_auth_time": true }), Value::Null, false),
        (json!({ "require_auth_time": true }), json!(now - 100_000), true),
        (json!({ "default_max_age": 300 }), json!(now - 1000), false),
        (json!({ "default_max_age": 3000 }), json!(now - 1000), true),
    ] {
        let server = server().await;
        let mut answer = json!({ "client_id": ID, "client_secret": SECRET });
        answer.as_object_mut().unwrap().extend(term.as_object().unwrap().clone());
        let registered = RegisteredClient::from_json(&answer.to_string()).unwrap();
        let builder =
            Client::builder().registered(&registered).unwrap().transport(Transport::builder().build().unwrap());
        let client = builder.discover(&server.issuer()).await.unwrap();
        let login = client.authorization_code(RedirectUri::new(OWN_CALLBACK).unwrap()).unwrap().scope("openid");
        let (url, pending) = login.start().unwrap();
        server.set_id_token_claim("auth_time", auth_time);
        let outcome = login.finish(pending, Browser::new().log_in(&url).await).await;
        assert_eq!(outcome.is_ok(), is_accepted, "{term} {outcome:?}");
        if let Err(error) = outcome {
            assert!(error.is_security() && error.to_string().contains("`auth_time`"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_client_with_a_private_key_has_the_terms_of_its_registration() {
    let server = RealServer::oidc_provider().start();
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let metadata = wanted()
        .token_endpoint_auth_method("private_key_jwt")
        .id_token_signed_response_alg("ES256")
        .jwks(json!({ "keys": [key.public_jwk()] }));
    let registered = registration(&server).await.register(&metadata).await.unwrap();
    let builder = || Client::builder().registration_terms(&registered).unwrap().signing_key(key.clone());
    assert_eq!(login_of(builder(), &server).await.unwrap().claims().unwrap().subject(), "alice");
}

/// What the program pins is its own choice: no registration, which a server writes, takes it back.
#[tokio::test]
async fn an_algorithm_that_the_program_pinned_stays() {
    let server = RealServer::oidc_provider().start();
    let metadata = wanted().token_endpoint_auth_method("none").id_token_signed_response_alg("RS256");
    let registered = registration(&server).await.register(&metadata).await.unwrap();
    let pinned = Client::builder().id_token_signed_response_alg("ES256").registered(&registered).unwrap();
    let error = login_of(pinned, &server).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("ES256"), "{error}");
    login_of(Client::builder().registered(&registered).unwrap(), &server).await.unwrap();
}

/// As all answers of servers are: truth values and numbers as text, one text for a list.
#[test]
fn terms_are_read_as_leniently_as_other_answers() {
    let back = || RedirectUri::new(CALLBACK).unwrap();
    for truth in [json!(true), json!("true"), json!("True")] {
        let pushed = client(&json!({ "require_pushed_authorization_requests": truth }));
        let signed = client(&json!({ "require_signed_request_object": truth }));
        for client in [pushed, signed] {
            let begun = client.authorization_code(back()).and_then(|login| login.start());
            assert!(begun.unwrap_err().is_configuration(), "{truth}");
        }
    }
    for age in [json!(300), json!("300"), json!(300.0), json!(" 300 ")] {
        let client = client(&json!({ "default_max_age": age }));
        let (address, _) = client.authorization_code(back()).unwrap().scope("openid").start().unwrap();
        assert_eq!(query(&address, "max_age").as_deref(), Some("300"), "{age}");
    }
    let uri = "http://127.0.0.1:7777/callback";
    for uris in [json!(uri), json!([uri]), json!([7, uri, ""])] {
        let client = registered(&json!({ "redirect_uris": uris }));
        assert_eq!((client.redirect_uris(), client.loopback_port()), (vec![uri], Some(7777)), "{uris}");
    }
}

#[tokio::test]
async fn tokens_are_bound_to_a_key_where_the_registration_says_so_in_text() {
    let client = client(&json!({ "dpop_bound_access_tokens": "true" }));
    assert!(client.client_credentials().get_token().await.unwrap_err().is_configuration());
}
