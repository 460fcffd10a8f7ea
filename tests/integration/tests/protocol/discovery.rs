//! Metadata (RFC 8414, OpenID Connect Discovery 1.0): where it is looked for, and what is refused.

mod places;
mod two_documents;

use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::transport::Transport;
use grantkit::{Client, Result};
use serde_json::{Value, json};

use crate::support::{Answer, CALLBACK, ID, SECRET, Scripted, server, verdict};

async fn discover(issuer: &str) -> Result<Client> {
    let transport = Transport::builder().build()?; // The shared one knows the documents of the tests before.
    Client::builder().client_id(ID).client_secret_basic(SECRET).transport(transport).discover(issuer).await
}

/// A document with all that is needed.
fn document(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "response_types_supported": ["code"],
    })
}

/// A server that answers with documents which depend on where it is.
async fn serving(path: &str, answers: impl FnOnce(&str) -> Vec<Answer>) -> (Scripted, String) {
    let server = Scripted::start([]).await;
    let issuer = server.url(path);
    server.now_answer(answers(&issuer));
    (server, issuer)
}

fn not_found() -> Answer {
    Answer::status(404).body("<html>nothing here")
}

#[tokio::test]
async fn one_line_finds_everything() {
    let server = server().await;
    let client = discover(&server.issuer()).await.unwrap();
    assert_eq!(server.counters().discovery, 1);
    client.client_credentials().get_token().await.unwrap();
    assert!(client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).is_ok());
    assert!(client.revocation().is_ok() && client.introspection().is_ok() && client.userinfo().is_ok());
    assert!(client.device_authorization().is_ok());
}

#[tokio::test]
async fn what_the_metadata_does_not_name_is_unsupported() {
    let (server, issuer) = serving("", |issuer| {
        vec![Answer::json(200, &json!({ "issuer": issuer, "token_endpoint": format!("{issuer}/token") }))]
    })
    .await;
    let client = discover(&issuer).await.unwrap();
    let redirect_uri = RedirectUri::new(CALLBACK).unwrap();
    let missing = [
        (client.authorization_code(redirect_uri).map(drop), "authorization_endpoint"),
        (client.device_authorization().map(drop), "device_authorization_endpoint"),
        (client.revocation().map(drop), "revocation_endpoint"),
        (client.introspection().map(drop), "introspection_endpoint"),
        (client.userinfo().map(drop), "userinfo_endpoint"),
    ];
    for (outcome, name) in missing {
        let error = outcome.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains(&format!("`{name}`")), "{error}");
    }
    assert_eq!(server.count(), 1, "nothing more was asked");
}

#[tokio::test]
async fn an_issuer_with_a_slash_at_its_end_is_another_than_without() {
    let (server, issuer) = serving("/", |issuer| {
        let mut with_slash = document(issuer.trim_end_matches('/'));
        with_slash["issuer"] = issuer.into();
        vec![Answer::json(200, &with_slash)]
    })
    .await;
    discover(&issuer).await.unwrap();
    assert_eq!(server.only().path, "/.well-known/openid-configuration", "the slash is not doubled");
    let error = discover(issuer.trim_end_matches('/')).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"]);
}

