//! Revocation (RFC 7009), introspection (RFC 7662) and userinfo (OpenID Connect Core §5.3).

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::{Client, OAuthToken};
use grantkit_testkit::{AuthorizationServer, Fault, ProtectedApi};
use serde_json::json;

use crate::support::{Answer, CALLBACK, Scripted, all_said, billing, http_client, log_in, server, verdict};

async fn logged_in(server: &AuthorizationServer, scope: &str) -> Login {
    let login = billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope(scope);
    log_in(&login).await.unwrap()
}

#[tokio::test]
async fn a_revoked_access_token_opens_nothing_any_more() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let client = billing(&server);
    let token = client.client_credentials().get_token().await.unwrap();
    client.revocation().access_token(token.access_token()).await.unwrap();
    let request = http_client().get(api.url("/v1/whoami"));
    let response = request.header("authorization", token.authorization_header()).send().await.unwrap();
    assert_eq!(response.status(), 401);
    let request = server.requests().into_iter().find(|request| request.path == "/revoke").unwrap();
    assert_eq!(request.form_value("token_type_hint").as_deref(), Some("access_token"));
    assert!(request.header("authorization").unwrap().starts_with("Basic "));
}

#[tokio::test]
async fn a_revoked_refresh_token_takes_its_login_with_it() {
    let server = server().await;
    let client = billing(&server);
    let done = logged_in(&server, "read").await;
    client.revocation().refresh_token(done.token().refresh_token().unwrap()).await.unwrap();
    assert_eq!(server.counters().revoked_families, 1);
    let introspected = client.introspection().access_token(done.token().access_token().secret()).await.unwrap();
    assert!(!introspected.active);
}

#[tokio::test]
async fn revoking_an_unknown_token_is_no_error() {
    let server = server().await;
    let unknown = OAuthToken::new("unknown").unwrap();
    billing(&server).revocation().access_token(unknown.access_token()).await.unwrap();
    assert_eq!(server.counters().revocations, 1);
}

