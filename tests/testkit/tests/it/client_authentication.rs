//! Who is let in, and who is not.

use grantkit_testkit::AuthorizationServer;
use reqwest::Response;
use reqwest::header::WWW_AUTHENTICATE;

use crate::support::{assert_error, form, http, server};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

async fn basic(server: &AuthorizationServer, id: &str, secret: &str) -> Response {
    form(http().post(server.token_endpoint()).basic_auth(id, Some(secret)), &[GRANT]).send().await.unwrap()
}

async fn post(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> Response {
    form(http().post(server.token_endpoint()), &[&[GRANT], parameters].concat()).send().await.unwrap()
}

#[tokio::test]
async fn header_and_body_both_work() {
    let server = server().await;
    assert_eq!(basic(&server, "billing", "s3cret").await.status(), 200);
    assert_eq!(post(&server, &[("client_id", "billing"), ("client_secret", "s3cret")]).await.status(), 200);
}

#[tokio::test]
async fn wrong_secret_in_the_header_is_challenged() {
    let server = server().await;
    for response in [basic(&server, "billing", "wrong").await, basic(&server, "nobody", "s3cret").await] {
        assert!(response.headers()[WWW_AUTHENTICATE].to_str().unwrap().starts_with("Basic "));
        assert_error(response, 401, "invalid_client").await;
    }
}

#[tokio::test]
async fn wrong_or_missing_secret_in_the_body_is_refused_without_a_challenge() {
    let server = server().await;
    let wrong: [&[(&str, &str)]; 4] = [
        &[("client_id", "billing"), ("client_secret", "wrong")],
        &[("client_id", "billing")],
        &[("client_id", "cli"), ("client_secret", "it has none")],
        &[],
    ];
    for parameters in wrong {
        let response = post(&server, parameters).await;
        assert!(response.headers().get(WWW_AUTHENTICATE).is_none());
        assert_error(response, 401, "invalid_client").await;
    }
}

#[tokio::test]
async fn header_credentials_are_form_decoded() {
    let (id, secret) = ("my client:1", "p@ss+w%rd & ü");
    let server = AuthorizationServer::builder().confidential_client(id, secret).start().await.unwrap();
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    assert_eq!(basic(&server, &encode(id), &encode(secret)).await.status(), 200);
    // Not encoded, the id ends at its colon.
    assert_eq!(basic(&server, id, secret).await.status(), 401);
}

#[tokio::test]
async fn two_methods_at_once_are_refused() {
    let server = server().await;
    let request = http().post(server.token_endpoint()).basic_auth("billing", Some("s3cret"));
    let twice = [GRANT, ("client_id", "billing"), ("client_secret", "s3cret")];
    assert_error(form(request, &twice).send().await.unwrap(), 400, "invalid_request").await;
}
