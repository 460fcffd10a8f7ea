use std::process::{Child, Output};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::support::{Home, Server, free_ports, get};

#[test]
fn copies_that_start_together_renew_once() {
    // The longer ones where a machine takes longer than that to start them.
    for lifetime in [1, 5, 25] {
        let server = Server::start(&["--lifetime", &lifetime.to_string()]);
        let lifetime = Duration::from_secs(lifetime);
        let home = Home::logged_in(&server);
        let first = home.run(&["token"]);
        let before = server.count("/token", Some("refresh_token"));
        thread::sleep(lifetime + Duration::from_millis(100));

        let began = Instant::now();
        let copies: Vec<Child> = (0..4).map(|_| home.command(&["token"]).spawn().unwrap()).collect();
        let tokens: Vec<_> = copies.into_iter().map(|copy| copy.wait_with_output().unwrap()).collect();
        // By then another one is renewed ahead of its end.
        if first.code != 0 || began.elapsed() > lifetime / 2 {
            continue;
        }
        renewed_once(&tokens, &first.out);
        assert_eq!(server.count("/token", Some("refresh_token")) - before, 1);
        return;
    }
    panic!("this machine is too slow");
}

fn renewed_once(tokens: &[Output], first: &str) {
    assert!(tokens.iter().all(|output| output.status.success() && output.stdout == tokens[0].stdout), "{tokens:?}");
    assert_ne!(tokens[0].stdout, first.as_bytes());
}

#[test]
fn a_token_that_is_valid_is_given_out_without_a_token_request() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let before = server.count("/token", None);
    let token = home.run(&["token"]).ok();
    assert_eq!(home.run(&["token"]).ok(), token);
    assert_eq!(home.run(&["token", "--header"]).ok(), format!("Authorization: Bearer {token}"));
    let json = home.run(&["token", "--json"]).json();
    assert_eq!((json["token"].as_str().unwrap(), &json["token_type"]), (token.trim(), &"Bearer".into()));
    assert_eq!(server.count("/token", None), before);
    assert_ne!(home.run(&["token", "--fresh"]).ok(), token);
    assert_eq!(server.count("/token", None), before + 1);
}

#[test]
fn a_logout_revokes_and_forgets() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let header = home.run(&["token", "--header"]).ok();
    let call = || get(&format!("{}/whoami", server.api), Some(header.trim())).status;
    assert_eq!(call(), 200);
    home.run(&["logout"]).ok();
    assert_eq!(call(), 401);
    home.run(&["token"]).failed(3, &["log in", "next: grantkit login test"]);
    home.run(&["whoami"]).failed(3, &["next: grantkit login test"]);
}

#[test]
fn a_revoked_token_is_given_out_no_more() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let header = home.run(&["token", "--header"]).ok();
    home.run(&["revoke"]).ok();
    assert_eq!(get(&format!("{}/whoami", server.api), Some(header.trim())).status, 401);
    let next = home.run(&["token", "--header"]).ok();
    assert_eq!(get(&format!("{}/whoami", server.api), Some(next.trim())).status, 200);
    // One that was found somewhere, by standard input.
    home.run_with_input(&["revoke", "-"], next.trim().trim_start_matches("Authorization: Bearer ")).ok();
    assert_eq!(get(&format!("{}/whoami", server.api), Some(next.trim())).status, 401);
}

/// By whatever command, while the server gives no other one.
#[test]
fn a_revoked_token_is_given_out_no_more_while_the_server_is_away() {
    for given in [false, true] {
        let port = free_ports().to_string();
        let server = Server::start(&["--port", &port]);
        let home = Home::logged_in(&server);
        let token = home.run(&["token"]).ok();
        drop(server);
        let server = Server::start(&["--port", &port, "--fault", "/token=503"]);
        let revoke = if given { vec!["revoke", token.trim(), "--json"] } else { vec!["revoke", "--json"] };
        let revoked = home.run(&revoke).json();
        assert_eq!((&revoked["revoked"], &revoked["refreshed"]), (&true.into(), &false.into()), "{revoked}");
        for arguments in [&["token"][..], &["token", "--as", "npm"], &["whoami"], &["call", "whoami"]] {
            let failed = home.run(arguments);
            failed.failed(5, &["503"]);
            assert!(!failed.out.contains(token.trim()), "{failed:?}");
        }
        assert_eq!(server.count("/v1/whoami", None), 0, "nor is it sent");
    }
}