/// What should be empty (RFC 7009 §2.2) is an error where it is an object that names one, and nothing else.
#[tokio::test]
async fn an_answer_to_a_revocation_is_an_error_where_it_names_one() {
    let bodies = [
        ("\u{feff}{\"error\":\"invalid_client\"}", false),
        (r#"{"error":"unsupported_token_type"}"#, false),
        (r#"{"errors":[{"errorType":"invalid_request"}]}"#, false),
        // It was over before.
        ("\u{feff}{\"error\":\"invalid_token\"}", true),
        (r#"{"error":"invalid_token"}"#, true),
        (r#"{"errors":[{"errorType":"invalid_token"}]}"#, true),
        (r#"["x"]"#, true),
        (r#"{"error":""}"#, true),
        (r#"{"ok":true}"#, true),
        ("OK", true),
        ("", true),
    ];
    for (body, is_revoked) in bodies {
        let server = Scripted::start([Answer::status(200).body(body)]).await;
        let client = Client::builder().client_id("cli").public().token_endpoint(&server.url("/token")).unwrap();
        let client = client.revocation_endpoint(&server.url("/revoke")).unwrap().build();
        let outcome = client.revocation().token("t").await;
        assert_eq!(outcome.is_ok(), is_revoked, "{body}: {outcome:?}");
    }
}

/// Google, of an access token whose refresh token has just been revoked.
#[tokio::test]
async fn a_token_that_is_over_already_fails_no_log_out() {
    let is_over = |status: u16, code: &str| status != 401 && matches!(code, "invalid_token" | "invalid_grant");
    for (status, code) in [
        (400, "invalid_token"),
        (400, "INVALID_TOKEN"),
        (400, "invalid_grant"),
        (401, "invalid_token"),
        (401, "invalid_grant"),
        (401, "invalid_client"),
        (400, "invalid_request"),
        (500, "invalid_token"),
    ] {
        let server = server().await;
        let client = billing(&server);
        let credentials = logged_in(&server, "read").await.credentials(format!("over-{status}-{code}")).await.unwrap();
        server.faults().always("/revoke", Fault::respond(status, json!({ "error": code })));
        let outcome = credentials.log_out(&client.revocation()).await;
        let expected = status < 500 && is_over(status, &code.to_ascii_lowercase());
        assert_eq!(outcome.is_ok(), expected, "{status} {code}: {outcome:?}");
        assert!(credentials.token().await.unwrap_err().needs_login(), "forgotten in any case");
    }
}

#[tokio::test]
async fn a_public_client_revokes_by_its_name() {
    let server = server().await;
    let client = Client::builder()
        .client_id("cli")
        .public()
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .revocation_endpoint(&server.revocation_endpoint())
        .unwrap()
        .build();
    let foreign = billing(&server).client_credentials().get_token().await.unwrap();
    let error = client.revocation().access_token(foreign.access_token()).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"), "the token is another client's");
    assert_eq!(server.requests().last().unwrap().form_value("client_id").as_deref(), Some("cli"));
}

#[tokio::test]
async fn a_token_whose_revocation_failed_is_said_to_be_possibly_good() {
    let server = server().await;
    let client = billing(&server);
    let token = client.client_credentials().get_token().await.unwrap();
    let secret = token.access_token().secret();
    server.faults().always("/revoke", Fault::respond(503, format!("cannot revoke {secret} now")));
    let error = client.revocation().access_token(token.access_token()).await.unwrap_err();
    assert_eq!(verdict(&error), ["retryable"]);
    assert!(error.to_string().contains("revocation endpoint"), "{error}");
    assert!(!all_said(&error).contains(secret), "{error}");
}

#[tokio::test]
async fn introspection_tells_what_a_token_is_worth() {
    let server = server().await;
    let client = billing(&server);
    let token =
        client.client_credentials().scope("a").scope("b").audience("https://api.example").get_token().await.unwrap();
    let said = client.introspection().access_token(token.access_token().secret()).await.unwrap();
    assert!(said.active);
    assert_eq!((said.scope.as_deref(), said.client_id.as_deref()), (Some("a b"), Some("billing")));
    assert_eq!((said.iss, said.sub.as_deref()), (Some(server.issuer()), Some("billing")));
    assert!(said.exp.unwrap() > said.iat.unwrap());
    assert_eq!(said.aud, ["https://api.example"]);

    let unknown = client.introspection().refresh_token("unknown").await.unwrap();
    assert!(!unknown.active && unknown.scope.is_none());
    let hints: Vec<_> = server.requests().iter().filter_map(|request| request.form_value("token_type_hint")).collect();
    assert_eq!(hints, ["access_token", "refresh_token"]);
}

#[tokio::test]
async fn an_introspection_answer_that_does_not_say_active_is_no_answer() {
    let server = server().await;
    let client = billing(&server);
    for body in ["{}", r#"{"active":"true"}"#, r#"{"active":1}"#, "[true]", "true", "", "<html>", r#"{"active":null}"#]
    {
        server.faults().next("/introspect", 1, Fault::respond(200, body));
        let error = client.introspection().access_token("t").await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{body}");
    }
}

#[tokio::test]
async fn an_introspection_answer_is_read_as_servers_write_it() {
    let server = server().await;
    let client = billing(&server);
    let answer = json!({
        "active": true, "scope": ["a", "b"], "exp": "1700000000", "iat": 1_700_000_000.5, "nbf": "soon", "aud": "one",
        "client_id": 7, "sub": null, "cnf": { "jkt": "thumb", "x5t#S256": "print", "other": 1 },
        "authorization_details": { "type": "payment" },
    });
    server.faults().next("/introspect", 1, Fault::respond(200, format!("\u{feff}{answer}")));
    let said = client.introspection().access_token("t").await.unwrap();
    assert_eq!(
        (said.scope.as_deref(), said.exp, said.iat, said.nbf),
        (Some("a b"), Some(1_700_000_000), Some(1_700_000_000), None)
    );
    assert_eq!((said.aud.as_slice(), &said.client_id, &said.sub), (&["one".to_owned()][..], &None, &None));
    let details = said.authorization_details::<std::collections::BTreeMap<String, String>>().unwrap().unwrap();
    assert_eq!(details[0]["type"], "payment");
    let cnf = said.cnf.unwrap();
    assert_eq!((cnf.jkt.as_deref(), cnf.x5t_s256.as_deref(), cnf.further.len()), (Some("thumb"), Some("print"), 1));
    // A bound token is not to be taken for one that is not.
    server.faults().next("/introspect", 1, Fault::respond(200, json!({ "active": true, "cnf": "thumb" })));
    let error = client.introspection().access_token("t").await.unwrap_err();
    assert!(error.is_invalid_response() && error.to_string().contains("`cnf`"), "{error}");
}

#[tokio::test]
async fn a_hint_may_be_left_out_and_parameters_added() {
    let server = server().await;
    let client = billing(&server);
    client.introspection().parameter("tenant", "acme").token("t").await.unwrap();
    client.revocation().parameter("tenant", "acme").token("t").await.unwrap();
    for request in server.requests() {
        let value = |name| request.form_value(name);
        assert_eq!((value("token").as_deref(), value("tenant").as_deref()), (Some("t"), Some("acme")));
        assert_eq!(value("token_type_hint"), None);
    }
    let error = client.revocation().parameter("token", "x").token("t").await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`token`"), "{error}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn introspection_by_a_client_that_may_not_is_a_configuration_error() {
    let server = server().await;
    let client = Client::builder()
        .client_id("cli")
        .public()
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .introspection_endpoint(&server.introspection_endpoint())
        .unwrap()
        .build();
    let error = client.introspection().access_token("t").await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_client"), vec!["configuration"]));
}

#[tokio::test]
async fn userinfo_is_of_the_person_who_logged_in() {
    let server = server().await;
    let done = logged_in(&server, "openid").await;
    let userinfo = billing(&server).userinfo();
    let claims = userinfo.fetch(done.token(), done.claims().unwrap().subject()).await.unwrap();
    assert_eq!(claims.subject(), "alice");
    assert_eq!(claims.get("email"), Some(&json!("alice@example.com")));
    assert_eq!(claims.get("sub"), None, "it has a method of its own");
    let typed: std::collections::HashMap<String, serde_json::Value> = claims.claims().unwrap();
    assert_eq!(typed["name"], "Alice Example");
    let shown = format!("{claims:?}");
    assert!(shown.contains("email") && !shown.contains("alice"), "{shown}");
}

#[tokio::test]
async fn userinfo_of_another_person_is_refused() {
    let server = server().await;
    let done = logged_in(&server, "openid").await;
    for (body, verdict_wanted) in [
        (json!({ "sub": "mallory", "email": "alice@example.com" }), "security"),
        (json!({ "sub": "Alice" }), "security"),
        (json!({ "sub": "" }), "security"),
        (json!({ "email": "alice@example.com" }), "invalid response"),
        (json!({ "sub": null }), "invalid response"),
        (json!({ "sub": 7 }), "invalid response"),
        (json!(["alice"]), "invalid response"),
    ] {
        server.faults().next("/userinfo", 1, Fault::respond(200, body.clone()));
        let error = billing(&server).userinfo().fetch(done.token(), "alice").await.unwrap_err();
        assert_eq!(verdict(&error), [verdict_wanted], "{body}");
        if body["sub"] == "mallory" {
            assert!(error.to_string().contains("its `sub` is \"m…y\", not \"a…e\""), "{error}");
        }
    }
    let any = billing(&server).userinfo().danger_fetch_any_subject(done.token()).await.unwrap();
    assert_eq!(any.subject(), "alice");
}

#[tokio::test]
async fn userinfo_with_a_token_that_is_no_good_says_so_without_the_token() {
    let server = server().await;
    let token = OAuthToken::new("CANARY-no-good").unwrap();
    let error = billing(&server).userinfo().fetch(&token, "alice").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.oauth_code(), Some("invalid_token"));
    server.faults().next("/userinfo", 1, Fault::respond(400, "bad token: CANARY-no-good"));
    let error = billing(&server).userinfo().fetch(&token, "alice").await.unwrap_err();
    assert!(error.to_string().contains("the userinfo endpoint answered 400"), "{error}");
    assert!(!all_said(&error).contains("CANARY"), "{error}");
}
