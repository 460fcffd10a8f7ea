//! A client authenticates by the method that it was told to use: the secret is in one place.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use grantkit::ProviderClient;
use grantkit::prelude::*;
use grantkit::provider::{ProviderSettings, providers};
use grantkit_providers::catalogue::{AuthMethod, Entry, Grant, Quirk};
use serde_json::json;

use crate::connect::{data, settings};
use crate::service::{Sent, Service};

const SECRET: &str = "s3cret-CANARY";

/// What the service is sent for a token of the program's own; by the usual method where none is named.
async fn sent_by(entry: &Entry, settings: ProviderSettings, method: Option<AuthMethod>) -> Option<Sent> {
    let answer = json!({ "access_token": "at-1", "token_type": "Bearer", "expires_in": 1800 });
    let service = Service::answering([answer]).await;
    let settings = settings.with("provider_base_url", service.url());
    let settings = method
        .into_iter()
        .fold(settings, |settings, method| settings.with("token_endpoint_auth_method", method.name()));
    let client = ProviderClient::connect(entry.name(), settings).unwrap_or_else(|error| panic!("{error}"));
    // What comes of it is another matter: services answer in ways of their own.
    let _ = client.get_token().await;
    service.sent().into_iter().find(|(method, ..)| method == "POST")
}

fn takes_a_method(entry: &Entry) -> bool {
    let plugin = providers().into_iter().find(|plugin| plugin.name() == entry.name()).unwrap();
    ["token_endpoint_auth_method", "client_secret"]
        .iter()
        .all(|key| plugin.keys().iter().any(|known| known.name == *key))
}

#[tokio::test]
async fn a_secret_is_sent_only_in_the_place_that_was_named() {
    let (mut by_post, mut by_basic) = (0, 0);
    for entry in data().filter(|entry| entry.has_grant(Grant::ClientCredentials) && takes_a_method(entry)) {
        let name = entry.name();
        for method in [AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic] {
            if !entry.auth_methods().contains(&method) {
                continue;
            }
            let Some((_, path, authorization, body)) = sent_by(entry, settings(entry), Some(method)).await else {
                continue;
            };
            let is_basic = authorization.starts_with("Basic ");
            let is_in_form = body.contains(SECRET) || path.contains(SECRET);
            let wanted = method == AuthMethod::ClientSecretBasic;
            assert_eq!((is_basic, is_in_form), (wanted, !wanted), "{name} {method:?}: {path} {authorization} {body}");
            if wanted { by_basic += 1 } else { by_post += 1 }
        }
    }
    assert!(by_post > 10 && by_basic > 10, "{by_post} {by_basic}");
}

/// A service that reads HTTP Basic as it is has it so, by whatever way it was named; another way is not taken.
#[tokio::test]
async fn a_service_of_raw_basic_is_given_no_other_way_beside_it() {
    const ODD: &str = "s3:cr%t/+";
    let raw = || data().filter(|entry| entry.has_quirk(Quirk::BasicRaw));
    assert!(raw().count() >= 2);
    for entry in raw() {
        let name = entry.name();
        let settings = || settings(entry).with("client_id", "app").with("client_secret", ODD);
        let named = takes_a_method(entry).then_some(AuthMethod::ClientSecretBasic);
        for method in [None, named] {
            let (_, _, authorization, body) = sent_by(entry, settings(), method).await.unwrap();
            let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("app:{ODD}")));
            assert_eq!(authorization, basic, "{name}");
            assert!(!body.contains("client_secret"), "{name}: {body}");
        }
        let post = settings().with("token_endpoint_auth_method", AuthMethod::ClientSecretPost.name());
        let outcome = ProviderClient::connect(name, post);
        if entry.auth_methods().contains(&AuthMethod::ClientSecretPost) {
            let method = Some(AuthMethod::ClientSecretPost);
            let (_, _, authorization, body) = sent_by(entry, settings(), method).await.unwrap();
            assert!(authorization.is_empty() && body.contains("client_secret="), "{name}: {authorization} {body}");
        } else {
            let error = outcome.unwrap_err();
            assert!(
                error.is_configuration() && error.to_string().contains("token_endpoint_auth_method"),
                "{name}: {error}"
            );
        }
    }
}
