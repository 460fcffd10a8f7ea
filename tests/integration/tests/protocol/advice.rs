//! What an error says to do next, by the server's code and by what was asked for.

use grantkit::authorize::RedirectUri;
use grantkit::client::Endpoints;
use grantkit::grant::{BackchannelHint, SecurityToken};
use grantkit::token::TokenTypeIdentifier;
use grantkit::{Client, Error};
use serde_json::json;

use crate::support::{Answer, CALLBACK, Scripted, verdict};

async fn client_at_one_that_answers(code: &str) -> (Scripted, Client<Endpoints>) {
    let server = Scripted::start([Answer::error(400, code)]).await;
    let client = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap().build();
    (server, client)
}

fn assert_says(error: &Error, expected: &str) {
    let text = error.to_string();
    assert!(text.contains(expected), "{text}");
}

/// RFC 6749 §5.2: one code for all that a token can be asked for with.
#[tokio::test]
async fn a_refused_grant_is_advised_on_as_what_it_is() {
    let (_server, client) = client_at_one_that_answers("invalid_grant").await;
    let jwt = client.jwt_bearer("e30.e30.").get_token().await.unwrap_err();
    assert_says(&jwt, "the assertion is not accepted");
    assert_says(&client.saml2_bearer("<a/>").get_token().await.unwrap_err(), "the assertion is not accepted");
    let subject = SecurityToken::new(TokenTypeIdentifier::ACCESS_TOKEN, "t");
    assert_says(&client.token_exchange(subject).get_token().await.unwrap_err(), "the subject token");
    assert_says(&client.client_credentials().get_token().await.unwrap_err(), "the server rejected this grant");
    let password = client.danger_resource_owner_password("alice", "pw").get_token().await.unwrap_err();
    assert_says(&password, "the name or the password is wrong");
    let refresh = client.refresh_token_grant("r").get_token().await.unwrap_err();
    assert_says(&refresh, "the refresh token is used up, expired or revoked");
    for error in [jwt, password] {
        assert!(!error.to_string().contains("refresh token"), "{error}");
    }
}

#[tokio::test]
async fn so_it_is_for_a_code_a_device_and_a_person_elsewhere() {
    let server = Scripted::start([]).await;
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .backchannel_authentication_endpoint(&server.url("/ciba"))
        .unwrap()
        .issuer(&server.url(""))
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build();
    server.now_answer([Answer::error(400, "invalid_grant")]);
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let (_, pending) = login.start().unwrap();
    let callback = format!("{CALLBACK}?code=c&state={}", pending.state());
    assert_says(&login.finish(pending, callback).await.unwrap_err(), "the code was used before");

    let device = json!({
        "device_code": "d", "user_code": "u", "verification_uri": "https://as.example/d", "expires_in": 60, "interval": 0,
    });
    for (code, expected) in [("invalid_grant", "the device code was used before"), ("expired_token", "start again")] {
        server.now_answer([Answer::json(200, &device), Answer::error(400, code)]);
        let pending = client.device_authorization().start().await.unwrap();
        assert_says(&client.device_authorization().wait(pending).await.unwrap_err(), expected);
    }

    let asked = json!({ "auth_req_id": "r", "expires_in": 60, "interval": 0 });
    let keys = Answer::json(200, &json!({ "keys": [] }));
    server.now_answer([Answer::json(200, &asked), keys, Answer::error(400, "invalid_grant")]);
    let ciba = client.backchannel_authentication(BackchannelHint::login_hint("alice")).scope("read");
    let pending = ciba.start().await.unwrap();
    assert_says(&ciba.wait(pending).await.unwrap_err(), "the request was answered before");
}

/// Every code has its sentence, and the questions go with it.
#[tokio::test]
async fn the_codes_of_the_extensions_have_a_sentence() {
    for (code, expected, answers) in [
        ("invalid_request", "does not understand the request", &["configuration"][..]),
        ("temporarily_unavailable", "try again later", &["retryable"]),
        ("invalid_target", "check the resource", &["configuration"]),
        ("invalid_target", "leave it out (`skip_resource_parameter`", &["configuration"]),
        ("invalid_client", "(`AssertionAudience::TokenEndpoint`)", &["configuration"]),
        ("invalid_authorization_details", "authorization details", &["configuration"]),
        ("invalid_request_object", "the signed request", &["configuration"]),
        ("unsupported_token_type", "does not revoke", &["configuration"]),
        ("invalid_client_metadata", "the client's metadata", &["configuration"]),
        ("consent_required", "`prompt=none`", &["needs login"]),
        ("unmet_authentication_requirements", "`acr_values`", &["needs login"]),
        ("something_of_their_own", "answered `something_of_their_own`", &[]),
    ] {
        let (_server, client) = client_at_one_that_answers(code).await;
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_says(&error, expected);
        assert_eq!(verdict(&error), answers, "{error}");
    }
}
