//! A client made of its registration (RFC 7591 §3.2.1), and the endpoints that are had from a client.

use bytes::Bytes;
use grantkit::authorize::RedirectUri;
use grantkit::endpoint::LogoutRequest;
use grantkit::grant::BackchannelHint;
use grantkit::keys::DpopKey;
use grantkit::registration::{ClientMetadata, RegisteredClient, Registration};
use grantkit::token::TokenType;
use grantkit::transport::{Responder, Transport};
use grantkit::{Client, Result};
use serde_json::{Value, json};

use crate::real_server::{Browser, CALLBACK, RealServer};
use crate::support::{Answer, Scripted, all_said, verdict};

/// On a transport of its own: another server may have had this port before.
async fn client_of(server: &RealServer, registered: &RegisteredClient) -> Client {
    let transport = Transport::builder().build().unwrap();
    Client::builder().registered(registered).unwrap().transport(transport).discover(server.issuer()).await.unwrap()
}

/// The client that registers the others.
async fn registrar(server: &RealServer) -> Client {
    let transport = Transport::builder().build().unwrap();
    Client::builder().client_id("public").public().transport(transport).discover(server.issuer()).await.unwrap()
}

fn for_itself() -> ClientMetadata {
    ClientMetadata::new().redirect_uri(CALLBACK).grant_type("authorization_code").grant_type("client_credentials")
}

#[tokio::test]
async fn registered_client_authenticates_as_it_is_registered() {
    let server = RealServer::oidc_provider().start();
    let registration = registrar(&server).await.registration().unwrap();
    let by = |method: &str| for_itself().token_endpoint_auth_method(method);
    for (wanted, method) in [
        (for_itself(), "client_secret_basic"),
        (by("client_secret_post"), "client_secret_post"),
        (by("client_secret_jwt"), "client_secret_jwt"),
        (by("client_secret_jwt").token_endpoint_auth_signing_alg("HS512"), "client_secret_jwt"),
    ] {
        let registered = registration.register(&wanted).await.unwrap();
        assert_eq!(registered.token_endpoint_auth_method(), method);
        let client = client_of(&server, &registered).await;
        assert!(format!("{client:?}").contains(method), "{client:?}");
        client.client_credentials().get_token().await.unwrap();
        // It looks after its own registration.
        let renewed = client.registration().unwrap().read(&registered).await.unwrap();
        assert_eq!(renewed.client_id(), client.client_id());
    }
    let public = ClientMetadata::new().redirect_uri(CALLBACK).token_endpoint_auth_method("none");
    let registered = registration.register(&public).await.unwrap();
    let client = client_of(&server, &registered).await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    assert_eq!(crate::real_server::log_in(&login).await.unwrap().claims().unwrap().subject(), "alice");
}

/// How its ID tokens are signed is registered too, and no other algorithm is accepted.
#[tokio::test]
async fn its_id_tokens_are_signed_as_it_is_registered() {
    let server = RealServer::oidc_provider().start();
    let registration = registrar(&server).await.registration().unwrap();
    for algorithm in ["RS256", "ES256", "HS256"] {
        let wanted = for_itself().id_token_signed_response_alg(algorithm);
        let registered = registration.register(&wanted).await.unwrap();
        let client = client_of(&server, &registered).await;
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        let done = crate::real_server::log_in(&login).await.unwrap();
        assert_eq!(done.claims().unwrap().audiences(), [registered.client_id()], "{algorithm}");

        let mut other: Value = serde_json::from_str(&registered.to_json_with_secrets()).unwrap();
        other["id_token_signed_response_alg"] = "PS512".into();
        let client = client_of(&server, &RegisteredClient::from_json(&other.to_string()).unwrap()).await;
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        assert!(crate::real_server::log_in(&login).await.unwrap_err().is_security(), "{algorithm}");
    }
}

#[tokio::test]
async fn its_requests_are_pushed_where_it_is_registered_so() {
    let server = RealServer::oidc_provider().start();
    let registration = registrar(&server).await.registration().unwrap();
    let wanted = for_itself().require_pushed_authorization_requests(true);
    let registered = registration.register(&wanted).await.unwrap();
    let client = client_of(&server, &registered).await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let error = login.start().unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    assert!(error.to_string().contains("`.push().await`") && error.to_string().contains("registration"), "{error}");
    let (url, pending) = login.push().await.unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    assert_eq!(login.finish(pending, callback).await.unwrap().claims().unwrap().subject(), "alice");

    // Also where the client is given no endpoint for it.
    let builder = Client::builder().registered(&registered).unwrap();
    let builder = builder.token_endpoint(&server.url("/token")).unwrap();
    let client = builder.authorization_endpoint(&server.url("/auth")).unwrap().build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap());
    assert!(login.start().unwrap_err().is_configuration());
    let error = login.push().await.unwrap_err();
    assert!(error.is_unsupported() && !error.to_string().contains("start"), "{error}");
}

