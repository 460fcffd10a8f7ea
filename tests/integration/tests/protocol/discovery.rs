//! Metadata (RFC 8414, OpenID Connect Discovery 1.0): where it is looked for, and what is refused.

use grantkit::{Client, Discovered, RedirectUri, Result, ServerMetadata, Transport};
use serde_json::{Value, json};

use crate::support::{Answer, CALLBACK, ID, SECRET, Scripted, server, verdict};

async fn discover(issuer: &str) -> Result<Client<Discovered>> {
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
    let device = client.device_authorization().unwrap_err();
    assert_eq!(verdict(&device), ["configuration", "unsupported"]);
    assert!(device.to_string().contains("`device_authorization_endpoint`"), "{device}");
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
async fn the_openid_document_is_asked_for_first_and_with_the_issuers_path_in_front() {
    let (server, issuer) = serving("/tenants/7", |issuer| vec![Answer::json(200, &document(issuer))]).await;
    discover(&issuer).await.unwrap();
    let asked = server.only();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/tenants/7/.well-known/openid-configuration"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("authorization"), None);
}

#[tokio::test]
async fn where_there_is_none_the_oauth_document_is_asked_for_with_the_path_behind() {
    for status in [404, 405, 410] {
        let (server, issuer) =
            serving("/tenants/7", |issuer| vec![Answer::status(status), Answer::json(200, &document(issuer))]).await;
        discover(&issuer).await.unwrap();
        let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
        let expected =
            ["/tenants/7/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/tenants/7"];
        assert_eq!(paths, expected);
    }
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
async fn no_document_anywhere_asks_whether_the_issuer_is_right() {
    let (server, issuer) = serving("", |_| vec![not_found()]).await;
    let error = discover(&issuer).await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    assert_eq!(error.status().unwrap(), 404);
    assert!(error.to_string().contains("is the issuer right?"), "{error}");
    assert_eq!(server.count(), 2);
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
        ("token_endpoint", "", "token endpoint"),
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
    for missing in [json!(null), Value::Null] {
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
async fn a_server_without_pkce_logs_nobody_in_and_still_serves_the_other_grants() {
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
async fn the_third_place_is_the_openid_document_with_the_path_behind() {
    // RFC 8414 §5.
    let (server, issuer) =
        serving("/tenants/7", |issuer| vec![not_found(), not_found(), Answer::json(200, &document(issuer))]).await;
    discover(&issuer).await.unwrap();
    let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths[2], "/.well-known/openid-configuration/tenants/7");
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
    let metadata = ServerMetadata::discover_over(&issuer, &transport).await.unwrap();
    assert_eq!((server.count(), metadata.issuer.as_str()), (1, issuer.as_str()));
    // Another transport has other roots and proxies, and is told something else perhaps.
    ServerMetadata::discover_over(&issuer, &Transport::builder().build().unwrap()).await.unwrap();
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_member_of_the_wrong_type_that_nobody_asked_for_does_no_harm() {
    let (_server, issuer) = serving("", |issuer| {
        let mut document = document(issuer);
        document["scopes_supported"] = "a b".into();
        document["require_pushed_authorization_requests"] = Value::Null;
        document["registration_endpoint"] = json!(["x"]);
        document["end_session_endpoint"] = "https://as.example/logout".into();
        vec![Answer::json(200, &document)]
    })
    .await;
    let metadata = ServerMetadata::discover_over(&issuer, &Transport::builder().build().unwrap()).await.unwrap();
    assert_eq!(metadata.end_session_endpoint.as_deref(), Some("https://as.example/logout"));
    assert_eq!((metadata.registration_endpoint.clone(), metadata.scopes_supported.len()), (None, 0));
}