#[tokio::test]
async fn a_document_of_another_issuer_is_refused() {
    for other in ["https://evil.example", "HTTP://LOCALHOST", ""] {
        let (_server, issuer) = serving("", |issuer| {
            let mut foreign = document(issuer);
            foreign["issuer"] = other.into();
            vec![Answer::json(200, &foreign)]
        })
        .await;
        let error = discover(&issuer).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{other}");
        assert!(error.to_string().contains("character by character"), "{error}");
        assert!(error.to_string().contains(&issuer), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_worth_another_try() {
    let (_server, issuer) = serving("", |_| vec![Answer::status(502)]).await;
    let error = discover(&issuer).await.unwrap_err();
    assert_eq!((verdict(&error), error.status().unwrap().as_u16()), (vec!["retryable"], 502));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, foreign) = serving("", |issuer| vec![Answer::json(200, &document(issuer))]).await;
    for status in [301, 302, 303, 307, 308] {
        let target = format!("{foreign}/.well-known/openid-configuration");
        let (_server, issuer) = serving("", |_| vec![Answer::status(status).header("location", &target)]).await;
        let error = discover(&issuer).await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"]);
        assert!(error.to_string().contains("redirect"), "{error}");
    }
    assert_eq!(elsewhere.count(), 0);
}

#[tokio::test]
async fn endpoints_that_are_not_safe_are_refused() {
    let unsafe_ones = [
        ("token_endpoint", "http://as.example/token", "token endpoint"),
        ("authorization_endpoint", "http://as.example/authorize", "authorization endpoint"),
        ("device_authorization_endpoint", "http://as.example/d", "device authorization endpoint"),
        ("revocation_endpoint", "http://as.example/r", "revocation endpoint"),
        ("introspection_endpoint", "ftp://as.example/i", "introspection endpoint"),
        ("userinfo_endpoint", "https://user:pw@as.example/u", "userinfo endpoint"),
        ("jwks_uri", "http://as.example/jwks", "jwks_uri"),
        ("token_endpoint", "/token", "token endpoint"),
        ("token_endpoint", "javascript:alert(1)", "token endpoint"),
        ("token_endpoint", "https://as.example/token#x", "token endpoint"),
    ];
    for (member, url, named) in unsafe_ones {
        let (server, issuer) = serving("", |issuer| {
            let mut document = document(issuer);
            document[member] = url.into();
            vec![Answer::json(200, &document)]
        })
        .await;
        let error = discover(&issuer).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{member} {url}");
        assert!(error.to_string().contains(named) && error.to_string().contains("metadata"), "{error}");
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn a_document_without_a_token_endpoint_is_of_no_use() {
    for missing in [json!(null), json!(""), json!([])] {
        let (_server, issuer) = serving("", |issuer| {
            let mut document = document(issuer);
            document["token_endpoint"] = missing;
            vec![Answer::json(200, &document)]
        })
        .await;
        let error = discover(&issuer).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration", "unsupported"]);
        assert!(error.to_string().contains("token endpoint"), "{error}");
    }
}

#[tokio::test]
async fn a_server_without_pkce_has_no_login_and_serves_the_other_grants() {
    for methods in [json!(["plain"]), json!([])] {
        let (server, issuer) = serving("", |issuer| {
            let mut document = document(issuer);
            document["code_challenge_methods_supported"] = methods;
            vec![Answer::json(200, &document), Answer::token("t")]
        })
        .await;
        let client = discover(&issuer).await.unwrap();
        let error = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("PKCE"), "{error}");
        client.client_credentials().get_token().await.unwrap();
        assert_eq!(server.count(), 2);
    }
    // A server that does not say may know it all the same.
    let (_server, issuer) = serving("", |issuer| vec![Answer::json(200, &document(issuer))]).await;
    let client = discover(&issuer).await.unwrap();
    assert!(client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).is_ok());
}

#[tokio::test]
async fn a_document_that_is_none_is_an_invalid_response() {
    for body in ["", "<html><body>Welcome</body></html>", "[]", "{}", "{\"issuer\":", "null", "\"issuer\"", "\u{0}"] {
        let (_server, issuer) = serving("", |_| vec![Answer::status(200).body(body)]).await;
        let error = discover(&issuer).await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{body}");
        assert!(error.to_string().contains("/.well-known/openid-configuration"), "{error}");
    }
}

#[tokio::test]
async fn a_document_of_many_megabytes_is_not_read() {
    let (_server, issuer) = serving("", |issuer| {
        let mut document = document(issuer);
        document["padding"] = "x".repeat(600 * 1024).into();
        vec![Answer::json(200, &document)]
    })
    .await;
    let error = discover(&issuer).await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    assert!(error.to_string().contains("larger than"), "{error}");
}

#[tokio::test]
async fn an_issuer_that_is_none_is_refused_before_anything_is_sent() {
    let (server, issuer) = serving("", |issuer| vec![Answer::json(200, &document(issuer))]).await;
    let wrong = [
        "as.example".to_owned(),
        "http://as.example".to_owned(),
        format!("{issuer}?tenant=7"),
        format!("{issuer}#x"),
        issuer.replace("http://", "http://user@"),
        String::new(),
    ];
    for wrong in wrong {
        assert_eq!(verdict(&discover(&wrong).await.unwrap_err()), ["configuration"], "{wrong}");
    }
    let no_id = Client::builder().client_id("").public().discover(&issuer).await.unwrap_err();
    assert!(no_id.is_configuration() && no_id.to_string().contains("client ID"), "{no_id}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn clients_over_one_transport_share_the_document() {
    let (server, issuer) = serving("", |issuer| vec![Answer::json(200, &document(issuer))]).await;
    let transport = Transport::builder().build().unwrap();
    let discover =
        || Client::builder().client_id(ID).client_secret_basic(SECRET).transport(transport.clone()).discover(&issuer);
    let (one, two, three) = tokio::join!(discover(), discover(), discover());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(server.count(), 1);
    let metadata = ServerMetadata::discover(&issuer).transport(transport.clone()).await.unwrap();
    assert_eq!((server.count(), metadata.issuer.as_str()), (1, issuer.as_str()));
    // Another transport has other roots and proxies, and is told something else perhaps.
    ServerMetadata::discover(&issuer).transport(Transport::builder().build().unwrap()).await.unwrap();
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn an_unused_member_of_the_wrong_type_does_no_harm() {
    let (_server, issuer) = serving("", |issuer| {
        let mut document = document(issuer);
        document["scopes_supported"] = json!({ "a": "b" });
        document["require_pushed_authorization_requests"] = Value::Null;
        document["registration_endpoint"] = json!(["x"]);
        document["end_session_endpoint"] = "https://as.example/logout".into();
        vec![Answer::json(200, &document)]
    })
    .await;
    let metadata = ServerMetadata::discover(&issuer).transport(Transport::builder().build().unwrap()).await.unwrap();
    assert_eq!(metadata.end_session_endpoint.as_deref(), Some("https://as.example/logout"));
    assert_eq!((metadata.registration_endpoint.clone(), metadata.scopes_supported.len()), (None, 0));
}

fn oauth_document(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/o/authorize"),
        "token_endpoint": format!("{issuer}/o/token"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "introspection_endpoint": format!("{issuer}/introspect"),
        "registration_endpoint": format!("{issuer}/register"),
        "scopes_supported": ["openid"],
    })
}

#[tokio::test]
async fn a_document_is_found_by_its_own_url() {
    for path in ["/t/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/t"] {
        let (server, issuer) = serving("/t", |issuer| vec![Answer::json(200, &document(issuer))]).await;
        let at = ServerMetadata::discover_at(&server.url(path));
        let builder = Client::builder().client_id(ID).client_secret(SECRET);
        let client = builder.transport(Transport::builder().build().unwrap()).discover(at).await.unwrap();
        assert!(client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).is_ok());
        assert_eq!(server.only().path, path);

        // At another place it may be anyone's.
        let at = |server: &Scripted| {
            ServerMetadata::discover_at(&server.url("/metadata.json")).transport(Transport::builder().build().unwrap())
        };
        let error = at(&server).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"]);
        assert!(error.to_string().contains("danger_accept_issuer"), "{error}");
        assert_eq!(at(&server).danger_accept_issuer(&issuer).await.unwrap().issuer, issuer);
        assert!(at(&server).danger_accept_issuer("https://other.example").await.unwrap_err().is_security());
    }
}

#[tokio::test]
async fn an_issuer_that_differs_is_accepted_by_its_name_and_no_other() {
    let (_server, issuer) = serving("", |_| vec![Answer::json(200, &document("https://named.example"))]).await;
    let discovery = || ServerMetadata::discover(&issuer).transport(Transport::builder().build().unwrap());
    let error = discovery().await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("danger_accept_issuer"), "{error}");
    assert!(discovery().danger_accept_issuer("https://evil.example").await.unwrap_err().is_security());
    let metadata = discovery().danger_accept_issuer("https://named.example").await.unwrap();
    assert_eq!(metadata.issuer, "https://named.example");
}

/// Microsoft's `common` and `organizations`.
#[tokio::test]
async fn the_issuer_of_all_tenants_is_a_template_that_is_named() {
    let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
    let (server, issuer) = serving("/common/v2.0", |issuer| {
        let mut document = document(issuer);
        document["issuer"] = template.into();
        vec![Answer::json(200, &document)]
    })
    .await;
    let discovery = || ServerMetadata::discover(&issuer).transport(Transport::builder().build().unwrap());
    let error = discovery().await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("issuer_template"), "{error}");
    let other = discovery().issuer_template("https://other.example/{tenantid}/v2.0");
    assert!(other.await.unwrap_err().is_security());
    for none in [discovery().issuer_template(&issuer), ServerMetadata::discover(template)] {
        assert!(none.await.unwrap_err().is_configuration());
    }
    let builder = Client::builder().client_id(ID).client_secret(SECRET);
    let client = builder.discover(discovery().issuer_template(template)).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    for (iss, is_accepted) in [
        ("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", true),
        ("https://login.microsoftonline.com/a/b/v2.0", false),
        ("https://evil.example/v2.0", false),
    ] {
        server.now_answer([Answer::token("t")]);
        let (_, pending) = login.start().unwrap();
        let iss: String = form_urlencoded::byte_serialize(iss.as_bytes()).collect();
        let callback = format!("code=c&state={}&iss={iss}", pending.state());
        let outcome = login.finish(pending, callback).await;
        assert_eq!(outcome.is_ok(), is_accepted, "{iss}");
        assert!(outcome.err().is_none_or(|error| error.is_mix_up()), "{iss}");
    }
}

#[tokio::test]
async fn a_document_at_hand_makes_a_client_without_a_request() {
    let json = document("https://as.example").to_string();
    let metadata = ServerMetadata::from_json(&json).unwrap();
    let client = Client::builder().client_id(ID).client_secret(SECRET).build_with_metadata(&metadata).unwrap();
    assert!(client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).is_ok());
    let written = serde_json::to_string(&metadata).unwrap();
    let again: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(again, document("https://as.example"));
    let error = Client::builder().client_id("").public().build_with_metadata(&metadata).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("client ID"), "{error}");
}