#[tokio::test]
async fn registered_client_asks_for_no_token_without_its_dpop_key() {
    let server = RealServer::oidc_provider().start();
    let registration = registrar(&server).await.registration().unwrap();
    let ciba = "urn:openid:params:grant-type:ciba";
    let device = "urn:ietf:params:oauth:grant-type:device_code";
    let wanted = for_itself().grant_type(ciba).backchannel_token_delivery_mode("poll").grant_type(device);
    let registered = registration.register(&wanted.dpop_bound_access_tokens(true)).await.unwrap();
    let client = client_of(&server, &registered).await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    for error in [
        client.client_credentials().get_token().await.unwrap_err(),
        login.start().unwrap_err(),
        login.push().await.unwrap_err(),
        client.device_authorization().unwrap().start().await.unwrap_err(),
        client.backchannel_authentication(BackchannelHint::login_hint("alice")).unwrap().start().await.unwrap_err(),
    ] {
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains("`.dpop(key)`"), "{error}");
    }
    let stats = server.stats().await;
    for route in ["token", "pushed_authorization_request", "device_authorization", "backchannel_authentication"] {
        assert_eq!(stats.requests(route), 0, "{route}");
    }
    // Who only looks into the tokens of others needs no key.
    assert!(!client.introspection().unwrap().access_token("unknown").await.unwrap().active);

    let builder = Client::builder().registered(&registered).unwrap().dpop(DpopKey::generate().unwrap());
    let transport = Transport::builder().build().unwrap();
    let client = builder.transport(transport).discover(server.issuer()).await.unwrap();
    let token = client.client_credentials().get_token().await.unwrap();
    assert_eq!(token.token_type(), TokenType::DPoP);
}

#[tokio::test]
async fn its_userinfo_answers_are_signed_as_it_is_registered() {
    let server = RealServer::oidc_provider().start();
    let registration = registrar(&server).await.registration().unwrap();
    let fetch = async |registered: &RegisteredClient| {
        let client = client_of(&server, registered).await;
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        let done = crate::real_server::log_in(&login).await.unwrap();
        client.userinfo().unwrap().fetch(done.token(), "alice").await
    };
    let told = |registered: &RegisteredClient, algorithm: &str| {
        let mut other: Value = serde_json::from_str(&registered.to_json_with_secrets()).unwrap();
        other["userinfo_signed_response_alg"] = algorithm.into();
        RegisteredClient::from_json(&other.to_string()).unwrap()
    };
    for algorithm in ["RS256", "ES256", "HS256"] {
        let wanted = for_itself().userinfo_signed_response_alg(algorithm);
        let registered = registration.register(&wanted).await.unwrap();
        assert_eq!(fetch(&registered).await.unwrap().subject(), "alice", "{algorithm}");
        let error = fetch(&told(&registered, "PS512")).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{algorithm}");
    }
    // Plain, where it is to be signed.
    let plain = registration.register(&for_itself()).await.unwrap();
    assert_eq!(fetch(&plain).await.unwrap().subject(), "alice");
    let error = fetch(&told(&plain, "RS256")).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"]);
    assert!(error.to_string().contains("`userinfo_signed_response_alg`"), "{error}");
}

fn built(members: &Value) -> Result<Client> {
    let mut answer = json!({ "client_id": "app" });
    answer.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let registered = RegisteredClient::from_json(&answer.to_string())?;
    Ok(Client::builder().registered(&registered)?.token_endpoint("https://as.example/token")?.build().erased())
}

#[test]
fn what_cannot_be_served_says_why() {
    let method = |name: &str| json!({ "token_endpoint_auth_method": name, "client_secret": "s3cret" });
    // A second of 2001, long gone.
    let expired = json!({ "client_secret": "s3cret", "client_secret_expires_at": 1_000_000_000 });
    for (members, word, answers) in [
        (expired, "client_secret_expires_at", &["configuration"][..]),
        (json!({ "token_endpoint_auth_method": "client_secret_post" }), "client_secret_post", &["configuration"]),
        (method("private_key_jwt"), ".signing_key(key)", &["configuration"]),
        (method("pigeon"), "pigeon", &["configuration", "unsupported"]),
        (
            json!({
                "token_endpoint_auth_method": "client_secret_jwt",
                "token_endpoint_auth_signing_alg": "RS256",
                "client_secret": "s3cret",
            }),
            "RS256",
            &["configuration", "unsupported"],
        ),
    ] {
        let error = built(&members).unwrap_err();
        assert_eq!(verdict(&error), answers, "{members}");
        assert!(error.to_string().contains(word) && !all_said(&error).contains("s3cret"), "{error}");
    }
    for (members, method) in [
        (json!({ "client_secret": "s", "client_secret_expires_at": 99_999_999_999_u64 }), "client_secret_basic"),
        (json!({ "client_secret": "s", "client_secret_expires_at": 0 }), "client_secret_basic"),
        (json!({}), "none"),
        (json!({ "token_endpoint_auth_method": "tls_client_auth" }), "\"tls_client_auth"),
        (json!({ "token_endpoint_auth_method": "self_signed_tls_client_auth" }), "self_signed_tls_client_auth"),
    ] {
        let shown = format!("{:?}", built(&members).unwrap());
        assert!(shown.contains(method), "{shown}");
    }
}

