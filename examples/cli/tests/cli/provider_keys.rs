//! Keys of providers that have the names of a profile's own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use url::form_urlencoded;

use crate::support::{Home, Ran, Scripted};

#[test]
fn keys_named_as_those_of_a_profile_are_the_providers() {
    let home = Home::new();
    for (provider, words) in [
        ("paypal", &["environment=sandbox", "client_id=a"][..]),
        ("github-enterprise", &["api=https://git.acme.dev/api/v3"]),
        ("trakt", &["redirect_uri=http://127.0.0.1:8400/callback"]),
        ("workos", &["provider=authkit"]),
        ("oidc", &["issuer=https://as.example"]),
        ("auth0", &["audience=https://api.acme.dev"]),
    ] {
        home.run(&[&["profiles", "add", provider, "--provider", provider][..], words].concat()).ok();
        let shown = home.run(&["profiles", "show", provider, "--json"]).json();
        let (key, value) = words[0].split_once('=').unwrap();
        assert_eq!(
            (&shown["profile"]["provider"], &shown["profile"]["keys"]),
            (&provider.into(), &json!({ key: value })),
            "{shown}"
        );
    }
    let text = fs::read_to_string(home.profiles()).unwrap();
    assert!(text.contains("[profiles.paypal]\n") && text.contains("[profiles.paypal.keys]\n"), "{text}");
    assert!(home.run(&["profiles", "show", "paypal"]).ok().contains("environment=sandbox"));
    home.run(&["profiles", "set", "paypal", "environment="]).ok();
    assert_eq!(home.run(&["profiles", "show", "paypal", "--json"]).json()["profile"].get("keys"), None);
    home.run(&["profiles", "remove", "paypal"]).ok();
    // A key of the provider among those of the profile is not passed over.
    fs::write(home.profiles(), "[profiles.x]\nprovider = \"auth0\"\nclient_id = \"a\"\ntenant = \"acme\"\n").unwrap();
    home.run(&["token"]).failed(4, &["`[profiles.x.keys]`", "next: grantkit profiles set x tenant="]);
    let of_logins =
        "[profiles.x]\nprovider = \"auth0\"\nclient_id = \"a\"\ngrant = \"client_credentials\"\naudience = \"b\"\n";
    fs::write(home.profiles(), of_logins).unwrap();
    home.run(&["token"]).failed(4, &["is for logins", "next: grantkit providers auth0"]);
}

/// By two ways: of a provider with code of its own, and of one that has its issuer as a key.
#[test]
fn the_audience_is_sent_for_a_clients_own_tokens() {
    for provider in ["auth0", "oidc"] {
        let server = Scripted::start(&json!({}));
        let home = Home::new();
        let place = if provider == "auth0" { "tenant" } else { "issuer" };
        let words = [format!("{place}={}", server.issuer), "audience=https://api.acme.dev".to_owned()];
        let add = ["profiles", "add", "job", "--provider", provider, "--grant", "client_credentials", "client_id=a"];
        home.run_with_input(&[&add[..], &["--client-secret", &words[0], &words[1]]].concat(), "s3cret").ok();
        assert_eq!(home.run(&["token"]).ok(), "a-token\n");
        let requests = server.token_requests();
        let has = |name: &str, value: &str| match serde_json::from_str::<Value>(&requests[0]) {
            Ok(body) => body[name] == value,
            Err(_) => {
                form_urlencoded::parse(requests[0].as_bytes()).any(|(known, sent)| known == name && sent == value)
            }
        };
        assert!(has("grant_type", "client_credentials") && has("audience", "https://api.acme.dev"), "{requests:?}");
    }
}

/// What `serve` says to type next is typed.
#[test]
fn a_served_provider_is_added_by_the_line_that_is_shown() {
    for provider in ["paypal", "auth0", "trakt", "workos", "github-enterprise"] {
        let home = Home::new();
        let mut child = Command::new(env!("CARGO_BIN_EXE_grantkit"))
            .args(["serve", "--provider", provider])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let next = lines.find_map(|line| line.strip_prefix("next: ").map(str::to_owned)).expect("a next line");
        let mut shell = Command::new("sh");
        home.environment(&mut shell);
        let line = next.replacen("grantkit", env!("CARGO_BIN_EXE_grantkit"), 1);
        shell.args(["-c", &line]);
        Ran::of(shell, "").ok();
        child.kill().unwrap();
        child.wait().unwrap();
        let shown = home.run(&["profiles", "show", "test", "--json"]).json();
        assert_eq!(shown["profile"]["provider"], provider, "{next}");
        assert_eq!(home.run(&["providers", provider, "--json"]).json()["name"], provider);
        for (key, value) in next.split_whitespace().filter_map(|word| word.split_once('=')) {
            let profile = &shown["profile"];
            let kept = if key == "client_id" { &profile[key] } else { &profile["keys"][key] };
            assert_eq!(kept, value.trim_matches('\''), "{next}\n{shown}");
        }
    }
}

#[test]
fn a_provider_without_a_login_needs_none() {
    let home = Home::new();
    let said = home.run(&["profiles", "add", "cloud", "--provider", "hetzner"]);
    assert!(said.err.contains("next: grantkit token cloud"), "{said:?}");
    assert_eq!(home.run(&["profiles", "show", "cloud", "--json"]).json()["profile"]["grant"], "client_credentials");
    let said = home.run(&["profiles", "add", "code", "--provider", "github", "client_id=a"]);
    assert!(said.err.contains("next: grantkit login code"), "{said:?}");
}
