use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Home, Server};

#[test]
fn comments_and_other_profiles_survive_a_change() {
    let home = Home::new();
    let file = home.profiles();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = "# mine\ndefault = \"one\"\n\n# the first\n[profiles.one]\nissuer = \"https://as.example\" # staging\nclient_id = \"a\"\n";
    fs::write(&file, text).unwrap();
    home.run(&["profiles", "add", "two", "--provider", "github", "client_id=b", "offline_access=false"]).ok();
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.starts_with(text), "{written}");
    let profiles = home.run(&["profiles", "--json"]).json();
    assert_eq!(profiles["profiles"]["two"]["keys"]["offline_access"], false);
    assert_eq!((&profiles["default"], &profiles["profiles"]["one"]["client_id"]), (&"one".into(), &"a".into()));

    home.run(&["profiles", "set", "two", "offline_access=", "scopes=repo"]).ok();
    let two = &home.run(&["profiles", "--json"]).json()["profiles"]["two"];
    assert_eq!((two.get("keys"), &two["scopes"][0]), (None, &"repo".into()));
    home.run(&["profiles", "remove", "two"]).ok();
    assert_eq!(fs::read_to_string(&file).unwrap().trim_end(), text.trim_end());
}

#[test]
fn another_file_may_be_named() {
    let home = Home::new();
    let file = home.path().join("elsewhere.toml");
    let add = ["profiles", "add", "one", "--issuer", "https://as.example", "--client-id", "a", "--offline"];
    let mut command = home.command(&add);
    command.env("GRANTKIT_CONFIG", &file);
    crate::support::Ran::of(command, "").ok();
    assert!(fs::read_to_string(&file).unwrap().contains("[profiles.one]"));
    assert!(!home.profiles().exists());
}

#[test]
fn a_removed_profile_leaves_neither_login_nor_secret() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    home.run_with_input(&["profiles", "secret", "test"], "s3cret").ok();
    home.run(&["profiles", "remove", "test"]).ok();
    let add = ["profiles", "add", "test", "--issuer", &server.issuer, "--client-id", "cli"];
    home.run(&add).ok();
    assert_eq!(home.run(&["profiles", "show", "--json"]).json()["secrets"], serde_json::json!([]));
    home.run(&["token"]).failed(3, &[]);
    home.run(&add).failed(4, &["already", "--replace"]);
}

#[test]
fn the_key_file_is_for_its_owner_alone() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let key = home.profiles().with_file_name("token-key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    home.run(&["token"]).failed(6, &["token-key"]);
}

#[test]
fn a_secret_of_one_server_is_not_sent_to_another() {
    let home = Home::new();
    let add = |issuer: &str| {
        ["profiles", "add", "test", "--offline", "--replace", "--client-id", "a", "--issuer", issuer].map(str::to_owned)
    };
    let run = |arguments: &[String]| home.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).ok();
    let secrets = || home.run(&["profiles", "show", "--json"]).json()["secrets"].clone();

    run(&add("https://one.example"));
    home.run_with_input(&["profiles", "secret", "test"], "s3cret").ok();
    home.run(&["profiles", "set", "test", "scopes=read"]).ok();
    assert_eq!(secrets(), serde_json::json!(["client_secret"]));
    home.run(&["profiles", "set", "test", "issuer=https://two.example"]).ok();
    assert_eq!(secrets(), serde_json::json!([]));

    home.run_with_input(&["profiles", "secret", "test"], "s3cret").ok();
    run(&add("https://three.example"));
    assert_eq!(secrets(), serde_json::json!([]));
}

#[test]
fn a_broken_file_is_not_quoted() {
    let home = Home::new();
    let file = home.profiles();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "[profiles.one]\nissuer = \"https://as.example\"\nclient_secret = \"s3cret-canary\n").unwrap();
    let failed = home.run(&["profiles"]);
    assert!(!format!("{failed:?}").contains("s3cret-canary"), "{failed:?}");
    failed.failed(4, &["line 3"]);
}
