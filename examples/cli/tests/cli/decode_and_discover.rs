use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use grantkit_testkit::AuthorizationServer;
use serde_json::{Value, json};

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

    // Another key's signature, and none at all.
    let (head, signature) = jwt.trim().rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{head}.{other}{}", signature.get(1..).unwrap());
    let refused = decode(&forged, &[]);
    refused.failed(6, &["its signature is wrong"]);
    assert!(refused.out.starts_with("NOT VERIFIED\n") && refused.out.contains("alice"), "{refused:?}");
    let (_, claims) = head.split_once('.').unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{claims}.");
    decode(&unsigned, &[]).failed(6, &["not signed"]);

    let unasked = decode(&forged, &["--no-verify", "--json"]).json();
    assert_eq!((&unasked["verified"], &unasked["reason"]), (&false.into(), &Value::Null));
    decode("opaque-token", &[]).failed(2, &["three parts", "next: grantkit introspect"]);
    drop(server);
    let unreachable = decode(&jwt, &[]);
    unreachable.failed(5, &["keys cannot be fetched", "--no-verify"]);
    assert!(unreachable.out.starts_with("NOT VERIFIED\n"), "{unreachable:?}");
}

/// Unsigned, so that any program can write it.
fn unsigned(header: &str, claims: &str) -> String {
    format!("{}.{}.AAAA", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(claims))
}

/// By a server of this process, which goes on until the tests end; and its issuer.
fn signed(claims: Value) -> (String, String) {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = AuthorizationServer::builder().start().await.unwrap();
            let mut claims = claims;
            claims["iss"] = server.issuer().into();
            send.send((server.sign_jwt(&claims).unwrap(), server.issuer())).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receive.recv().unwrap()
}

#[test]
fn what_is_over_or_has_no_end_that_can_be_read_is_not_verified() {
    let home = Home::new();
    for (times, said) in [
        (json!({ "exp": 1_700_000_000.5 }), "has expired"),
        (json!({ "exp": "1700000000" }), "has expired"),
        (json!({ "exp": [] }), "`exp`) is no time"),
        (json!({ "nbf": 9_999_999_999.5 }), "not valid yet"),
        (json!({ "nbf": "soon" }), "`nbf`) is no time"),
    ] {
        let (jwt, issuer) = signed(times);
        let refused = home.run_with_input(&["decode", "-", "--issuer", &issuer], &jwt);
        refused.failed(6, &[said, "next: grantkit decode --no-verify"]);
        assert!(refused.out.starts_with("NOT VERIFIED\n"), "{refused:?}");
    }
    let (jwt, issuer) = signed(json!({ "exp": 9_999_999_999.5, "nbf": 1.5 }));
    let valid = home.run_with_input(&["decode", "-", "--issuer", &issuer], &jwt).ok();
    assert!(valid.starts_with("VERIFIED") && valid.contains("expires 2286-"), "{valid}");
}

/// A token can name any issuer: it does not make this machine send requests into its own network (SSRF).
#[test]
fn an_issuer_that_only_the_token_names_is_not_asked_on_this_machine() {
    let home = Home::new();
    let inside = TcpListener::bind("127.0.0.1:0").unwrap();
    inside.set_nonblocking(true).unwrap();
    let port = inside.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost", "[::1]", "127.1"] {
        let issuer = format!("http://{host}:{port}");
        let jwt = unsigned(r#"{"alg":"ES256"}"#, &format!(r#"{{"iss":"{issuer}"}}"#));
        let refused = home.run_with_input(&["decode", "-"], &jwt);
        refused.failed(6, &["only the token names the issuer", "next: grantkit decode <jwt> --issuer "]);
        assert!(refused.out.starts_with("NOT VERIFIED\n"), "{refused:?}");
        let json = home.run_with_input(&["decode", "-", "--json"], &jwt);
        let shown: Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!((json.code, &shown["verified"]), (6, &false.into()), "{shown}");
    }
    for issuer in ["https://169.254.169.254", "https://10.0.0.1", "https://192.168.1.1:8443/realms/a"] {
        let jwt = unsigned(r#"{"alg":"ES256"}"#, &format!(r#"{{"iss":"{issuer}"}}"#));
        home.run_with_input(&["decode", "-"], &jwt)
            .failed(6, &[&format!("--issuer {issuer}, if that is"), "server-side request forgery"]);
    }
    assert!(inside.accept().is_err(), "no connection was made");

    // Of a profile, or by the person's word, it is asked.
    let (jwt, issuer) = signed(json!({ "exp": 9_999_999_999_u64 }));
    home.run_with_input(&["decode", "-"], &jwt).failed(6, &["only the token names"]);
    home.run_with_input(&["decode", "-", "--issuer", &issuer], &jwt).ok();
    home.run(&["profiles", "add", "test", "--issuer", &issuer, "--client-id", "cli", "--offline"]).ok();
    assert!(home.run_with_input(&["decode", "-"], &jwt).ok().starts_with("VERIFIED"));
}

#[test]
fn extensions_that_have_to_be_understood_are_not_verified() {
    let jwt = unsigned(r#"{"alg":"ES256","crit":["b64"]}"#, r#"{"iss":"https://as.example"}"#);
    Home::new().run_with_input(&["decode", "-"], &jwt).failed(6, &["have to be understood: [\"b64\"]"]);
}

/// What a terminal would obey, or what would turn the line around.
#[test]
fn claims_do_nothing_to_the_terminal() {
    let jwt = unsigned(r#"{"alg":"none"}"#, "{\"name\":\"\u{9b}2J\u{202e}ecilA\"}");
    let shown = Home::new().run_with_input(&["decode", "-", "--no-verify"], &jwt).ok();
    assert!(shown.contains(r#""name": "\u009b2J\u202eecilA""#), "{shown}");
}

#[test]
fn an_issuer_and_an_api_say_what_they_can() {
    let server = Server::start(&[]);
    let home = Home::new();
    let found = home.run(&["discover", &server.issuer, "--json"]).json();
    assert_eq!((&found["issuer"], &found["api"]), (&server.issuer.as_str().into(), &Value::Null));
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
    home.run(&["discover", "no url"]).failed(4, &["next: grantkit discover https://"]);
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
    assert_eq!(github["login_scopes"], json!(["read:user", "user:email"]));
    let secret = github["keys"].as_array().unwrap().iter().find(|key| key["name"] == "client_secret").unwrap();
    assert_eq!((&secret["secret"], &secret["required"]), (&true.into(), &true.into()));
    assert_eq!(secret["variable"], "GITHUB_CLIENT_SECRET");
    // As on its page: a variable's name begins with no digit.
    let school = home.run(&["providers", "42", "--json"]).json();
    assert_eq!(school["keys"][0]["variable"], "SERVICE_42_CLIENT_ID");
    let any = home.run(&["providers", "oidc", "--json"]).json();
    assert_eq!(any["title"], "any OpenID provider");
    let shown = home.run(&["providers", "github"]);
    assert!(shown.err.contains("next: grantkit profiles add <name> --provider github client_id=.."), "{shown:?}");
    assert!(shown.out.contains("GITHUB_CLIENT_ID"), "{shown:?}");
    home.run(&["providers", "no-such-service"]).failed(1, &["next: grantkit discover"]);
}
