//! How a client authenticates, and what the catalogue's servers can be asked.

use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::support::{Home, Scripted, Server};

const KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
                   MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
                   -----END PRIVATE KEY-----\n";

#[test]
fn a_client_signs_with_a_key_in_place_of_a_secret() {
    let server = Scripted::start(&json!({ "token_endpoint_auth_methods_supported": ["private_key_jwt"] }));
    let home = Home::new();
    let file = home.path().join("key.pem");
    fs::write(&file, KEY).unwrap();
    let key_file = format!("private_key_file={}", file.display());
    let add =
        ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "a", "--grant", "client_credentials"];
    home.run(&[&add[..], &[&key_file, "private_key_id=key-1"]].concat()).ok();
    assert_eq!(home.run(&["token"]).ok(), "a-token\n");
    let requests = server.token_requests();
    let form: Vec<(String, String)> = form_urlencoded::parse(requests[0].as_bytes()).into_owned().collect();
    let get = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap();
    assert_eq!(get("client_assertion_type"), "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let header = BASE64_URL_SAFE_NO_PAD.decode(get("client_assertion").split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!((&header["alg"], &header["kid"]), (&"EdDSA".into(), &"key-1".into()), "{header}");

    fs::write(&file, "no key").unwrap();
    home.run(&["token", "--fresh"]).failed(4, &["next: grantkit profiles set job private_key_file="]);
    fs::remove_file(&file).unwrap();
    home.run(&["token", "--fresh"]).failed(4, &["cannot be read", "next: grantkit profiles set job private_key_file="]);
    home.run(&["profiles", "set", "job", "private_key_file=", "private_key_id="]).ok();
    let shown = home.run(&["profiles", "show", "job", "--json"]).json();
    assert_eq!(shown["profile"].get("private_key_file"), None);
}

/// What another program keeps in a file is given in for a token.
#[test]
fn a_token_in_a_file_is_given_in_for_another_one() {
    let server = Scripted::start(&json!({}));
    let home = Home::new();
    let file = home.path().join("assertion");
    fs::write(&file, "head.claims.signature\n").unwrap();
    let word = format!("assertion_file={}", file.display());
    for (grant, kind, field) in [
        ("jwt_bearer", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion"),
        ("token_exchange", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token"),
    ] {
        let add = ["profiles", "add", grant, "--issuer", &server.issuer, "--client-id", "a", "--grant", grant];
        home.run(&[&add[..], &["--api", "https://api.example"]].concat()).ok();
        home.run(&["token", grant]).failed(4, &["no `assertion_file`", "next: grantkit profiles set"]);
        home.run(&["profiles", "set", grant, &word]).ok();
        assert_eq!(home.run(&["token", grant]).ok(), "a-token\n");
        assert_eq!(home.run(&["token", grant]).ok(), "a-token\n");
        let requests = server.token_requests();
        let form: Vec<(String, String)> =
            form_urlencoded::parse(requests.last().unwrap().as_bytes()).into_owned().collect();
        let has = |name: &str, value: &str| form.contains(&(name.to_owned(), value.to_owned()));
        assert!(has("grant_type", kind) && has(field, "head.claims.signature"), "{form:?}");
        home.run(&["login", grant]).failed(2, &["needs no login"]);
    }
    assert_eq!(server.token_requests().len(), 2, "the second copy takes what is stored");
}

/// By the served GitLab, which has the endpoint, and the served GitHub, which has none.
#[test]
fn a_provider_that_has_the_endpoint_introspects() {
    for (name, is_there) in [("gitlab", true), ("github", false)] {
        let server = Server::start(&["--provider", name, "--user", "bob"]);
        let home = Home::new();
        let settings = server.ready["settings"].as_object().unwrap();
        let words = settings.iter().filter(|(key, _)| *key != "client_secret");
        let words: Vec<_> = words.map(|(key, value)| format!("{key}={}", value.as_str().unwrap())).collect();
        let add = ["profiles", "add", "code", "--provider", name].into_iter();
        home.run(&add.chain(words.iter().map(String::as_str)).collect::<Vec<_>>()).ok();
        home.run_with_input(&["profiles", "secret", "code"], settings["client_secret"].as_str().unwrap()).ok();
        assert_eq!(home.log_in_with_device("code")["identity"]["email"], "bob@example.com", "of --user");
        if is_there {
            assert_eq!(home.run(&["introspect", "--json"]).json()["active"], true);
        } else {
            home.run(&["introspect"]).failed(4, &["next: grantkit decode"]);
        }
    }
}

#[test]
fn the_profiles_are_listed_with_who_is_logged_in() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    home.run(&["profiles"]).ok();
    assert!(!home.path().join("config/grantkit/token-key").exists(), "a list makes no key");
    home.log_in_with_device("test");
    home.run(&["profiles", "add", "other", "--issuer", "https://as.example", "--client-id", "a", "--offline"]).ok();
    let list = home.run(&["profiles"]).ok();
    let lines: Vec<Vec<_>> = list.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!((lines[0][3], lines[1][3]), ("", "alice@example.com"), "{list}");
    let json = home.run(&["profiles", "--json"]).json();
    assert_eq!(json["logged_in"], json!({ "test": json["logged_in"]["test"] }));
    assert_eq!(json["logged_in"]["test"]["id"], "alice");
    assert_eq!(home.run(&["profiles", "show", "test", "--json"]).json()["logged_in"]["id"], "alice");
    home.run(&["logout", "test"]).ok();
    assert_eq!(home.run(&["profiles", "--json"]).json()["logged_in"], json!({}));
}
