//! Servers whose token answers are not as RFC 6749 §5.1 has them: the hook, and what may be allowed by name.

use grantkit::client::Endpoints;
use grantkit::credentials::Fingerprint;
use grantkit::grant::{JsonTokenRequest, TokenAnswer};
use grantkit::provider::{Provider, ProviderConfig, ProviderSettings, declare_capabilities, register_provider};
use grantkit::{Client, Credentials, Error, OAuthClient as _, ProviderClient, Result};
use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, all_said, client_at, verdict};

const USER: &str = "user-token-CANARY";

fn slack() -> Answer {
    Answer::json(
        200,
        &json!({
            "ok": true, "access_token": "xoxb-1", "token_type": "bot", "scope": "commands",
            "authed_user": { "id": "U1", "scope": "chat:write", "access_token": USER, "token_type": "user" },
        }),
    )
}

#[allow(clippy::unnecessary_wraps, reason = "as a hook is")]
fn user_of(answer: &mut TokenAnswer) -> Result<()> {
    if let Some(Value::Object(user)) = answer.remove("authed_user") {
        answer.members_mut().extend(user);
        answer.insert("token_type", "Bearer");
    }
    Ok(())
}

fn client_that_reads(
    server: &Scripted,
    change: impl Fn(&mut TokenAnswer) -> Result<()> + Send + Sync + 'static,
) -> Client<Endpoints> {
    let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    builder.read_token_answer("test", change).build()
}

#[tokio::test]
async fn slack_has_the_users_token_within_the_apps() {
    let server = Scripted::start([slack(), slack(), slack()]).await;
    let client = client_that_reads(&server, user_of);
    let token = client.client_credentials().get_token().await.unwrap();
    assert_eq!((token.access_token().secret(), token.scope()), (USER, Some("chat:write")));
    // The same for the other two ways.
    let plain = client_at(&server.url("/token")).extension_grant("urn:slack");
    let token = plain.read_token_answer("slack", user_of).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), USER);
    let json = JsonTokenRequest::new(&server.url("/token")).unwrap().read_token_answer("slack", user_of);
    assert_eq!(json.get_token().await.unwrap().access_token().secret(), USER);
}

/// As Google's limited sessions are: nothing in the standard tells such a refusal from one for good.
#[tokio::test]
async fn a_refused_refresh_token_is_kept_where_the_hook_says_so() {
    for keeps in [false, true] {
        let limited = json!({ "error": "invalid_grant", "error_subtype": "invalid_rapt" });
        let server = Scripted::start([Answer::json(400, &limited), Answer::token("t")]).await;
        let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
        let client = builder.read_token_answer(Fingerprint::new("keeps", keeps.to_string()), move |answer| {
            if keeps && answer.get("error").is_some() {
                answer.keep_refresh_token();
            }
            Ok(())
        });
        let grant = client.build().refresh_token_grant(format!("rt-{keeps}")).named("limited");
        assert!(grant.get_token().await.unwrap_err().needs_login());
        assert_eq!(grant.get_token().await.is_ok(), keeps);
        assert_eq!(server.count(), 1 + usize::from(keeps));
    }
}

struct Slack;

#[derive(serde::Deserialize, ProviderConfig)]
struct SlackConfig {
    client_id: String,
    token_endpoint: String,
}

impl Provider for Slack {
    const NAME: &'static str = "slack-of-the-test";
    type Config = SlackConfig;

    fn connect(config: SlackConfig) -> Result<ProviderClient> {
        let client = Client::builder().client_id(config.client_id).public().token_endpoint(&config.token_endpoint)?;
        let client = client.read_token_answer("slack-user", user_of).build();
        Ok(ProviderClient::new(client.client_credentials().named("slack")))
    }
}

declare_capabilities!(Slack: Credentials);

register_provider!(Slack);

#[tokio::test]
async fn a_provider_reads_its_servers_answers_too() {
    let server = Scripted::start([slack()]).await;
    let settings = ProviderSettings::new().with("client_id", "app").with("token_endpoint", server.url("/token"));
    let client = ProviderClient::connect(Slack::NAME, settings).unwrap();
    let token = client.credentials().token().await.unwrap();
    assert_eq!((token.access_token().secret(), token.scope()), (USER, Some("chat:write")));
}

