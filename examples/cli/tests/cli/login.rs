use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use grantkit_integration_tests::program::write_program;
use serde_json::Value;
use url::Url;

use crate::support::{Home, Ran, Server, browse, free_ports};

#[test]
fn a_person_logs_in_on_another_device() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let login = home.log_in_with_device("test");
    assert_eq!((&login["event"], &login["identity"]["id"]), (&"login".into(), &"alice".into()), "{login}");
    assert_eq!(login["can_be_refreshed"], true);

    let who = home.run(&["whoami", "--json"]).json();
    assert_eq!((&who["identity"]["id"], &who["identity"]["email"]), (&"alice".into(), &"alice@example.com".into()));
    assert_eq!(who["can_be_refreshed"], true);
    assert_eq!((&who["profile"], &who["is_current"]), (&"test".into(), &true.into()));
    assert_eq!(server.count("/userinfo", None), 1);
    let text = home.run(&["whoami"]).ok();
    assert!(text.contains("alice\n") && text.contains("; it is refreshed"), "{text}");

    let server = Server::start(&["--fault", "/token=json:refresh_token=null"]);
    let home = Home::logged_in(&server);
    assert_eq!(home.run(&["whoami", "--json"]).json()["can_be_refreshed"], false);
    assert!(!home.run(&["whoami"]).ok().contains("it is refreshed"));
}

/// The program opens `$BROWSER`, which here writes down where it was sent; the test goes there.
#[test]
fn a_person_logs_in_in_the_browser() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let (script, address) = (home.path().join("browser"), home.path().join("address"));
    let lines = format!("#!/bin/sh\nprintf %s \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n", address.display());
    write_program(&script, &lines);

    let mut command = home.command(&["login", "--json"]);
    let child = command.env("BROWSER", &script).spawn().unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while !address.exists() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    let page = browse(&fs::read_to_string(&address).expect("the browser was started"));
    assert_eq!(page.status, 200, "{page:?}");
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let login: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(login["identity"]["email"], "alice@example.com");
    assert!(!home.run(&["token"]).ok().trim().is_empty());
}

#[test]
fn the_address_is_shown_where_no_browser_is_wanted() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let mut child = home.command(&["login", "--no-browser"]).spawn().unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("http://") {
        line.clear();
        assert_ne!(errors.read_line(&mut line).unwrap(), 0, "no address");
    }
    assert!(line.starts_with(&format!("{}/authorize?", server.issuer)), "{line}");
    assert_eq!(browse(line.trim()).status, 200);
    let mut rest = String::new();
    errors.read_to_string(&mut rest).unwrap();
    assert!(child.wait().unwrap().success(), "{rest}");
    assert!(rest.contains("logged in to test as alice@example.com"), "{rest}");
    assert!(!rest.contains('\u{1b}'), "no colours without a terminal: {rest:?}");
}

/// Browses to the address that a login shows, and waits for its end.
fn log_in_with(home: &Home, arguments: &[&str]) -> (String, Ran) {
    let mut child = home.command(&[&["login", "--no-browser", "--json"], arguments].concat()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let shown: Value = serde_json::from_str(&line).expect("an address");
    let url = shown["url"].as_str().unwrap().to_owned();
    browse(&url);
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    (url, Ran { code: output.status.code().unwrap(), out: rest, err })
}

#[test]
fn the_registered_redirect_uri_is_used() {
    let port = free_ports();
    let uris =
        [format!("http://localhost:{port}/signed-in"), format!("http://127.0.0.1:{port}"), "http://[::1]/a/b".into()];
    let server = Server::start(&["--redirect-uri", &uris[0], "--redirect-uri", &uris[1], "--redirect-uri", &uris[2]]);
    let home = Home::with_profile(&server);
    for uri in &uris {
        home.run(&["profiles", "set", "test", &format!("redirect_uri={uri}")]).ok();
        let (url, ran) = log_in_with(&home, &[]);
        ran.ok();
        let sent =
            Url::parse(&url).unwrap().query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
        assert!(
            sent == *uri || uri == &uris[2] && sent.starts_with("http://[::1]:") && sent.ends_with("/a/b"),
            "{sent}"
        );
    }
    for elsewhere in ["https://app.example/callback", "http://app.example/", "http://localhost:0/"] {
        home.run(&["profiles", "set", "test", &format!("redirect_uri={elsewhere}")]).failed(2, &["`redirect_uri`"]);
    }
}

#[test]
fn a_port_that_another_program_has_is_named_with_its_key() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    home.run(&["profiles", "set", "test", &format!("redirect_port={port}")]).ok();
    let said = format!("port {port} of this machine");
    home.run(&["login"]).failed(4, &[&said, "next: grantkit profiles set test redirect_port="]);
    home.run(&["profiles", "set", "test", &format!("redirect_uri=http://127.0.0.1:{port}/")]).ok();
    home.run(&["login"]).failed(4, &[&said, "next: grantkit profiles set test redirect_uri="]);
}