#[tokio::test]
async fn a_client_with_endpoints_by_hand_has_them_too() {
    let server = Scripted::start([Answer::json(201, &json!({ "client_id": "new" }))]).await;
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .registration_endpoint(&server.url("/register"))
        .unwrap()
        .end_session_endpoint(&server.url("/logout"))
        .unwrap()
        .issuer(&server.url(""))
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build();
    let registered = client.registration().register(&ClientMetadata::new()).await.unwrap();
    assert_eq!((registered.client_id(), server.only().path.as_str()), ("new", "/register"));
    let (url, _) = client.logout_request().post_logout_redirect_uri("https://app.example/out").start().unwrap();
    assert!(url.as_str().starts_with(&server.url("/logout?client_id=app&post_logout_redirect_uri=")), "{url}");
    assert!(client.logout_token_verifier().verify("no.jwt.").await.unwrap_err().is_security());
}

#[tokio::test]
async fn what_the_metadata_has_not_is_unsupported() {
    let server = Scripted::start([]).await;
    let issuer = server.url("");
    server.now_answer([Answer::json(200, &json!({ "issuer": issuer, "token_endpoint": format!("{issuer}/token") }))]);
    let transport = Transport::builder().build().unwrap();
    let client = Client::builder().client_id("app").public().transport(transport).discover(&issuer).await.unwrap();
    for (error, name) in [
        (client.registration().unwrap_err(), "registration_endpoint"),
        (client.logout_request().unwrap_err(), "end_session_endpoint"),
        (client.logout_token_verifier().unwrap_err(), "jwks_uri"),
    ] {
        assert_eq!(verdict(&error), ["configuration", "unsupported"]);
        assert!(error.to_string().contains(name), "{error}");
    }
}

/// Plain `http` beyond this machine is refused unless it is asked for by name; 192.0.2.0/24 belongs to no host (RFC 5737).
#[tokio::test]
async fn plain_http_is_a_decision() {
    assert!(Registration::at("http://192.0.2.1/register").unwrap_err().is_configuration());
    assert!(LogoutRequest::at("http://192.0.2.1/logout").unwrap_err().is_configuration());
    assert!(Registration::danger_at_plain_http("http://192.0.2.1/register").is_ok());
    let (url, _) = LogoutRequest::danger_at_plain_http("http://192.0.2.1/logout").unwrap().start().unwrap();
    assert_eq!(url.as_str(), "http://192.0.2.1/logout");

    // It holds for the address that the answer names as well, and for nothing that did not ask for it.
    let elsewhere = json!({
        "client_id": "new",
        "registration_client_uri": "http://192.0.2.1/register/new",
        "registration_access_token": "t",
    });
    let server = Scripted::start([Answer::json(201, &elsewhere)]).await;
    let url = server.url("/register");
    let register = async |registration: Registration| registration.register(&ClientMetadata::new()).await;
    let names_address = |registered: Result<RegisteredClient>| {
        registered.unwrap().to_json_with_secrets().contains("registration_client_uri")
    };
    assert!(!names_address(register(Registration::at(&url).unwrap()).await));
    assert!(names_address(register(Registration::danger_at_plain_http(&url).unwrap()).await));
    let client = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    let strict = client.registration_endpoint(&url).unwrap().build();
    assert!(!names_address(register(strict.registration()).await));
    let client = Client::builder().client_id("app").public().danger_allow_plain_http();
    let lax = client.token_endpoint(&server.url("/token")).unwrap().registration_endpoint(&url).unwrap().build();
    assert!(names_address(register(lax.registration()).await));
}

/// Gives this answer to all.
struct Always(Value);

#[async_trait::async_trait]
impl Responder for Always {
    async fn respond(&self, _: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        http::Response::new(self.0.to_string().into_bytes())
    }
}

/// The new client is there, with its secret: only its address to be managed at is not used.
#[tokio::test]
async fn an_address_that_leads_inside_costs_no_registration() {
    for inside in ["http://127.0.0.1:8080/admin", "https://10.0.0.1/admin", "https://localhost/admin"] {
        let answer = json!({
            "client_id": "new",
            "client_secret": "s3cret-of-new",
            "registration_client_uri": inside,
            "registration_access_token": "t",
        });
        let transport = Transport::builder().responder(Always(answer)).build().unwrap();
        let registration = Registration::at("https://as.example/register").unwrap().transport(transport);
        let registered = registration.register(&ClientMetadata::new()).await.unwrap();
        assert!(
            registered.client_secret().is_some() && !registered.to_json_with_secrets().contains(inside),
            "{inside}"
        );
        assert!(registration.read(&registered).await.unwrap_err().is_unsupported());
    }
}
