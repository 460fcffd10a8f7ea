//! Servers that quote the request back: no secret of it is in what the error says.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::client::Endpoints;
use grantkit::client_auth::{AuthenticationRequest, ClientAuthentication};
use grantkit::credentials::Fingerprint;
use grantkit::grant::JsonTokenRequest;
use grantkit::transport::ServiceRequest;
use grantkit_testkit::Fault;
use serde_json::json;

use crate::support::{Answer, Browser, CALLBACK, Scripted, all_said, billing, server, verdict};

const SECRET: &str = "CANARY+/ s3:\"cret&<é>";

/// Everything that a page may make of the secret.
fn forms() -> Vec<String> {
    let form: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let json = json!(SECRET).to_string();
    vec![
        SECRET.to_owned(),
        form.clone(),
        form.to_lowercase().replace("canary", "CANARY"),
        form.replace('+', "%20"),
        json[1..json.len() - 1].to_owned(),
        SECRET.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
        BASE64_STANDARD.encode(SECRET),
        BASE64_STANDARD.encode(format!("billing:{form}")),
    ]
}

/// Puts a key into a header of its own making.
#[derive(Debug)]
struct ByHeader;

#[async_trait::async_trait]
impl ClientAuthentication for ByHeader {
    fn method(&self) -> &'static str {
        "by_header"
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> grantkit::Result<()> {
        request.header(http::HeaderName::from_static("x-key"), "key-CANARY")
    }
}

#[tokio::test]
async fn every_header_of_a_token_request_is_a_secret() {
    for quoted in ["key-CANARY", "key%2DCANARY", "a2V5LUNBTkFSWQ=="] {
        let body = json!({ "error": "invalid_client", "error_description": format!("what is {quoted}?") });
        let server = Scripted::start([Answer::json(401, &body)]).await;
        let client = Client::builder().client_id("app").client_authentication(ByHeader);
        let client = client.token_endpoint(&server.url("/token")).unwrap().build();
        let json = JsonTokenRequest::new(&server.url("/token")).unwrap();
        let json = json.header(http::HeaderName::from_static("x-key"), "key-CANARY".parse().unwrap());
        for error in [client.client_credentials().get_token().await, json.get_token().await].map(Result::unwrap_err) {
            let said = all_said(&error);
            assert!(said.contains("what is") && !said.contains(quoted), "{said}");
        }
    }
}

#[tokio::test]
async fn what_stands_behind_the_scheme_of_a_header_is_a_secret_by_itself() {
    for (name, sent) in
        [("authorization", "Bearer key-CANARY"), ("x-auth", "Token key-CANARY"), ("x-key", "key-CANARY")]
    {
        for quoted in ["key-CANARY", "a2V5LUNBTkFSWQ==", sent] {
            let body = json!({ "error": "invalid_client", "error_description": format!("what is {quoted}?") });
            let server = Scripted::start([Answer::json(401, &body)]).await;
            let (name, value) = (http::HeaderName::from_static(name), http::HeaderValue::from_static(sent));
            let json = JsonTokenRequest::new(&server.url("/token")).unwrap().header(name.clone(), value.clone());
            let service = ServiceRequest::get("key service", server.url("/keys")).header(name, value);
            let answer = service.send().await.unwrap();
            for error in [json.get_token().await.unwrap_err(), answer.failure()] {
                let said = all_said(&error);
                assert!(said.contains("what is") && !said.contains(quoted), "{quoted}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn a_plain_header_of_a_service_request_spoils_no_error() {
    let body = json!({ "error": "invalid_request", "error_description": "application/json from Google, please" });
    let server = Scripted::start([Answer::json(400, &body)]).await;
    let flavor = http::HeaderName::from_static("metadata-flavor");
    let request = ServiceRequest::get("metadata server", server.url("/")).header(flavor, "Google".parse().unwrap());
    let said = all_said(&request.send().await.unwrap().failure());
    assert!(said.contains("application/json from Google, please"), "{said}");
}

#[tokio::test]
async fn a_client_secret_in_an_error_is_struck_out_whatever_its_form() {
    for form in forms() {
        let text = format!("bad credentials {form}, sorry");
        let answers = [
            Answer::json(401, &json!({ "error": "invalid_client", "error_description": text })),
            Answer::json(401, &json!({ "error": "invalid_client", "error_uri": text })),
            Answer::json(401, &json!({ "error": text })),
            Answer::status(500).body(text.clone()),
            Answer::status(200).body(format!("<p>{text}")),
            Answer::status(400).body(format!(r#"{{"message": "{text}"}}"#)),
            // Cut off in the middle of it.
            Answer::status(400).body(format!("bad credentials {}", form.chars().take(12).collect::<String>())),
        ];
        for answer in answers {
            let server = Scripted::start([answer.clone()]).await;
            let at = || Client::builder().client_id("billing").token_endpoint(&server.url("/token")).unwrap();
            for client in [at().client_secret_basic(SECRET).build(), at().client_secret_post(SECRET).build()] {
                let error = client.client_credentials().get_token().await.unwrap_err();
                let said = all_said(&error);
                // With the secret in the form, no header is there to be quoted.
                let is_header = form == *forms().last().unwrap();
                if !is_header || client_uses_basic(&client) {
                    assert!(!said.contains("CANARY") && !said.contains(&form), "{form}: {said}");
                    assert!(!said.contains(&form[..7]), "{form}: {said}");
                }
                assert!(said.contains("credentials") || error.oauth_code() == Some("invalid_client"), "{said}");
            }
        }
    }
}

fn client_uses_basic(client: &Client<Endpoints>) -> bool {
    format!("{client:?}").contains("client_secret_basic")
}

#[tokio::test]
async fn a_secret_that_is_a_word_of_an_error_code_does_not_spoil_the_answer() {
    for secret in ["grant", "invalid_grant", "i", "_", "a"] {
        let server = Scripted::start([Answer::error(400, "invalid_grant")]).await;
        let client = Client::builder().client_id("b").client_secret_basic(secret).token_endpoint(&server.url("/token"));
        let error = client.unwrap().build().client_credentials().get_token().await.unwrap_err();
        assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_grant"), vec!["needs login"]), "{secret}");
    }
}

#[tokio::test]
async fn code_verifier_and_refresh_token_are_struck_out() {
    let server = server().await;
    let login = billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let (url, pending) = login.start().unwrap();
    let verifier = serde_json::to_value(&pending).unwrap()["code_verifier"].as_str().unwrap().to_owned();
    let back = Browser::new().log_in(&url).await;
    let code = crate::support::query(&back, "code").unwrap();
    let echo = json!({ "error": "invalid_grant", "error_description": format!("{code} / {verifier}") });
    server.faults().next("/token", 1, Fault::respond(400, echo));
    let error = login.finish(crate::support::copy(&pending), &back).await.unwrap_err();
    assert_eq!(error.error_description(), Some("[redacted] / [redacted]"));

    let done = login.finish(pending, &back).await.unwrap();
    let refresh_token = done.token().refresh_token().unwrap().secret().to_owned();
    let credentials = done.credentials("echoed-refresh").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.faults().next("/token", 1, Fault::respond(503, format!("cannot refresh {refresh_token}")));
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert!(error.to_string().contains("cannot refresh [redacted]"), "{error}");
    assert!(!all_said(&error).contains(&refresh_token));
}
