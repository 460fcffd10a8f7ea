use serde_json::json;

use super::*;

const URL: &str = "https://app.example/oauth/client.json";

fn metadata() -> ClientMetadata {
    ClientMetadata::new().client_name("Billing").redirect_uri("http://127.0.0.1/callback")
}

fn refused(metadata: ClientMetadata) -> String {
    let error = ClientIdMetadataDocument::new(URL, metadata).unwrap_err();
    assert!(error.is_configuration(), "{error}");
    error.to_string()
}

#[test]
fn the_document_says_who_the_client_is() {
    let document = ClientIdMetadataDocument::new(URL, metadata()).unwrap();
    let served: Value = serde_json::from_str(&document.to_json()).unwrap();
    let expected = json!({
        "client_id": URL,
        "client_name": "Billing",
        "redirect_uris": ["http://127.0.0.1/callback"],
        "token_endpoint_auth_method": "none",
    });
    assert_eq!(served, expected);
    assert_eq!(ClientIdMetadataDocument::from_json(URL, &document.to_json()).unwrap(), document);
}

/// The rules for client identifier URLs of draft-ietf-oauth-client-id-metadata-document.
#[test]
fn only_such_urls_are_client_ids() {
    for good in [
        "https://a.example/c",
        "https://a.example:8443/c.json",
        "https://a.example/c?v=2",
        "https://a.example/c/",
        "https://a.example/..c/.d/%2f",
    ] {
        ClientIdMetadataDocument::new(good, metadata()).unwrap_or_else(|error| panic!("{error}"));
    }
    for (bad, reason) in [
        ("", "is none"),
        ("app", "is none"),
        ("http://a.example/c", "must be https"),
        ("http://127.0.0.1/c", "must be https"),
        ("com.example.app:/c", "must be https"),
        ("https://a.example", "must have a path"),
        ("https://a.example/", "must have a path"),
        ("https://a.example?c", "must have a path"),
        ("https://a.example/c#", "fragment"),
        ("https://a.example/c#d", "fragment"),
        ("https://a.example/./c", "segment"),
        ("https://a.example/c/..", "segment"),
        ("https://a.example/c/%2E%2e/d", "segment"),
        ("https://a.example/.%2e/d", "segment"),
        ("https://A.example/c", "must be written as \"https://a.example/c\""),
        ("https://a.example:443/c", "must be written as"),
        ("https:/a.example/c", "must be written as"),
        (" https://a.example/c", "must be written as"),
        ("https://a.example/c d", "must be written as"),
    ] {
        let error = ClientIdMetadataDocument::new(bad, metadata()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(reason), "{bad}: {error}");
    }
    let error = ClientIdMetadataDocument::new("https://user:s3cret@a.example/c", metadata()).unwrap_err();
    assert!(error.to_string().contains("user name") && !error.to_string().contains("s3cret"), "{error}");
}

#[test]
fn what_servers_must_refuse_is_refused_here() {
    assert!(refused(ClientMetadata::new().client_name("x")).contains("`redirect_uris`"));
    assert!(refused(metadata().with("redirect_uris", json!([]))).contains("`redirect_uris`"));
    assert!(refused(metadata().with("redirect_uris", json!([7]))).contains("not a string"));
    assert!(refused(metadata().redirect_uri("http://app.example/cb")).contains("https"));
    assert!(refused(ClientMetadata::new().redirect_uri("https://app.example/cb")).contains("`client_name`"));
    assert!(refused(metadata().with("client_id", "https://app.example/other")).contains("character by character"));
    assert!(refused(metadata().with("client_secret", "s3cret")).contains("public document"));
    assert!(refused(metadata().with("client_secret_expires_at", 0)).contains("public document"));
    for method in ["client_secret_basic", "client_secret_post", "client_secret_jwt"] {
        assert!(refused(metadata().token_endpoint_auth_method(method)).contains("share none"));
    }
    assert!(
        refused(metadata().client_uri(format!("https://a.example/{}", "x".repeat(MAX_DOCUMENT))))
            .contains("5 kilobytes")
    );
    assert!(ClientIdMetadataDocument::from_json(URL, "[]").unwrap_err().to_string().contains("JSON object"));
    let nameless = r#"{ "client_name": "x", "redirect_uris": ["https://a.example/cb"] }"#;
    assert!(ClientIdMetadataDocument::from_json(URL, nameless).unwrap_err().to_string().contains("no `client_id`"));
}

/// draft-ietf-oauth-client-id-metadata-document-02 §4.2.
#[test]
fn without_a_person_no_redirect_uri_is_needed() {
    let without = |grants: Value| ClientMetadata::new().client_name("Billing").with("grant_types", grants);
    let document = ClientIdMetadataDocument::new(URL, without(json!(["client_credentials"]))).unwrap();
    assert!(document.check_redirect_uri(&RedirectUri::new("https://app.example/cb").unwrap()).is_err());
    for grants in
        [json!(["client_credentials", "authorization_code"]), json!(["implicit"]), json!("client_credentials")]
    {
        assert!(refused(without(grants)).contains("`redirect_uris`"));
    }
    assert!(refused(without(json!(["client_credentials"])).with("redirect_uris", json!([7]))).contains("not a string"));
}

#[test]
fn a_redirect_uri_is_one_of_the_documents() {
    let document = ClientIdMetadataDocument::new(URL, metadata().redirect_uri("https://app.example:8443/cb")).unwrap();
    for (uri, is_listed) in [
        ("http://127.0.0.1/callback", true),
        ("http://127.0.0.1:4180/callback", true),
        ("http://127.0.0.1:4180/", false),
        ("http://[::1]:4180/callback", false),
        ("http://localhost:4180/callback", false),
        ("https://app.example:8443/cb", true),
        ("https://app.example/cb", false),
        ("com.example.app:/callback", false),
    ] {
        let outcome = document.check_redirect_uri(&RedirectUri::new(uri).unwrap());
        assert_eq!(outcome.is_ok(), is_listed, "{uri}");
    }
}

#[test]
fn keys_are_there_and_public() {
    let with = |jwks: Value| metadata().token_endpoint_auth_method("private_key_jwt").jwks(jwks);
    let public = json!({ "kty": "EC", "crv": "P-256", "x": "eA", "y": "eQ" });
    ClientIdMetadataDocument::new(URL, with(json!({ "keys": [public] }))).unwrap();
    let by_uri = metadata().token_endpoint_auth_method("private_key_jwt").jwks_uri("https://app.example/jwks");
    ClientIdMetadataDocument::new(URL, by_uri).unwrap();

    assert!(refused(metadata().token_endpoint_auth_method("private_key_jwt")).contains("public keys"));
    for private in [json!({ "kty": "EC", "d": "ZA" }), json!({ "kty": "oct", "k": "aw" }), json!("key")] {
        assert!(refused(with(json!({ "keys": [private] }))).contains("nothing of the private ones"));
    }
    assert!(refused(with(json!({ "keys": [] }))).contains("must have the public keys"));
    assert!(refused(with(json!([]))).contains("not a JWK set"));
    assert!(refused(with(json!({ "keys": [] })).jwks_uri("https://app.example/jwks")).contains("RFC 7591"));
}
