//! A pushed request names its client, however that authenticates (RFC 9126 §2.1, RFC 6749 §4.1.1).

use grantkit::authorize::{AuthorizationRequest, RedirectUri};
use grantkit::client_auth::{AuthenticationRequest, ClientAuthentication};
use grantkit::credentials::Fingerprint;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use serde_json::json;

use super::assertion::form;
use crate::support::{Answer, CALLBACK, Scripted};

/// A program's own method, which says who the client is or leaves that to the request.
#[derive(Debug)]
struct Ticket {
    names_client: bool,
}

#[async_trait]
impl ClientAuthentication for Ticket {
    fn method(&self) -> &'static str {
        "x_ticket"
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        if self.names_client {
            let client_id = request.client_id().to_owned();
            request.parameter("client_id", client_id);
        }
        request.secret_parameter("ticket", "t1cket");
        Ok(())
    }
}

#[tokio::test]
async fn a_pushed_request_names_its_client_once_whatever_its_method() {
    let key = || SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    for method in ["basic", "post", "key", "none", "silent ticket", "naming ticket"] {
        let server = Scripted::start([Answer::json(201, &json!({ "request_uri": "urn:x", "expires_in": 60 }))]).await;
        let builder = || {
            Client::builder()
                .client_id("app")
                .token_endpoint(&server.url("/token"))
                .unwrap()
                .authorization_endpoint("https://as.example/authorize")
                .unwrap()
                .pushed_authorization_request_endpoint(&server.url("/par"))
                .unwrap()
        };
        let client: Client = match method {
            "basic" => builder().client_secret_basic("s3cret").build().erased(),
            "post" => builder().client_secret_post("s3cret").build().erased(),
            "key" => builder().private_key_jwt(key()).build().erased(),
            "none" => builder().public().build().erased(),
            _ => {
                let ticket = Ticket { names_client: method == "naming ticket" };
                builder().client_authentication(ticket).build().erased()
            }
        };
        let login = client.pushed_authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
        let _ = login.push().await.unwrap();
        let named: Vec<_> = form(&server.only()).into_iter().filter(|(name, _)| name == "client_id").collect();
        assert_eq!(named, [("client_id".to_owned(), "app".to_owned())], "{method}");
    }
}

/// What a program takes out of its request stays out of it.
#[tokio::test]
async fn a_pushed_request_is_as_the_program_has_written_it() {
    let server = Scripted::start([Answer::json(201, &json!({ "request_uri": "urn:x", "expires_in": 60 }))]).await;
    let client = Client::builder()
        .client_id("app")
        .client_authentication(Ticket { names_client: false })
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .pushed_authorization_request_endpoint(&server.url("/par"))
        .unwrap()
        .write_authorization_request(|request: &mut AuthorizationRequest| {
            request.rename("client_id", "client_key");
            request.set_secret("tenant", "acme");
            Ok(())
        })
        .build();
    let _ = client.pushed_authorization_code(RedirectUri::new(CALLBACK).unwrap()).push().await.unwrap();
    let form = form(&server.only());
    assert!(form.contains(&("client_key".to_owned(), "app".to_owned())), "{form:?}");
    assert!(
        form.contains(&("tenant".to_owned(), "acme".to_owned())) && form.iter().all(|(name, _)| name != "client_id")
    );
}
