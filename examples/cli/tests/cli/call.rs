use std::fs;
use std::net::TcpListener;

use serde_json::Value;

use crate::support::{Home, Server};

#[test]
fn call_sends_what_curl_would_with_the_token() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let invoice = home.run(&["call", "invoices/42"]).json();
    assert_eq!(invoice["id"], "42");
    assert_eq!(home.run(&["call", &format!("{}/invoices/42?a=b", server.api)]).json(), invoice);

    let echo = home.run(&["call", "echo", "--json", r#"{"a":1}"#, "-H", "X-Request: 7"]).json();
    assert_eq!((&echo["method"], &echo["body"]), (&"POST".into(), &r#"{"a":1}"#.into()));
    assert_eq!(
        (&echo["headers"]["content-type"], &echo["headers"]["x-request"]),
        (&"application/json".into(), &"7".into())
    );
    let echo = home.run(&["call", "echo", "-X", "PUT", "-d", "a=b"]).json();
    assert_eq!((&echo["method"], &echo["body"]), (&"PUT".into(), &"a=b".into()));
    assert_eq!(echo["headers"]["content-type"], "application/x-www-form-urlencoded");
    let echo = home.run_with_input(&["call", "echo", "-d", "@-"], "from standard input").json();
    assert_eq!(echo["body"], "from standard input");

    // Headers of one name are all sent, in place of the program's own; several parts of a form are joined.
    let echo = ["call", "echo", "-H", "X-A: 1", "-H", "x-a: 2", "-d", "a=b", "-d", "c=d", "-H", "content-type: text/x"];
    let echo = home.run(&echo).json();
    assert_eq!((&echo["body"], &echo["headers"]["content-type"]), (&"a=b&c=d".into(), &"text/x".into()));
    assert_eq!(echo["headers"]["x-a"], "1, 2", "{echo}");

    let file = home.path().join("answer.json");
    assert_eq!(home.run(&["call", "invoices/42", "-o", file.to_str().unwrap()]).ok(), "");
    assert_eq!(home.run(&["call", "invoices/42", "-o", "-"]).json(), invoice);
    assert_eq!(serde_json::from_slice::<Value>(&fs::read(file).unwrap()).unwrap(), invoice);
    let shown = home.run(&["call", "invoices/42", "-i"]).ok();
    assert!(shown.starts_with("200 OK\ncontent-type: application/json\n"), "{shown}");
}

/// Not even a connection is made.
#[test]
fn the_token_goes_to_the_api_of_the_profile_alone() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let url = format!("http://{}/v1/whoami", elsewhere.local_addr().unwrap());
    home.run(&["call", &url]).failed(6, &["goes nowhere else", "next: grantkit profiles set test api="]);
    assert!(elsewhere.accept().is_err());
    home.run(&["call", &format!("{}0/whoami", server.api)]).failed(6, &[]);
    home.run(&["call", "../admin"]).failed(4, &[]);
    home.run(&["call", "echo", "-H", "Authorization: Bearer other"])
        .failed(2, &["`authorization` is set by the program"]);
    home.run(&["call", &format!("redirect?to={url}")])
        .failed(7, &["redirect to", &url, "next: grantkit profiles set test api=http://127.0.0.1:"]);
    assert!(elsewhere.accept().is_err());
}

#[test]
fn a_token_that_the_api_rejects_is_renewed_once() {
    let server = Server::start(&["--fault", "/v1/invoices/42=401x1"]);
    let home = Home::logged_in(&server);
    let before = server.count("/token", Some("refresh_token"));
    assert_eq!(home.run(&["call", "invoices/42"]).json()["id"], "42");
    assert_eq!(server.count("/token", Some("refresh_token")), before + 1);
}

#[test]
fn errors_of_the_api_are_exit_codes() {
    let server = Server::start(&["--fault", "/v1/invoices/1=503"]);
    let home = Home::logged_in(&server);
    home.run(&["call", "invoices/1"]).failed(7, &["503 Service Unavailable"]);
    home.run(&["call", "nothing"]).failed(7, &["404 Not Found"]);
    let created = home.run(&["call", "invoices", "-d", "no json"]);
    created.failed(7, &["400 Bad Request"]);
    assert!(created.out.contains("the body is not a JSON object"), "the answer is shown all the same: {created:?}");
}

/// With several profiles, the URL says which one it is.
#[test]
fn a_url_selects_the_profile_of_its_api() {
    let (server, other) = (Server::start(&[]), Server::start(&["--user", "bob"]));
    let home = Home::logged_in(&server);
    home.run(&["profiles", "add", "other", "--issuer", &other.issuer, "--client-id", "cli", "--api", &other.api]).ok();
    home.log_in_with_device("other");
    assert_eq!(home.run(&["call", &format!("{}/whoami", other.api)]).json()["sub"], "bob");
    assert_eq!(home.run(&["call", &format!("{}/whoami", server.api)]).json()["sub"], "alice");
    home.run(&["call", "whoami"]).failed(2, &["which profile?", "other, test"]);
    home.run(&["profiles", "default", "other"]).ok();
    assert_eq!(home.run(&["call", "whoami"]).json()["sub"], "bob");
    assert_eq!(home.run(&["call", "whoami", "-p", "test"]).json()["sub"], "alice");
}
