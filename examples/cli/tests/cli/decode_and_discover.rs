use serde_json::json;

use crate::support::{Home, Server};

#[test]
fn a_jwt_is_verified_with_its_issuers_keys_or_marked() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let jwt = home.run(&["token", "--id-token"]).ok();
    let decode = |jwt: &str, arguments: &[&str]| home.run_with_input(&[&["decode", "-"], arguments].concat(), jwt);

    let verified = decode(&jwt, &["--json"]).json();
    assert_eq!((&verified["verified"], &verified["claims"]["sub"]), (&true.into(), &"alice".into()));
    assert_eq!(verified["header"]["alg"], "ES256");
    let text = decode(&jwt, &["--issuer", &server.issuer]).ok();
    assert!(text.starts_with(&format!("VERIFIED: signed by {}", server.issuer)) && text.contains("expires"), "{text}");
    decode(&jwt, &["--issuer", "https://login.acme.dev"]).failed(6, &["not of https://login.acme.dev"]);

    // A signature of somebody else, and none at all.
    let (head, signature) = jwt.trim().rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{head}.{other}{}", signature.get(1..).unwrap());
    let refused = decode(&forged, &[]);
    refused.failed(6, &["the signature is not of"]);
    assert!(refused.out.starts_with("NOT VERIFIED\n") && refused.out.contains("alice"), "{refused:?}");
    let (_, claims) = head.split_once('.').unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{claims}.");
    decode(&unsigned, &[]).failed(6, &["not signed"]);

    let unasked = decode(&forged, &["--no-verify", "--json"]).json();
    assert_eq!((&unasked["verified"], &unasked["reason"]), (&false.into(), &serde_json::Value::Null));
    decode("opaque-token", &[]).failed(2, &["three parts", "next: grantkit introspect"]);
    drop(server);
    let unreachable = decode(&jwt, &[]);
    unreachable.failed(5, &["keys cannot be fetched", "--no-verify"]);
    assert!(unreachable.out.starts_with("NOT VERIFIED\n"), "{unreachable:?}");
}

#[test]
fn an_issuer_and_an_api_say_what_they_can() {
    let server = Server::start(&[]);
    let home = Home::new();
    let found = home.run(&["discover", &server.issuer, "--json"]).json();
    assert_eq!((&found["issuer"], &found["api"]), (&server.issuer.as_str().into(), &serde_json::Value::Null));
    assert_eq!(found["features"]["PKCE"], json!({ "supported": true, "detail": "S256" }));
    assert_eq!(found["features"]["signed requests (JAR)"]["supported"], false);
    assert!(found["advice"].to_string().contains("--dpop"), "{found}");
    let of_api = home.run(&["discover", &server.api, "--json"]).json();
    assert_eq!((&of_api["issuer"], of_api["api"].is_string()), (&found["issuer"], true));
    let shown = home.run(&["discover", &server.api]);
    assert!(
        shown.err.contains(&format!("--issuer {} --client-id .. --api {}", server.issuer, server.api)),
        "{shown:?}"
    );
    drop(server);
    home.run(&["discover", found["issuer"].as_str().unwrap()]).failed(5, &[]);
    home.run(&["discover", "no url"]).failed(4, &[]);
}

#[test]
fn providers_show_their_keys_and_where_they_come_from() {
    let home = Home::new();
    let all = home.run(&["providers", "--json"]).json();
    assert!(all.as_array().unwrap().len() > 100);
    let lines = home.run(&["providers", "git"]).ok();
    assert!(lines.lines().any(|line| line.starts_with("github\tGitHub\t")), "{lines}");
    assert!(lines.lines().count() < 20 && !lines.contains("auth0"), "{lines}");
    let github = home.run(&["providers", "github", "--json"]).json();
    assert_eq!(github["registration_url"], "https://github.com/settings/developers");
    let secret = github["keys"].as_array().unwrap().iter().find(|key| key["name"] == "client_secret").unwrap();
    assert_eq!((&secret["secret"], &secret["required"]), (&true.into(), &true.into()));
    let shown = home.run(&["providers", "github"]);
    assert!(shown.err.contains("next: grantkit profiles add <name> --provider github client_id=.."), "{shown:?}");
    home.run(&["providers", "no-such-service"]).failed(1, &["next: grantkit discover"]);
}