#[test]
fn a_login_is_of_the_class_and_the_age_that_are_asked_for() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let (url, ran) = log_in_with(&home, &["--acr", "gold", "--acr", "silver", "--max-age", "60"]);
    ran.ok();
    let asked =
        |name: &str| Url::parse(&url).unwrap().query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    assert_eq!((asked("acr_values"), asked("max_age")), ("gold silver".into(), "60".into()));

    // A login of another class is not accepted.
    let server = Server::start(&["--claim", "acr=bronze"]);
    let home = Home::with_profile(&server);
    let error = log_in_with(&home, &["--acr", "gold"]).1.error(6);
    assert!(error["message"].as_str().unwrap().contains("acr"), "{error}");
    home.run(&["login", "--device", "--acr", "gold"]).failed(2, &["cannot be used with"]);
}

#[test]
fn a_refused_login_says_what_to_type_next() {
    let server = Server::start(&["--deny", "1"]);
    let home = Home::with_profile(&server);
    let mut child = home.command(&["login", "--device", "--json"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let code: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    browse(code["verification_uri_complete"].as_str().unwrap());
    let output = child.wait_with_output().unwrap();
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!((output.status.code(), &error["error"]), (Some(3), &"login_required".into()), "{error}");
    assert_eq!(error["next"], "grantkit login test");
    home.run(&["token"]).failed(3, &["next: grantkit login test"]);
}

#[test]
fn a_login_that_is_not_finished_ends() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    home.run(&["login", "--device", "--timeout", "1"]).failed(3, &["no login within 1 s", "next: grantkit login test"]);
    home.run(&["login", "--no-browser", "--timeout", "1"]).failed(3, &["next: grantkit login test --device"]);
}

#[test]
fn an_id_token_of_another_audience_is_refused() {
    let server = Server::start(&["--claim", "aud=somebody-else"]);
    let home = Home::with_profile(&server);
    let mut child = home.command(&["login", "--device", "--json"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let code: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    browse(code["verification_uri_complete"].as_str().unwrap());
    let output = child.wait_with_output().unwrap();
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!((output.status.code(), &error["error"]), (Some(6), &"security".into()), "{error}");
    home.run(&["token"]).failed(3, &[]);
}

/// By the served Bluesky, whose tokens are bound to a key: that of the profile, which all processes have.
#[test]
fn tokens_of_a_provider_are_bound_to_the_key_of_the_profile() {
    let server = Server::start(&["--provider", "bluesky", "--user", "did:plc:bob"]);
    let home = Home::new();
    let keys = home.run(&["providers", "bluesky", "--json"]).json()["keys"].as_array().unwrap().clone();
    let is_secret = |key: &str| keys.iter().any(|known| known["name"] == key && known["secret"] == true);
    let settings = server.ready["settings"].as_object().unwrap();
    let (secrets, words): (Vec<_>, Vec<_>) = settings.iter().partition(|(key, _)| is_secret(key));
    let words: Vec<_> = words.iter().map(|(key, value)| format!("{key}={}", value.as_str().unwrap())).collect();
    let add = ["profiles", "add", "sky", "--provider", "bluesky", "--dpop"];
    home.run(&add.into_iter().chain(words.iter().map(String::as_str)).collect::<Vec<_>>()).ok();
    for (key, value) in secrets {
        home.run_with_input(&["profiles", "secret", "sky", key], value.as_str().unwrap()).ok();
    }
    log_in_with(&home, &[]).1.ok();
    let header = home.run(&["token", "--header"]).ok();
    assert!(header.starts_with("Authorization: DPoP "), "{header}");
    assert_ne!(home.run(&["token", "--fresh"]).ok(), home.run(&["token", "--header"]).ok());
    let called = home.run(&["call", "com.atproto.server.getSession"]).json();
    assert_eq!(called["handle"], "did:plc:bob", "{called}");

    home.run(&["profiles", "add", "code", "--provider", "github", "--dpop", "client_id=a"]).ok();
    home.run(&["token", "code"]).failed(4, &["cannot be bound to a key", "next: grantkit profiles set code dpop="]);
}

/// By the served GitHub: its paths, its device flow, its profile, its API.
#[test]
fn a_provider_of_the_catalogue_needs_its_name_and_its_keys() {
    let server = Server::start(&["--provider", "github"]);
    let home = Home::new();
    let settings = server.ready["settings"].as_object().unwrap();
    let words: Vec<_> = settings
        .iter()
        .filter(|(key, _)| *key != "client_secret")
        .map(|(key, value)| format!("{key}={}", value.as_str().unwrap()))
        .collect();
    let mut add = vec!["profiles", "add", "code", "--provider", "github"];
    add.extend(words.iter().map(String::as_str));
    home.run(&add).ok();
    home.run(&["login", "--device"]).failed(4, &["client_secret"]);
    home.run_with_input(&["profiles", "secret", "code", "client_secret"], settings["client_secret"].as_str().unwrap())
        .ok();

    let login = home.log_in_with_device("code");
    assert_eq!(login["identity"]["name"], "Alice Example", "{login}");
    let who = home.run(&["whoami", "--json"]).json();
    assert_eq!((&who["identity"]["email"], &who["is_current"]), (&"alice@example.com".into(), &false.into()));
    let called = home.run(&["call", "user/repos"]).json();
    assert_eq!(called["method"], "GET", "{called}");
    home.run(&["logout"]).ok();
    home.run(&["token"]).failed(3, &[]);
}
