//! `--trace`: the requests are shown, and nothing secret of them.

use serde_json::Value;

use crate::support::{Home, Scripted, Server};

#[test]
fn trace_shows_each_request_and_no_secret() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let host = |url: &str| url.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let (of_server, of_api) = (host(&server.issuer), host(&server.api));

    let first = home.run(&["token"]).ok();
    let refreshed = home.run(&["--trace", "token", "--fresh"]);
    let line = format!("POST {of_server} (token): 200, ");
    assert!(refreshed.err.lines().any(|shown| shown.starts_with(&line) && shown.ends_with(" ms")), "{refreshed:?}");
    let called = home.run(&["call", "invoices/4711?secret=word", "--trace", "-H", "X-Key: header-secret"]);
    assert!(called.err.contains(&format!("GET {of_api} (resource): 200, ")), "{called:?}");
    for ran in [&refreshed, &called] {
        for secret in [first.trim(), refreshed.out.trim(), "4711", "word", "header-secret", "Bearer"] {
            assert!(!ran.err.contains(secret), "{secret} in {}", ran.err);
        }
    }
    assert_eq!(home.run(&["token", "--trace"]).err, "", "no request, no line");
    assert_eq!(home.run(&["token", "--fresh"]).err, "", "only where it is asked for");
}

#[test]
fn trace_of_failures_and_of_json_shows_status_and_error() {
    let server = Scripted::start(&serde_json::json!({}));
    let home = Home::new();
    let add =
        ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "a", "--grant", "client_credentials"];
    home.run(&add).ok();
    home.run_with_input(&["profiles", "secret", "job"], "client-s3cret").ok();
    let ran = home.run(&["token", "--trace", "--json"]);
    let shown: Vec<Value> = ran.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_token = shown.iter().map(|line| &line["request"]).find(|request| request["endpoint"] == "token").unwrap();
    assert_eq!((&of_token["method"], &of_token["status"], &of_token["try"]), (&"POST".into(), &200.into(), &1.into()));
    assert!(of_token["milliseconds"].is_u64(), "{of_token}");
    assert!(!ran.err.contains("client-s3cret") && !ran.err.contains("a-token"), "{ran:?}");

    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    drop(server);
    let gone = home.run(&["token", "--fresh", "--trace"]);
    assert!(gone.err.lines().any(|line| line.starts_with("POST ") && line.contains("(token): connect, ")), "{gone:?}");
}
