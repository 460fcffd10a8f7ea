//! Clients that register themselves (RFC 7591), and what they can do to it (RFC 7592).

use grantkit_testkit::AuthorizationServer;
use reqwest::header::CONTENT_TYPE;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::support::{assert_error, builder, form, http, json as read, server, text};

async fn send(request: RequestBuilder, metadata: &Value) -> Response {
    request.header(CONTENT_TYPE, "application/json").body(metadata.to_string()).send().await.unwrap()
}

async fn register(server: &AuthorizationServer, metadata: &Value) -> Response {
    send(http().post(server.registration_endpoint()), metadata).await
}

async fn own_token(server: &AuthorizationServer, client: &Value) -> Response {
    let secret = text(client, "client_secret");
    let request = http().post(server.token_endpoint()).basic_auth(text(client, "client_id"), Some(secret));
    form(request, &[("grant_type", "client_credentials")]).send().await.unwrap()
}

#[tokio::test]
async fn registered_client_is_one_until_it_is_deleted() {
    let server = server().await;
    let metadata = json!({ "redirect_uris": ["https://app.example/cb"], "client_name": "App" });
    let response = register(&server, &metadata).await;
    assert_eq!(response.status(), 201);
    let client = read(response).await;
    assert_eq!((&client["client_name"], &client["client_secret_expires_at"]), (&json!("App"), &json!(0)));
    assert_eq!(own_token(&server, &client).await.status(), 200);

    let (uri, token) = (text(&client, "registration_client_uri"), text(&client, "registration_access_token"));
    let known = read(http().get(&uri).bearer_auth(&token).send().await.unwrap()).await;
    assert_eq!(known["client_secret"], client["client_secret"]);
    let renamed =
        json!({ "client_id": client["client_id"], "redirect_uris": ["https://app.example/2"], "client_name": "2" });
    let updated = read(send(http().put(&uri).bearer_auth(&token), &renamed).await).await;
    assert_eq!((&updated["client_name"], &updated["client_secret"]), (&json!("2"), &client["client_secret"]));
    let foreign = json!({ "client_id": "billing", "redirect_uris": ["https://app.example/2"] });
    assert_error(send(http().put(&uri).bearer_auth(&token), &foreign).await, 400, "invalid_request").await;
    assert_eq!(http().get(&uri).bearer_auth("guessed").send().await.unwrap().status(), 401);

    assert_eq!(http().delete(&uri).bearer_auth(&token).send().await.unwrap().status(), 204);
    assert_error(own_token(&server, &client).await, 401, "invalid_client").await;
    assert_eq!(http().get(&uri).bearer_auth(&token).send().await.unwrap().status(), 401);
    assert_eq!(server.counters().registrations, 1);
}

#[tokio::test]
async fn registration_refuses_what_no_client_may_say() {
    let server = builder().initial_access_token("let me in").start().await.unwrap();
    let good = json!({ "redirect_uris": ["http://127.0.0.1/cb"], "token_endpoint_auth_method": "none" });
    assert_eq!(register(&server, &good).await.status(), 401);
    let with_token = || http().post(server.registration_endpoint()).bearer_auth("let me in");
    let public = read(send(with_token(), &good).await).await;
    assert!(public["client_secret"].is_null() && public["client_id"].is_string());
    for (metadata, error) in [
        (json!({}), "invalid_redirect_uri"),
        (json!({ "redirect_uris": ["https://app.example/#part"] }), "invalid_redirect_uri"),
        (json!([]), "invalid_client_metadata"),
    ] {
        assert_error(send(with_token(), &metadata).await, 400, error).await;
    }
    let machine = json!({ "grant_types": ["client_credentials"] });
    assert_eq!(send(with_token(), &machine).await.status(), 201);
}
