use std::fs;

use crate::support::{Home, Server};

/// Not the token is refused: another login is wanted (RFC 9470), or more scopes (RFC 6750 §3.1).
#[test]
fn a_login_that_is_not_good_enough_is_told_with_the_login_that_is() {
    let stronger = r#"Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age="60""#;
    let newer = r#"Bearer error="insufficient_user_authentication""#;
    let wider = r#"Bearer error="insufficient_scope", scope="a b""#;
    let faults = [format!("/v1/1=401:{stronger}"), format!("/v1/2=401:{newer}"), format!("/v1/3=403:{wider}")];
    let server = Server::start(&["--fault", &faults[0], "--fault", &faults[1], "--fault", &faults[2]]);
    let home = Home::logged_in(&server);
    let before = server.count("/token", None);
    for (path, said, next) in [
        ("1", "a stronger or newer login", "next: grantkit login test --acr gold --acr silver --max-age 60\n"),
        ("2", "a stronger or newer login", "next: grantkit login test --max-age 0\n"),
        ("3", "more scopes", "next: grantkit login test --scope a --scope b\n"),
    ] {
        let failed = home.run(&["call", path]);
        failed.failed(3, &[said, next]);
        assert!(!failed.err.contains("new token"), "{failed:?}");
    }
    assert_eq!(server.count("/token", None), before, "no new token is asked for");

    // A client's own token gets its scopes from the profile.
    let add = ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "service", "--api", &server.api];
    let add = [&add[..], &["--grant", "client_credentials", "--client-secret", "--scope", "read"]].concat();
    home.run_with_input(&add, "s3cret\n").ok();
    home.run(&["call", "3", "-p", "job"])
        .failed(4, &["more scopes", "next: grantkit profiles set job scopes=read,a,b"]);
}

/// A person copies the line: what the API says is no command.
#[test]
fn words_of_an_api_that_a_shell_would_read_are_in_no_command() {
    let hostile = r#"Bearer error="insufficient_user_authentication", acr_values="$(id) gold;id", max_age="60""#;
    let wider = r#"Bearer error="insufficient_scope", scope="a `id` --json""#;
    let faults = [format!("/v1/1=401:{hostile}"), format!("/v1/2=403:{wider}")];
    let server = Server::start(&["--fault", &faults[0], "--fault", &faults[1]]);
    let home = Home::logged_in(&server);
    home.run(&["call", "1"]).failed(3, &["next: grantkit login test --max-age 60\n"]);
    home.run(&["call", "2"]).failed(3, &["next: grantkit login test --scope a\n"]);
}

#[test]
fn a_token_that_is_refused_is_told_with_what_came_of_its_renewal() {
    let server = Server::start(&["--fault", "/v1/whoami=401"]);
    let home = Home::logged_in(&server);
    home.run(&["call", "whoami"]).failed(3, &["it rejected a new token too", "next: grantkit login test"]);

    // While there is no new one.
    let port = crate::support::free_ports().to_string();
    let server = Server::start(&["--port", &port]);
    let home = Home::logged_in(&server);
    drop(server);
    let server = Server::start(&["--port", &port, "--fault", "/token=503", "--fault", "/v1/whoami=401"]);
    home.run(&["call", "whoami"]).failed(5, &["could not be refreshed", "next: the same command again"]);
    assert_eq!(server.count("/v1/whoami", None), 1);
}

#[test]
fn an_error_of_the_api_says_what_may_help() {
    let server = Server::start(&["--fault", "/v1/1=503", "--fault", "/v1/2=403"]);
    let home = Home::logged_in(&server);
    home.run(&["call", "1"]).failed(7, &["503", "next: the same command again"]);
    home.run(&["call", "2"]).failed(7, &["403", "next: the same command with --include"]);
    home.run(&["call", "nothing"]).failed(7, &["404", &format!("below {}", server.api)]);
}

#[test]
fn a_call_ends_after_the_time_that_is_given() {
    let server = Server::start(&["--fault", "/v1/invoices/1=delay:60"]);
    let home = Home::logged_in(&server);
    let file = home.path().join("answer");
    home.run(&["call", "invoices/1", "-m", "0.2", "-o", file.to_str().unwrap()])
        .failed(5, &["within the 0.2 s of --max-time", "next: the same command with a larger --max-time"]);
    home.run(&["call", "invoices/2", "-m", "60", "-o", file.to_str().unwrap()]).ok();
    assert!(fs::read_to_string(&file).unwrap().contains("amount_cents"));
    home.run(&["call", "invoices/1", "-m", "0"]).failed(2, &["a number of seconds above 0"]);
}
