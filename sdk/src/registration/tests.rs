use std::time::{Duration, UNIX_EPOCH};

use super::*;

/// RFC 7591 §3.2.1.
const ANSWER: &str = r#"{
     "client_id": "s6BhdRkqt3",
     "client_secret": "cf136dc3c1fc93f31185e5885805d",
     "client_id_issued_at": 2893256800,
     "client_secret_expires_at": 2893276800,
     "redirect_uris": ["https://client.example.org/callback", "https://client.example.org/callback2"],
     "grant_types": ["authorization_code", "refresh_token"],
     "client_name": "My Example Client",
     "client_name#ja-Jpan-JP": "\u30AF\u30E9\u30A4\u30A2\u30F3\u30C8\u540D",
     "token_endpoint_auth_method": "client_secret_basic",
     "logo_uri": "https://client.example.org/logo.png",
     "jwks_uri": "https://client.example.org/my_public_keys.jwks",
     "example_extension_parameter": "example_value",
     "registration_access_token": "reg-23410913-abewfq.123483",
     "registration_client_uri": "https://server.example.com/register/s6BhdRkqt3"
    }"#;

#[test]
fn the_example_of_rfc_7591_is_read_and_kept_whole() {
    let registered = RegisteredClient::from_json(ANSWER).unwrap();
    assert_eq!(registered.client_id(), "s6BhdRkqt3");
    assert_eq!(registered.client_secret().unwrap().expose_secret(), "cf136dc3c1fc93f31185e5885805d");
    assert_eq!(registered.client_secret_expires_at(), Some(UNIX_EPOCH + Duration::new(2_893_276_800, 0)));
    assert_eq!(registered.issued_at(), Some(UNIX_EPOCH + Duration::from_secs(2_893_256_800)));
    assert_eq!(registered.metadata().get("client_name#ja-Jpan-JP").unwrap(), "クライアント名");
    assert_eq!(registered.management().unwrap().0.as_str(), "https://server.example.com/register/s6BhdRkqt3");
    let kept: Value = serde_json::from_str(&registered.to_json_with_secrets()).unwrap();
    assert_eq!(kept, serde_json::from_str::<Value>(ANSWER).unwrap());
}

/// Servers that take a key of their database for it.
#[test]
fn a_client_that_is_called_by_a_number_is_not_lost() {
    let answer = r#"{ "client_id": 4711, "client_secret": 2718281828, "registration_access_token": 1, "client_secret_expires_at": 0 }"#;
    let registered = RegisteredClient::from_json(answer).unwrap();
    assert_eq!((registered.client_id(), registered.client_secret().unwrap().expose_secret()), ("4711", "2718281828"));
    let again = RegisteredClient::from_json(&registered.to_json_with_secrets()).unwrap();
    assert_eq!(again.client_id(), "4711");
    for none in ["1.5", "1e3", "true", "[4711]", "\"\"", "null"] {
        let error = RegisteredClient::from_json(&format!(r#"{{ "client_id": {none} }}"#)).unwrap_err();
        assert!(error.to_string().contains("`client_id`"), "{none}: {error}");
    }
}

#[test]
fn secrets_are_neither_metadata_nor_shown() {
    let registered = RegisteredClient::from_json(ANSWER).unwrap();
    let registration = Registration::at("https://as.example/register").unwrap().initial_access_token("initial-123");
    let metadata = serde_json::to_string(registered.metadata()).unwrap();
    let shown = format!("{registered:?} {registration:?} {:?} {metadata}", registered.metadata());
    for secret in ["cf136dc3c1fc93f31185e5885805d", "reg-23410913", "initial-123"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn what_is_no_registration_is_refused() {
    let answers = [
        "",
        "[]",
        "{}",
        r#"{"client_id":""}"#,
        r#"{"client_id":[7]}"#,
        r#"{"client_id":"a","client_id":"b"}"#,
        r#"{"client_id":"a","client_id":"a"}"#,
        r#"["a"]"#,
    ];
    for answer in answers {
        assert!(RegisteredClient::from_json(answer).unwrap_err().is_invalid_response(), "{answer}");
    }
    // An address that no request may go to is none.
    let elsewhere =
        r#"{"client_id":"a","registration_access_token":"t","registration_client_uri":"http://as.example/register/a"}"#;
    assert!(RegisteredClient::from_json(elsewhere).unwrap().management().unwrap_err().is_unsupported());
    let bare = RegisteredClient::from_json(r#"{"client_id":"a","client_secret_expires_at":0}"#).unwrap();
    assert!(bare.management().unwrap_err().is_unsupported());
    // Without a secret there is nothing to send.
    assert_eq!((bare.client_secret_expires_at(), bare.token_endpoint_auth_method()), (None, "none"));
}

#[test]
fn a_server_elsewhere_has_no_registration_on_this_machine() {
    let answer =
        |url| format!(r#"{{"client_id":"a","registration_access_token":"t","registration_client_uri":"{url}"}}"#);
    let [there, here, inside] =
        ["https://as.example/register/a", "http://127.0.0.1:8080/items/7", "https://10.0.0.1/items/7"];
    let registered = |at, url| Registration::at(at).unwrap().registered(answer(url).as_bytes());
    let registered_at_overlay = |url| registered("https://100.64.0.1/register", url).unwrap();
    registered("https://as.example/register", there).unwrap();
    registered("http://127.0.0.1:9000/register", here).unwrap();
    for url in [here, inside] {
        let registered = registered("https://as.example/register", url).unwrap();
        assert!(registered.management().unwrap_err().is_unsupported(), "{url}");
        // An address of an overlay network is no sign of a private one.
        let registered = registered_at_overlay(url);
        assert!(registered.management().unwrap_err().is_unsupported(), "{url}");
    }
    registered_at_overlay("https://100.64.0.1/register/a").management().unwrap();
}

/// An error would lose the registration, with the new client's secret.
#[test]
fn what_is_optional_never_costs_the_registration() {
    let answer = r#"{
        "client_id": "a", "client_secret": "s", "client_secret_expires_at": "2893276800", "client_id_issued_at": 2893256800.5,
        "registration_access_token": "t", "registration_client_uri": "/register/a",
        "token_endpoint_auth_method": "", "logo_uri": null, "grant_types": ["client_credentials"]
    }"#;
    let registered = Registration::at("https://as.example/register").unwrap().registered(answer.as_bytes()).unwrap();
    assert_eq!(registered.management().unwrap().0.as_str(), "https://as.example/register/a");
    assert_eq!(registered.client_secret_expires_at(), Some(UNIX_EPOCH + Duration::new(2_893_276_800, 0)));
    assert_eq!(registered.issued_at(), Some(UNIX_EPOCH + Duration::from_secs(2_893_256_800)));
    assert_eq!(registered.token_endpoint_auth_method(), "client_secret_basic");
    assert!(registered.metadata().get("logo_uri").is_none() && registered.metadata().get("grant_types").is_some());
    // What is no text is no secret, and the client is public.
    let odd = r#"{"client_id":"a","client_secret":true,"registration_access_token":["x"],"client_secret_expires_at":"never"}"#;
    let registered = RegisteredClient::from_json(odd).unwrap();
    assert_eq!((registered.client_secret().is_none(), registered.token_endpoint_auth_method()), (true, "none"));
}
