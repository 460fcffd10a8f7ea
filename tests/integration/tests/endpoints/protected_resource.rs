//! From a bare API URL to a client (RFC 9728).

use grantkit::Client;
use grantkit::discovery::{ProtectedResource, ResourceDiscovery};
use grantkit::error::Challenge;
use grantkit::transport::Transport;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, server, verdict};

/// RFC 9728 §3.2, of this resource.
fn document(resource: &str) -> Value {
    json!({
        "resource": resource,
        "authorization_servers": ["https://as1.example.com", "https://as2.example.net"],
        "bearer_methods_supported": ["header", "body"],
        "scopes_supported": ["profile", "email", "phone"],
        "resource_documentation": "https://resource.example.com/resource_documentation.html",
    })
}

fn found(resource: &str) -> Answer {
    Answer::json(200, &document(resource))
}

/// RFC 9728 §5.1.
fn challenged(metadata: &str, further: &str) -> Answer {
    Answer::status(401).header("www-authenticate", &format!(r#"Bearer resource_metadata="{metadata}"{further}"#))
}

fn at(url: &str) -> ResourceDiscovery {
    ProtectedResource::discover(url).transport(Transport::builder().build().unwrap())
}

/// An API at the path, and the paths at which it was asked.
async fn api(path: &str, answers: impl FnOnce(&str, &dyn Fn(&str) -> String) -> Vec<Answer>) -> (Scripted, String) {
    let server = Scripted::start([]).await;
    let url = server.url(path);
    server.now_answer(answers(&url, &|path| server.url(path)));
    (server, url)
}

fn paths(server: &Scripted) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

#[tokio::test]
async fn the_challenge_leads_to_the_metadata() {
    let (server, url) = api("/mcp?tenant=7", |url, at| {
        vec![challenged(&at("/anywhere/metadata"), r#", scope="files:read files:write""#), found(url)]
    })
    .await;
    let resource = at(&url).await.unwrap();
    assert_eq!((resource.resource(), resource.issuer().unwrap()), (url.as_str(), "https://as1.example.com"));
    assert_eq!(resource.issuers().len(), 2);
    assert_eq!(resource.scopes(), ["files:read", "files:write"], "what the challenge asks for, and no more");
    assert_eq!(resource.metadata().bearer_methods_supported.as_deref().unwrap(), ["header", "body"]);
    assert_eq!(paths(&server), ["/mcp?tenant=7", "/anywhere/metadata"]);
    let asked = server.asked();
    assert!(asked.iter().all(|asked| asked.method == "GET" && asked.header("authorization").is_none()));
}

#[tokio::test]
async fn without_a_challenge_the_well_known_location_is_asked() {
    for answer in [Answer::status(401), Answer::status(200), Answer::status(404), Answer::status(302)] {
        let (server, url) = api("/resource1", |url, _| vec![answer.header("location", "/login"), found(url)]).await;
        let resource = at(&url).await.unwrap();
        assert_eq!(resource.scopes(), ["profile", "email", "phone"]);
        assert_eq!(paths(&server), ["/resource1", "/.well-known/oauth-protected-resource/resource1"]);
    }
}

#[tokio::test]
async fn a_challenge_that_is_there_already_is_not_asked_for_again() {
    let (server, url) = api("/v1", |url, _| vec![found(url)]).await;
    let mut headers = HeaderMap::new();
    let challenge = format!(r#"Bearer resource_metadata="{}""#, server.url("/m"));
    headers.insert("www-authenticate", HeaderValue::from_str(&challenge).unwrap());
    at(&url).challenge(Challenge::all(&headers).remove(0)).await.unwrap();
    assert_eq!(paths(&server), ["/m"]);
}

#[tokio::test]
async fn an_origin_is_the_same_with_and_without_its_slash() {
    for (asked, named) in [("", ""), ("", "/"), ("/", ""), ("/", "/")] {
        let (server, url) = api(asked, |_, at| vec![Answer::status(401), found(&at(named))]).await;
        at(&url).await.unwrap();
        assert_eq!(paths(&server), ["/", "/.well-known/oauth-protected-resource"]);
    }
}

#[tokio::test]
async fn metadata_of_another_resource_is_refused() {
    let others = ["/other", "/mcp/x", "/MCP", "/mcp?x=1", "/mcp#x", "/mc"];
    for other in others {
        for by_challenge in [false, true] {
            let (_server, url) = api("/mcp", |_, at| {
                let first = if by_challenge { challenged(&at("/m"), "") } else { Answer::status(401) };
                vec![first, found(&at(other))]
            })
            .await;
            let error = at(&url).await.unwrap_err();
            assert_eq!(verdict(&error), ["security"], "{other}");
            assert!(error.to_string().contains("§3.3"), "{error}");
        }
    }
}

/// MCP, "Protected Resource Metadata Discovery Requirements".
#[tokio::test]
async fn metadata_at_the_origin_is_found_and_may_be_of_what_the_url_lies_under() {
    for (named, is_accepted) in
        [("/mcp/tools?x=1", true), ("/mcp", true), ("", true), ("/other", false), ("/mc", false)]
    {
        let (server, url) =
            api("/mcp/tools?x=1", |_, at| vec![Answer::status(401), Answer::status(404), found(&at(named))]).await;
        let outcome = at(&url).await;
        assert_eq!(outcome.is_ok(), is_accepted, "{named}");
        match outcome {
            Ok(resource) => assert_eq!(resource.resource(), server.url(named), "the token is for what is announced"),
            Err(error) => assert!(error.is_security(), "{named}"),
        }
        let at_the_resource = "/.well-known/oauth-protected-resource/mcp/tools?x=1";
        assert_eq!(paths(&server), ["/mcp/tools?x=1", at_the_resource, "/.well-known/oauth-protected-resource"]);
        assert_eq!(at(&url).require_exact_resource().await.is_ok(), named == "/mcp/tools?x=1", "{named}");
    }
    let (server, url) = api("", |_, _| vec![Answer::status(401), Answer::status(404)]).await;
    assert!(at(&url).await.unwrap_err().is_invalid_response());
    assert_eq!(server.count(), 2, "an origin is asked once");
}

#[tokio::test]
async fn the_search_goes_on_after_whatever_means_that_there_is_nothing() {
    let page = || Answer::status(200).header("content-type", "text/html").body("<!doctype html>");
    let login = || Answer::status(302).header("location", "https://sso.example/");
    for absent in [Answer::status(401), Answer::status(403), page(), login(), Answer::status(200).body("{}")] {
        let (server, url) = api("/mcp", |url, _| vec![Answer::status(401), absent, found(url)]).await;
        at(&url).await.unwrap();
        assert_eq!(server.count(), 3);
    }
    // A challenge that leads nowhere is no reason to give up either.
    let (server, url) =
        api("/mcp", |url, at| vec![challenged(&at("/gone"), ""), Answer::status(403), found(url)]).await;
    at(&url).await.unwrap();
    assert_eq!(paths(&server), ["/mcp", "/gone", "/.well-known/oauth-protected-resource/mcp"]);
    let (_server, url) = api("/mcp", |_, _| vec![Answer::status(401), page(), Answer::status(403)]).await;
    let error = at(&url).await.unwrap_err().to_string();
    assert!(error.contains("with a web page") && error.contains("answered 403"), "{error}");
}

/// MCP, "Authorization Server Metadata Discovery".
#[tokio::test]
async fn the_servers_metadata_is_looked_for_in_the_order_of_mcp() {
    for (path, expected) in [
        (
            "/tenant",
            &[
                "/.well-known/oauth-authorization-server/tenant",
                "/.well-known/openid-configuration/tenant",
                "/tenant/.well-known/openid-configuration",
            ][..],
        ),
        ("", &["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]),
    ] {
        let (server, url) = api("/mcp", |url, at| {
            let mut document = document(url);
            document["authorization_servers"] = json!([at(path)]);
            let absent = vec![Answer::status(404); expected.len() - 1];
            let found = Answer::json(200, &json!({ "issuer": at(path) }));
            [Answer::status(401), Answer::json(200, &document)].into_iter().chain(absent).chain([found]).collect()
        })
        .await;
        at(&url).await.unwrap().server_metadata().await.unwrap();
        assert_eq!(paths(&server)[2..], *expected);
    }
}

/// One API of a host must not speak for the others.
#[tokio::test]
async fn a_parent_is_announced_at_a_well_known_place_unless_that_is_said() {
    let (server, url) = api("/mcp/tools", |_, at| vec![Answer::status(401), found(&at("/mcp"))]).await;
    at(&url).await.unwrap();
    assert_eq!(server.count(), 2);
    for (named, is_accepted) in [
        ("/.well-known/oauth-protected-resource", true),
        ("/.well-known/oauth-protected-resource/mcp", true),
        ("/.well-known/oauth-protected-resource-of-mine", false),
        ("/mcp/tools/metadata", false),
    ] {
        let answers = |at: &dyn Fn(&str) -> String| vec![challenged(&at(named), ""), found(&at(""))];
        let (server, url) = api("/mcp/tools", |_, at| answers(at)).await;
        let outcome = at(&url).await;
        assert_eq!(outcome.is_ok(), is_accepted, "{named}");
        if let Err(error) = outcome {
            assert!(error.is_security() && error.to_string().contains("danger_accept_parent_resource"), "{error}");
        }
        server.now_answer(answers(&|path| server.url(path)));
        at(&url).danger_accept_parent_resource().await.unwrap();
    }
    for (other, is_parent) in [("/mcp", true), ("/mcp/", true), ("/mc", false), ("/mcp/tools/x", false)] {
        let (_server, url) = api("/mcp/tools", |_, at| vec![Answer::status(401), found(&at(other))]).await;
        assert_eq!(at(&url).danger_accept_parent_resource().await.is_ok(), is_parent, "{other}");
    }
    let (_server, url) = api("/mcp", |_, _| vec![Answer::status(401), found("https://evil.example/")]).await;
    assert!(at(&url).danger_accept_parent_resource().await.unwrap_err().is_security());
}

#[tokio::test]
async fn a_challenge_that_leads_nowhere_good_is_an_error() {
    for (location, expected) in [
        ("http://api.example/m", "configuration"),
        ("ftp://api.example/m", "configuration"),
        ("/relative", "configuration"),
        ("https://user@api.example/m", "configuration"),
    ] {
        let (server, url) = api("/v1", |_, _| vec![challenged(location, "")]).await;
        assert_eq!(verdict(&at(&url).await.unwrap_err()), [expected], "{location}");
        assert_eq!(server.count(), 1);
    }
    for body in ["", "{}", "[]", "<html>", r#"{"resource":7}"#] {
        let (_server, url) = api("/v1", |_, at| vec![challenged(&at("/m"), ""), Answer::status(200).body(body)]).await;
        assert_eq!(verdict(&at(&url).await.unwrap_err()), ["invalid response"], "{body}");
    }
    let (_server, url) = api("/v1", |_, at| vec![challenged(&at("/m"), ""), Answer::status(404)]).await;
    let error = at(&url).await.unwrap_err();
    assert_eq!((verdict(&error), error.status().unwrap().as_u16()), (vec!["invalid response"], 404));
}

#[tokio::test]
async fn an_api_elsewhere_does_not_lead_to_this_machine() {
    let (server, _) = api("", |_, _| vec![found("https://api.example/v1")]).await;
    let mut headers = HeaderMap::new();
    let challenge = format!(r#"Bearer resource_metadata="{}""#, server.url("/m"));
    headers.insert("www-authenticate", HeaderValue::from_str(&challenge).unwrap());
    let challenge = Challenge::all(&headers).remove(0);
    let error = at("https://api.example/v1").challenge(challenge).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"]);
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn an_api_url_that_is_none_is_refused_before_anything_is_sent() {
    for url in ["api.example", "http://api.example", "https://api.example/#x", "https://a:b@api.example", ""] {
        assert_eq!(verdict(&at(url).await.unwrap_err()), ["configuration"], "{url}");
    }
}

#[tokio::test]
async fn a_resource_without_issuers_is_unsupported() {
    let (_server, url) =
        api("/v1", |url, _| vec![Answer::status(401), Answer::json(200, &json!({ "resource": url }))]).await;
    let resource = at(&url).await.unwrap();
    assert!(resource.issuer().unwrap_err().is_unsupported());
    assert!(resource.server_metadata().await.unwrap_err().is_unsupported());
    assert!(resource.scopes().is_empty());
}

#[tokio::test]
async fn from_the_url_of_an_api_to_a_token() {
    let server = server().await;
    let (_api, url) = api("/v1", |url, _| {
        let mut document = document(url);
        document["authorization_servers"] = json!([server.issuer()]);
        vec![Answer::status(401), Answer::json(200, &document)]
    })
    .await;
    let resource = at(&url).await.unwrap();
    let metadata = resource.server_metadata().await.unwrap();
    assert_eq!(metadata.token_endpoint.as_deref(), Some(server.token_endpoint().as_str()));
    let client = Client::builder()
        .client_id(crate::support::ID)
        .client_secret_basic(crate::support::SECRET)
        .discover(resource.issuer().unwrap())
        .await
        .unwrap();
    client.client_credentials().resource(resource.resource()).get_token().await.unwrap();
}
