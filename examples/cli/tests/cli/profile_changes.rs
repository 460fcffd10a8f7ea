//! Changes of the file of profiles by copies of the program that run at once.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Home, Server};

fn names(home: &Home) -> Vec<String> {
    let profiles = home.run(&["profiles", "--json"]).json();
    profiles["profiles"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn eight_copies_that_change_the_file_at_once_lose_nothing() {
    let home = Home::new();
    let wanted: Vec<_> = (0..8).map(|number| format!("p{number}")).collect();
    for arguments in [&["--offline"][..], &["--offline", "--replace", "username=me"]] {
        let copies: Vec<Child> = wanted
            .iter()
            .map(|name| {
                let add = ["profiles", "add", name, "--issuer", "https://as.example", "--client-id", "a"];
                home.command(&[&add[..], arguments].concat()).spawn().unwrap()
            })
            .collect();
        for copy in copies {
            let output = copy.wait_with_output().unwrap();
            assert!(output.status.success(), "{output:?}");
        }
        assert_eq!(names(&home), wanted);
    }
    let shown = home.run(&["profiles", "show", "p7", "--json"]).json();
    assert_eq!(shown["profile"]["username"], "me");
}

/// One copy has looked at the file and asked the server, and waits for the person while another adds a profile.
#[test]
fn a_change_is_made_in_the_file_as_it_is_then() {
    let server = Server::start(&[]);
    let home = Home::new();
    let add = ["profiles", "add", "slow", "--issuer", &server.issuer, "--client-id", "a", "--client-secret"];
    let mut slow = home.command(&add).stdin(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while server.count("/.well-known/openid-configuration", None) == 0
        && server.count("/.well-known/oauth-authorization-server", None) == 0
    {
        assert!(Instant::now() < end, "the server is not asked");
    }
    for name in ["quick", "slow"] {
        home.run(&["profiles", "add", name, "--issuer", "https://as.example", "--client-id", "a", "--offline"]).ok();
    }
    home.run(&["profiles", "remove", "slow"]).ok();
    slow.stdin.take().unwrap().write_all(b"s3cret").unwrap();
    let output = slow.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(names(&home), ["quick", "slow"]);
}

/// As people have it who keep the files of their home in a repository.
#[test]
fn a_link_stays_one_and_the_file_keeps_its_mode() {
    let home = Home::new();
    let (link, file) = (home.profiles(), home.path().join("dotfiles/profiles.toml"));
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    symlink("../../dotfiles/profiles.toml", &link).unwrap();
    let add = |name: &str| {
        home.run(&["profiles", "add", name, "--issuer", "https://as.example", "--client-id", "a", "--offline"]).ok();
        assert!(link.is_symlink());
        assert!(fs::read_to_string(&file).unwrap().contains(&format!("[profiles.{name}]")));
    };
    add("first");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    add("second");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_was_for_one_server_is_not_sent_to_the_next() {
    let home = Home::new();
    let add = [
        "profiles",
        "add",
        "job",
        "--offline",
        "--issuer",
        "https://one.example",
        "--client-id",
        "a",
        "--grant",
        "jwt_bearer",
    ];
    home.run(&[&add[..], &["assertion_file=/a/token"]].concat()).ok();
    let kept = home.run(&["profiles", "set", "job", "scopes=read"]);
    assert!(!kept.err.contains("assertion_file"), "{kept:?}");
    let moved = home.run(&["profiles", "set", "job", "issuer=https://two.example"]);
    assert!(moved.err.contains("`assertion_file` was for the server before"), "{moved:?}");
    let shown = home.run(&["profiles", "show", "job", "--json"]).json().to_string();
    assert!(shown.contains("https://two.example") && !shown.contains("/a/token"), "{shown}");
    home.run(&["profiles", "set", "job", "issuer=https://three.example", "assertion_file=/a/token"]).ok();
    assert!(home.run(&["profiles", "show", "job", "--json"]).out.contains("/a/token"));
}