#[tokio::test]
async fn ebay_has_a_token_type_of_its_own() {
    let body = json!({ "access_token": "t", "token_type": "Application Access Token", "expires_in": 7200 });
    let server = Scripted::start([Answer::json(200, &body), Answer::json(200, &body), Answer::json(200, &body)]).await;
    let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert!(error.to_string().contains("danger_accept_token_type"), "{error}");
    let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    let client = builder.danger_accept_token_type("application access token").build();
    let token = client.client_credentials().get_token().await.unwrap();
    assert_eq!(token.authorization_header(), "Bearer t");
    let json = JsonTokenRequest::new(&server.url("/token")).unwrap();
    let json = json.danger_accept_token_type("Application Access Token").get_token().await.unwrap();
    assert_eq!(json.authorization_header(), "Bearer t");
}

#[tokio::test]
async fn a_missing_token_type_is_allowed_by_name_alone() {
    let body = json!({ "access_token": "t" });
    let server = Scripted::start(std::iter::repeat_n(Answer::json(200, &body), 3)).await;
    let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert!(error.to_string().contains("danger_accept_missing_token_type"), "{error}");
    let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    let client = builder.danger_accept_missing_token_type().build();
    assert_eq!(client.client_credentials().get_token().await.unwrap().authorization_header(), "Bearer t");
    let json = JsonTokenRequest::new(&server.url("/token")).unwrap().danger_accept_missing_token_type();
    assert_eq!(json.get_token().await.unwrap().authorization_header(), "Bearer t");
    // Another kind of token is none of these.
    server.now_answer([Answer::json(200, &json!({ "access_token": "t", "token_type": "mac" }))]);
    assert_eq!(verdict(&client.client_credentials().get_token().await.unwrap_err()), ["invalid response"]);
}

#[tokio::test]
async fn mailchimp_means_never_by_zero_seconds() {
    let body = json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 0, "scope": null });
    let server = Scripted::start([Answer::json(200, &body)]).await;
    let client = client_that_reads(&server, |answer| {
        if answer.get("expires_in") == Some(&json!(0)) {
            answer.remove("expires_in");
        }
        Ok(())
    });
    let credentials: Credentials = client.client_credentials().credentials("mailchimp");
    let token = credentials.token().await.unwrap();
    assert_eq!(token.expires_at(), None);
    credentials.token().await.unwrap();
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_answer_may_be_nested() {
    let good = json!({ "code": 0, "data": { "access_token": "t", "token_type": "Bearer", "expires_in": 60 } });
    let bad = json!({ "code": 10012, "message": "refresh token is dead" });
    let server =
        Scripted::start([Answer::json(200, &good).header("x-request-id", "r-1"), Answer::json(200, &bad)]).await;
    let client = client_that_reads(&server, |answer| {
        assert_eq!(answer.status(), 200);
        match answer.remove("data") {
            Some(Value::Object(data)) => {
                let id = answer.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap().to_owned();
                *answer.members_mut() = data;
                answer.insert("request_id", id);
            }
            // Their code in the standard's words.
            _ => answer.insert("error", "invalid_grant"),
        }
        Ok(())
    });
    let token = client.client_credentials().get_token().await.unwrap();
    assert_eq!((token.access_token().secret(), &token.extra()["request_id"]), ("t", &json!("r-1")));
    let error = client.refresh_token_grant("rt").get_token().await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_grant"), vec!["needs login"]));
}

#[tokio::test]
async fn what_the_hook_says_holds_no_token() {
    let server = Scripted::start([slack()]).await;
    let client = client_that_reads(&server, |answer| {
        let quoted = format!("not what was expected: {:?}", answer.remove("authed_user"));
        Err(Error::invalid_response(quoted))
    });
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    assert!(error.to_string().contains("not what was expected") && !all_said(&error).contains("CANARY"), "{error:?}");
}

/// What is done with the answer is a part of what a token is.
#[tokio::test]
async fn two_hooks_do_not_share_a_token() {
    let server = Scripted::start([slack(), slack()]).await;
    let builder = || {
        let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
        builder.danger_accept_token_type("bot")
    };
    let app = builder().build().client_credentials().credentials("slack-identity");
    let user = builder().read_token_answer("user", user_of).build().client_credentials().credentials("slack-identity");
    assert_eq!(app.token().await.unwrap().access_token().secret(), "xoxb-1");
    assert_eq!(user.token().await.unwrap().access_token().secret(), USER);
}

