use std::time::Duration;

use serde_json::{Value, json};

use super::{ServerMetadata, cache};
use crate::transport::Transport;
use crate::wire::AddressScope;

const ISSUER: &str = "https://as.example";

fn metadata(document: &Value) -> ServerMetadata {
    ServerMetadata::from_json(document.to_string()).unwrap()
}

#[test]
fn every_endpoint_of_the_metadata_is_looked_at() {
    let inside = "http://127.0.0.1:8080/shutdown";
    let names = [
        "authorization_endpoint",
        "token_endpoint",
        "device_authorization_endpoint",
        "backchannel_authentication_endpoint",
        "revocation_endpoint",
        "introspection_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "pushed_authorization_request_endpoint",
        "registration_endpoint",
        "end_session_endpoint",
        "an_endpoint",
    ];
    let own = names.map(|name| json!({ "issuer": ISSUER, name: inside }));
    let alias = json!({ "issuer": ISSUER, "mtls_endpoint_aliases": { "token_endpoint": inside } });
    for document in own.into_iter().chain([alias]) {
        let metadata = metadata(&document);
        let error = metadata.check_scope(AddressScope::Public).unwrap_err();
        assert!(error.is_security() && error.to_string().contains("§7.7"), "{document} {error}");
        metadata.check_scope(AddressScope::Loopback).unwrap();
    }
}

#[tokio::test]
async fn an_order_does_not_get_what_another_order_found() {
    let transport = Transport::builder().build().unwrap();
    let known = |endpoint: &str| metadata(&json!({ "issuer": ISSUER, "token_endpoint": endpoint }));
    let hour = Duration::from_hours(1);
    let ways = [
        ServerMetadata::discover(ISSUER),
        ServerMetadata::discover(ISSUER).oauth_document_first(),
        ServerMetadata::discover(ISSUER).oauth_document_only(),
        ServerMetadata::discover(ISSUER).openid_document_only(),
        ServerMetadata::discover(ISSUER).danger_accept_issuer("https://other.example"),
        ServerMetadata::discover_at(ISSUER),
    ];
    for (number, way) in ways.iter().enumerate() {
        let own = format!("https://as.example/{number}");
        let found = cache::get(&way.key(&transport), || {
            let known = known(&own);
            async move { Ok((known, hour)) }
        })
        .await
        .unwrap();
        assert_eq!(found.token_endpoint.as_deref(), Some(own.as_str()));
    }
    let again = ways[1].clone().transport(transport).await.unwrap();
    assert_eq!(again.token_endpoint.as_deref(), Some("https://as.example/1"), "and each is kept");
}

#[test]
fn a_document_is_written_as_it_was_read() {
    let document = json!({
        "issuer": ISSUER,
        "token_endpoint": "https://as.example/token",
        "authorization_response_iss_parameter_supported": true,
        "scopes_supported": ["a"],
        "code_challenge_methods_supported": ["S256"],
        "mtls_endpoint_aliases": { "token_endpoint": "https://mtls.as.example/token" },
        "protected_resources": [],
        "something": { "else": [1] },
    });
    assert_eq!(serde_json::to_value(metadata(&document)).unwrap(), document);
    assert_eq!(serde_json::to_value(metadata(&json!({ "issuer": ISSUER }))).unwrap(), json!({ "issuer": ISSUER }));
}

/// Each as a server in the field has it.
#[test]
fn a_member_of_another_type_is_read_where_it_is_plain_and_else_not_there() {
    let read = metadata(&json!({
        "issuer": ISSUER,
        "token_endpoint": "",
        "userinfo_endpoint": null,
        "jwks_uri": {},
        "authorization_response_iss_parameter_supported": null,
        "require_pushed_authorization_requests": "true",
        "require_signed_request_object": [],
        "scopes_supported": "openid",
        "id_token_signing_alg_values_supported": "RS256",
        "token_endpoint_auth_methods_supported": null,
        "code_challenge_methods_supported": ["S256", null, 7, ""],
        "grant_types_supported": {},
        "mtls_endpoint_aliases": [],
    }));
    assert_eq!((read.token_endpoint, read.userinfo_endpoint, read.jwks_uri), (None, None, None));
    assert!(!read.authorization_response_iss_parameter_supported && !read.require_signed_request_object);
    assert!(read.require_pushed_authorization_requests);
    assert_eq!((read.scopes_supported.len(), read.id_token_signing_alg_values_supported.len()), (1, 1));
    assert_eq!(read.token_endpoint_auth_methods_supported, None);
    assert_eq!(read.code_challenge_methods_supported.as_deref(), Some(&["S256".to_owned()][..]));
    assert_eq!((read.grant_types_supported, read.mtls_endpoint_aliases), (None, None));
    let aliases = json!({ "token_endpoint": "https://as.example/t", "other": 7 });
    let aliases = metadata(&json!({ "issuer": ISSUER, "mtls_endpoint_aliases": aliases })).mtls_endpoint_aliases;
    assert_eq!(aliases.unwrap().len(), 1);
    let with_mark = format!("\u{feff}{}", json!({ "issuer": ISSUER }));
    assert_eq!(ServerMetadata::from_json(with_mark).unwrap().issuer, ISSUER);
}

#[test]
fn a_document_that_is_none_says_what_is_missing() {
    for (json, named) in [
        ("{}", "`issuer`"),
        (r#"{"issuer":7}"#, "`issuer`"),
        (r#"["https://as.example"]"#, "not a JSON object"),
        ("<html>", "not a JSON object"),
        ("", "not a JSON object"),
    ] {
        let error = ServerMetadata::from_json(json).unwrap_err();
        assert!(error.is_invalid_response() && error.to_string().contains(named), "{json} {error}");
    }
}