#[test]
fn a_client_gets_tokens_for_itself() {
    let server = Server::start(&[]);
    let home = Home::new();
    let add = ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "service", "--api", &server.api];
    let add = [&add[..], &["--grant", "client_credentials", "--client-secret", "--scope", "read:invoices"]].concat();
    home.run_with_input(&add, "s3cret\n").ok();
    home.run(&["login"]).failed(2, &["needs no login", "next: grantkit token job"]);

    let token = home.run(&["token"]).ok();
    assert_eq!(home.run(&["token"]).ok(), token);
    assert_eq!(server.count("/token", Some("client_credentials")), 1);
    let introspected = home.run(&["introspect", "--json"]).json();
    assert_eq!((&introspected["active"], &introspected["client_id"]), (&true.into(), &"service".into()));
    assert_eq!(introspected["scope"], "read:invoices");
    assert_eq!(home.run_with_input(&["introspect", "-", "--json"], "nonsense").json()["active"], false);
    let who = home.run(&["whoami", "--json"]).json();
    assert_eq!((&who["client_id"], &who["identity"]), (&"service".into(), &serde_json::Value::Null));
}

/// Neither the client's secret nor a token stands in a file as it is, or in the process's arguments.
#[test]
fn what_is_secret_is_encrypted_on_disk() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let token = home.run(&["token"]).ok();
    home.run_with_input(&["profiles", "secret", "test"], "a-very-secret-secret\n").ok();
    let shown = home.run(&["profiles", "show"]).ok();
    assert!(shown.contains("client_secret") && !shown.contains("a-very-secret-secret"), "{shown}");
    let files = home.all_files();
    for secret in [token.trim(), "a-very-secret-secret"] {
        assert!(!files.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is readable");
    }
    home.run(&["profiles", "set", "test", "client_secret=s3cret"])
        .failed(2, &["is a secret", "next: grantkit profiles secret"]);
}

#[test]
fn a_secret_may_be_in_a_variable() {
    let server = Server::start(&[]);
    let home = Home::new();
    let add = ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "service"];
    let add = [&add[..], &["--grant", "client_credentials", "environment.client_secret=ACME_SECRET"]].concat();
    home.run(&add).ok();
    home.run(&["token"]).failed(4, &["ACME_SECRET", "next: export ACME_SECRET"]);
    let mut command = home.command(&["token"]);
    command.env("ACME_SECRET", "s3cret");
    crate::support::Ran::of(command, "").ok();
}

#[test]
fn tokens_that_are_bound_to_a_key_are_of_use_with_call_alone() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    home.run(&["profiles", "set", "test", "dpop=true"]).ok();
    home.log_in_with_device("test");
    assert_eq!(home.run(&["call", "whoami"]).json()["sub"], "alice");
    let header = home.run(&["token", "--header"]).ok();
    assert!(header.starts_with("Authorization: DPoP "), "{header}");
    assert_eq!(get(&format!("{}/whoami", server.api), Some(header.trim())).status, 401);
    // The key is of the login, and outlives the process that made it.
    home.run(&["token", "--fresh"]).ok();
    assert_eq!(home.run(&["call", "whoami"]).json()["sub"], "alice");
}

#[test]
fn a_server_that_is_away_may_be_back_later() {
    let server = Server::start(&["--fault", "/token=503"]);
    let home = Home::new();
    let add = ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "service", "--client-secret"];
    home.run_with_input(&[&add[..], &["--grant", "client_credentials"]].concat(), "s3cret").ok();
    home.run(&["token"]).failed(5, &["503", "next: the same command again"]);
    let error = home.run(&["token", "--json"]).error(5);
    assert_eq!((&error["error"], &error["exit_code"]), (&"temporary".into(), &5.into()), "{error}");
    drop(server);
    home.run(&["token"]).failed(5, &[]);
}

/// In seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// The server's refreshes bring none that is valid either.
#[test]
fn an_id_token_that_is_over_is_not_given_out() {
    let (issued, end) = (format!("iat={}", now() - 60), format!("exp={}", now() - 5));
    let server = Server::start(&["--claim", &issued, "--claim", &end]);
    let home = Home::logged_in(&server);
    let valid = home.run(&["token"]).ok();
    for (number, arguments) in
        [&["token", "--id-token"][..], &["token", "--id-token", "--as", "kubectl"]].iter().enumerate()
    {
        let ran = home.run(arguments);
        ran.failed(3, &["the ID token", "next: grantkit login test"]);
        assert_eq!(ran.out, "");
        assert_eq!(server.count("/token", Some("refresh_token")), number + 1, "it is refreshed once");
    }
    assert_ne!(home.run(&["token"]).ok(), valid, "by a refresh");
}

#[test]
fn an_id_token_that_is_nearly_over_is_renewed() {
    let end = now() + 25;
    let server = Server::start(&["--claim", &format!("exp={end}")]);
    let home = Home::logged_in(&server);
    let renewed = home.run(&["token", "--id-token"]);
    assert_eq!(server.count("/token", Some("refresh_token")), 1);
    // A slower machine has seen its end.
    if now() < end {
        assert_eq!(renewed.ok().matches('.').count(), 2);
    }
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    home.run(&["token", "--id-token"]).ok();
    assert_eq!(server.count("/token", Some("refresh_token")), 0, "one that is valid is given out as it is");
}