#[tokio::test]
async fn refreshes_may_go_elsewhere_with_headers_of_the_programs_own() {
    let first = json!({ "access_token": "a", "token_type": "Bearer", "refresh_token": "r1" });
    let server = Scripted::start([Answer::json(200, &first), Answer::token("b")]).await;
    let name = HeaderName::from_static("x-api-key");
    let builder = || Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    let client = builder()
        .refresh_endpoint(&server.url("/token/refresh"))
        .unwrap()
        .token_request_header(name.clone(), HeaderValue::from_static("key-CANARY"))
        .build();
    assert!(!format!("{client:?} {:?}", client.client_credentials()).contains("CANARY"));
    client.extension_grant("urn:x").get_token().await.unwrap();
    client.refresh_token_grant("r1").get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!((asked[0].path.as_str(), asked[1].path.as_str()), ("/token", "/token/refresh"));
    assert!(asked.iter().all(|asked| asked.header("x-api-key") == Some("key-CANARY")));
    // The server may quote it.
    server.now_answer([Answer::json(400, &json!({ "error": "invalid_grant", "error_description": "key-CANARY" }))]);
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    // What says who the client is, is the SDK's.
    let forged =
        builder().token_request_header(http::header::AUTHORIZATION, HeaderValue::from_static("Bearer x")).build();
    let error = forged.client_credentials().get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`authorization`"), "{error}");
}

#[tokio::test]
async fn one_grant_may_have_a_header_of_its_own() {
    let first = json!({ "access_token": "a", "token_type": "Bearer", "refresh_token": "r1" });
    let server = Scripted::start([Answer::json(200, &first), Answer::token("b")]).await;
    let name = HeaderName::from_static("x-api-key");
    let value = HeaderValue::from_static;
    let client = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    let client = client.token_request_header(name.clone(), value("of-the-client")).build();
    let grant = client.extension_grant("urn:x").header(name.clone(), value("key-CANARY"));
    assert!(!format!("{grant:?}").contains("CANARY"));
    let credentials = grant.clone().credentials("header of one grant");
    credentials.token().await.unwrap();
    credentials.refresh().await.unwrap();
    client.client_credentials().get_token().await.unwrap();
    let sent: Vec<_> = server.asked().iter().map(|asked| asked.header("x-api-key").unwrap().to_owned()).collect();
    assert_eq!(sent, ["key-CANARY", "key-CANARY", "of-the-client"], "refreshes of the grant too");
    server.now_answer([Answer::json(400, &json!({ "error": "invalid_grant", "error_description": "key-CANARY" }))]);
    let error = grant.get_token().await.unwrap_err();
    assert!(!all_said(&error).contains("CANARY"), "{error:?}");
    let forged = client.client_credentials().header(http::header::CONTENT_TYPE, value("text/plain"));
    let error = forged.get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`content-type`"), "{error}");

    // The requests that begin a login elsewhere are the grant's, too.
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build();
    let _ = client.device_authorization().header(name, value("of-the-device")).start().await;
    let asked = server.asked();
    let begun = asked.iter().find(|asked| asked.path == "/device").unwrap();
    assert_eq!(begun.header("x-api-key"), Some("of-the-device"));
}

#[tokio::test]
async fn fewer_scopes_than_asked_show() {
    let body = json!({ "access_token": "t", "token_type": "Bearer", "scope": "read" });
    let server = Scripted::start([Answer::json(200, &body), Answer::token("t")]).await;
    let grant = client_at(&server.url("/token")).client_credentials().scopes(["read", "write"]);
    let token = grant.get_token().await.unwrap();
    assert!(token.has_scope("read") && !token.has_scope("write") && !token.has_scope("rea"));
    // What the server does not say is as it was asked for (RFC 6749 §5.1).
    assert!(grant.get_token().await.unwrap().has_scope("write"));
}

#[tokio::test]
async fn what_was_granted_in_detail_is_read_as_a_type() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Payment {
        amount: u32,
    }
    let details = json!([{ "type": "payment", "amount": 7 }]);
    let body = json!({ "access_token": "t", "token_type": "Bearer", "authorization_details": details });
    let server = Scripted::start([Answer::json(200, &body), Answer::token("t")]).await;
    let grant = client_at(&server.url("/token")).client_credentials();
    let token = grant.get_token().await.unwrap();
    assert_eq!(token.authorization_details::<Payment>().unwrap(), Some(vec![Payment { amount: 7 }]));
    assert!(token.authorization_details::<String>().unwrap_err().is_invalid_response());
    assert_eq!(grant.get_token().await.unwrap().authorization_details::<Payment>().unwrap(), None);
}

#[tokio::test]
async fn a_resource_that_is_no_url_is_refused_before_anything_is_sent() {
    let server = Scripted::start([]).await;
    for wrong in ["", "no url", "/invoices", "api.example", "https://api.example/#part"] {
        let grant = client_at(&server.url("/token")).client_credentials().resource(wrong);
        let error = grant.get_token().await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("RFC 8707"), "{wrong}: {error}");
    }
    assert_eq!(server.count(), 0);
}
