//! The subject token that a program prints (AIP-4117).

use grantkit::prelude::*;
use grantkit_integration_tests::program::write_program;
use serde_json::json;

use super::{AUDIENCE, account, exchanged, file, parameter, written};
use crate::token_service::{Received, TokenService};

const ALLOWED: (&str, Option<&str>) = ("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", Some("1"));

/// The token of an account whose subject's token a shell script prints.
fn token_of(script: &str, allowed: (&str, Option<&str>)) -> (Result<OAuthToken>, Vec<Received>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("program");
    write_program(&path, &format!("#!/bin/sh\n{script}\n"));
    let path = path.display();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    temp_env::with_vars([allowed], || {
        runtime.block_on(async {
            let service = TokenService::answering([exchanged()]).await;
            let source = json!({ "executable": { "command": format!("{path} --for 'a b'"), "timeout_millis": 5000 } });
            let token = account(&file(&service, &source)).get_token().await;
            (token, service.received())
        })
    })
}

#[test]
fn its_token_is_exchanged() {
    let script = r#"test "$1 $2" = "--for a b" || exit 3
        test "$GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE$GOOGLE_EXTERNAL_ACCOUNT_REVOKE" = 00 || exit 4
        printf '{"version":1,"success":true,"token_type":"%s","id_token":"%s"}' "$GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE" "$GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE""#;
    let (token, received) = token_of(script, ALLOWED);
    token.unwrap();
    assert_eq!(parameter(&received[0], "subject_token"), AUDIENCE);
}

#[test]
fn further_members_that_it_prints_may_be_of_any_type() {
    let script = r#"printf '\357\273\277{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"subject","saml_response":7,"expiration_time":"9999999999","code":401,"message":{}}'"#;
    let (token, received) = token_of(script, ALLOWED);
    token.unwrap();
    assert_eq!(parameter(&received[0], "subject_token"), "subject");
    // By its names alone.
    let script = r#"echo '[1,true,"urn:ietf:params:oauth:token-type:jwt","subject",null,9999999999,null,null]'"#;
    let error = token_of(script, ALLOWED).0.unwrap_err();
    assert!(error.to_string().contains("something else than JSON"), "{error}");
}

/// What an earlier run has left is read up to the length of what a program may print; a longer file, or a pipe, counts for nothing.
#[test]
fn what_an_earlier_run_has_left_is_bounded() {
    let directory = tempfile::tempdir().unwrap();
    let output = |token: &str| {
        let kind = "urn:ietf:params:oauth:token-type:jwt";
        json!({ "version": 1, "success": true, "token_type": kind, "id_token": token, "expiration_time": 9_999_999_999_u64 })
    };
    let program = directory.path().join("program");
    write_program(&program, &format!("#!/bin/sh\necho '{}'\n", output("of-the-run")));
    let program = program.to_str().unwrap();
    let pipe = directory.path().join("pipe").to_str().unwrap().to_owned();
    // Another test may have set another `PATH` just now.
    let mut mkfifo = std::process::Command::new("mkfifo");
    assert!(mkfifo.arg(&pipe).env("PATH", "/usr/bin:/bin").status().unwrap().success());
    let kept = output("kept").to_string();
    let padded = format!("{kept}{}", " ".repeat(256 * 1024));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (file_of_output, expected) in [
        (written(directory.path(), "short", &kept), "kept"),
        (written(directory.path(), "long", &padded), "of-the-run"),
        (pipe, "of-the-run"),
    ] {
        let received = temp_env::with_vars([ALLOWED], || {
            runtime.block_on(async {
                let service = TokenService::answering([exchanged()]).await;
                let source = json!({ "executable": { "command": program, "output_file": file_of_output } });
                account(&file(&service, &source)).get_token().await.unwrap();
                service.only()
            })
        });
        assert_eq!(parameter(&received, "subject_token"), expected);
    }
}

#[test]
fn executable_is_not_run_unless_allowed() {
    let (token, received) = token_of("exit 0", (ALLOWED.0, None));
    let error = token.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("ALLOW_EXECUTABLES=1"), "{error}");
    assert!(received.is_empty());
}

#[test]
fn what_is_wrong_with_it_is_said() {
    for (script, expected) in [
        ("exit 0", "printed nothing"),
        ("echo canary", "printed something else than JSON"),
        ("exit 7", "ended with exit status: 7"),
        ("echo '{\"success\":true}'", "printed no `version`"),
        ("echo '{\"version\":2,\"success\":true}'", "printed `version` 2"),
        (
            "echo '{\"version\":1,\"success\":false,\"code\":\"401\",\"message\":\"no session\"}'",
            "has no token (\"401\": \"no session\")",
        ),
        (
            "echo '{\"version\":1,\"success\":true,\"token_type\":\"urn:ietf:params:oauth:token-type:jwt\"}'",
            "printed no token of its `token_type`",
        ),
        ("sleep 60", "did not end within 5s"),
    ] {
        let (token, received) = token_of(script, ALLOWED);
        let error = token.unwrap_err();
        assert!(error.to_string().contains(expected), "{script}: {error}");
        let cures = [
            "it has to print the JSON of AIP-4117",
            "run it by itself",
            "`credential_source.executable.timeout_millis`",
        ];
        assert!(cures.iter().any(|cure| error.to_string().contains(cure)), "{script}: {error}");
        assert!(!error.to_string().contains("canary") && received.is_empty());
    }
}
