use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Home, Server, browse};

#[test]
fn a_person_logs_in_on_another_device() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let login = home.log_in_with_device("test");
    assert_eq!((&login["event"], &login["identity"]["id"]), (&"login".into(), &"alice".into()), "{login}");
    assert_eq!(login["can_be_renewed"], true);

    let who = home.run(&["whoami", "--json"]).json();
    assert_eq!(who["identity"]["email"], "alice@example.com");
    assert_eq!((&who["profile"], &who["is_current"]), (&"test".into(), &true.into()));
    assert_eq!(server.count("/userinfo", None), 1);
}

/// The program opens `$BROWSER`, which here writes down where it was sent; the test goes there.
#[test]
fn a_person_logs_in_in_the_browser() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let (script, address) = (home.path().join("browser"), home.path().join("address"));
    fs::write(&script, format!("#!/bin/sh\nprintf %s \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n", address.display()))
        .unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();

    let mut command = home.command(&["login", "--json"]);
    let child = command.env("BROWSER", &script).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(10);
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
fn a_login_that_nobody_finishes_ends() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    home.run(&["login", "--device", "--timeout", "1"])
        .failed(3, &["nobody logged in within 1 s", "next: grantkit login test"]);
    home.run(&["login", "--no-browser", "--timeout", "1"]).failed(3, &["next: grantkit login test --device"]);
}

#[test]
fn an_id_token_that_lies_logs_nobody_in() {
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
