use std::fs;

use crate::support::{Home, Server};

#[test]
fn a_wrong_command_line_is_exit_code_2_and_says_what_is_right() {
    let home = Home::new();
    for (arguments, said) in [
        (&["logn"][..], "login"),
        (&["login", "--device", "--no-browser"], "cannot be used with"),
        (&["call"], "<URL>"),
        (&["call", "x", "-H", "no colon"], "a header is `Name: value`"),
        (&["call", "x", "-d", "a", "--json", "b"], "cannot be used with"),
        (&["call", "http://[::1"], "is not a valid URL"),
        (&["profiles", "add", "x"], "--issuer"),
        (&["profiles", "add", "a b", "--provider", "github"], "no name of a profile"),
        (&["profiles", "add", "x", "--provider", "github", "tenant=a"], "grantkit providers github"),
        (&["profiles", "add", "x", "--provider", "github", "offline_access=perhaps"], "true or false"),
        (&["token", "--as", "cargo"], "possible values: git, docker, kubectl, npm"),
        (&["token", "--as", "git"], "get, store or erase"),
        (&["serve", "--fault", "/token=7"], "a status from 400 to 599"),
        (&["serve", "--provider", "no-such"], "cannot be played"),
        (&["completions", "tcsh"], "possible values"),
    ] {
        let ran = home.run(arguments);
        ran.failed(2, &[said]);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

#[test]
fn a_wrong_command_line_is_told_in_json_where_json_is_wanted() {
    let home = Home::new();
    for (arguments, said, next) in [
        (&["logn", "--json"][..], "'logn'", "grantkit help"),
        (&["--json"], "", "grantkit help"),
        (&["login", "--json", "--device", "--no-browser"], "cannot be used with", "grantkit help login"),
        (&["call", "--json-errors"], "<URL>", "grantkit help call"),
        (&["profiles", "add", "x", "--json"], "--issuer", "grantkit help profiles"),
        (&["profiles", "add", "a b", "--provider", "github", "--json"], "no name of a profile", ""),
    ] {
        let error = home.run(arguments).error(2);
        assert_eq!((&error["error"], &error["exit_code"]), (&"usage".into(), &2.into()), "{error}");
        assert!(error["message"].as_str().unwrap().contains(said), "{error}");
        assert!(next.is_empty() || error["next"] == next, "{error}");
    }
    assert!(home.run(&["login", "--help", "--json"]).ok().contains("Usage:"));
}

#[test]
fn a_wrong_profile_is_exit_code_4_and_says_what_to_type_next() {
    let home = Home::new();
    home.run(&["token"]).failed(4, &["no profile yet", "next: grantkit profiles add work"]);
    home.run(&["profiles", "add", "x", "--provider", "githup"]).failed(4, &["githup", "next: grantkit providers"]);
    let file = home.profiles();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    for (text, said) in [
        ("[profiles.x]\nclient_id = ", "is not a file of profiles"),
        ("profile = 1", "profile"),
        ("[profiles.x]\nclient_id = \"a\"", "either `issuer` or `provider`"),
        ("[profiles.x]\nissuer = \"https://as.example\"", "no `client_id`"),
        ("[profiles.x]\nissuer = \"https://as.example\"\nclient_id = \"a\"\nscope = \"b\"", "`scope`"),
        (
            "[profiles.x]\nissuer = \"https://as.example\"\nclient_id = \"a\"\nclient_secret = \"hidden\"",
            "profiles secret x",
        ),
        ("[profiles.x]\nprovider = \"github\"\nclient_id = \"a\"\nclient_secret = \"hidden\"", "profiles secret x"),
        ("[profiles.x]\nprovider = \"github\"", "client_id"),
        ("[profiles.x]\nissuer = \"http://as.example\"\nclient_id = \"a\"", "https"),
    ] {
        fs::write(&file, text).unwrap();
        let ran = home.run(&["token"]);
        ran.failed(4, &[said, "next: "]);
        assert!(!ran.err.contains("hidden"), "{ran:?}");
    }
    home.run(&["token", "y"]).failed(4, &["no profile \"y\"", "there are: x"]);
}

#[test]
fn an_api_has_to_be_known() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    home.run(&["profiles", "set", "test", "api="]).ok();
    home.run(&["call", "whoami"]).failed(4, &["no `api`", "next: grantkit profiles set test api="]);
}

#[test]
fn completions_and_manual_are_sound() {
    let home = Home::new();
    let script = home.run(&["completions", "bash"]).ok();
    let mut bash = std::process::Command::new("bash");
    bash.arg("-n");
    crate::support::Ran::of(bash, &script).ok();
    for shell in ["fish", "zsh", "powershell", "elvish"] {
        assert!(home.run(&["completions", shell]).ok().contains("whoami"), "{shell}");
    }
    let page = home.run(&["man"]).ok();
    assert!(page.contains(".TH grantkit 1") && page.contains("a login is needed"), "{page}");
    home.run(&["man", "--folder", home.path().to_str().unwrap()]).ok();
    assert!(fs::read_to_string(home.path().join("grantkit-login.1")).unwrap().contains("device"));
    home.run(&["man", "--folder", "/no/such/folder"]).failed(1, &["next: mkdir -p /no/such/folder"]);
}

/// `head` goes away: that is no error.
#[test]
fn a_closed_pipe_is_no_error() {
    let home = Home::new();
    let mut child = home.command(&["providers"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{output:?}");
}
