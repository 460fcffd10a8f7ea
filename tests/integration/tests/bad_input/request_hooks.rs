//! Servers that want other requests than the standards have: the hooks that change a request before it is sent.

use grantkit::authorize::RedirectUri;
use grantkit::token::RefreshToken;
use grantkit::{Client, Error};
use http::Method;
use http::header::AUTHORIZATION;
use serde_json::json;

use crate::support::{Answer, CALLBACK, Scripted, all_said};

const SECRET: &str = "s3cret-CANARY";

#[tokio::test]
async fn token_request_parameters_renamed_and_removed() {
    let server = Scripted::start([Answer::token("t")]).await;
    let client = Client::builder()
        .client_id("app")
        .client_secret_post(SECRET)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .write_token_request("tiktok", |request| {
            request.rename("client_id", "client_key");
            request.remove("scope");
            request.set("format", "1");
            assert!(!format!("{request:?}").contains(SECRET));
            Ok(())
        })
        .build();
    client.client_credentials().scope("read").get_token().await.unwrap();
    let body = format!("grant_type=client_credentials&client_key=app&client_secret={SECRET}&format=1");
    let asked = server.only();
    // In whatever order the authentication puts its own.
    let sorted = |text: &str| {
        let mut pairs: Vec<_> = text.split('&').map(str::to_owned).collect();
        pairs.sort();
        pairs
    };
    assert_eq!(sorted(asked.body()), sorted(&body));
}

#[tokio::test]
async fn token_request_in_json_and_in_the_query() {
    let server = Scripted::start([Answer::token("t"), Answer::token("t")]).await;
    let builder = || {
        let builder = Client::builder().client_id("app").client_secret_basic(SECRET);
        builder.token_endpoint(&server.url("/token?v=1")).unwrap()
    };
    let json = builder().write_token_request("json", |request| {
        request.as_json();
        Ok(())
    });
    json.build().client_credentials().get_token().await.unwrap();
    let query = builder().write_token_request("query", |request| {
        request.danger_in_query();
        request.remove_header(&AUTHORIZATION);
        request.set_secret("secret", SECRET);
        Ok(())
    });
    query.build().client_credentials().get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(asked[0].body()).unwrap(),
        json!({"grant_type": "client_credentials"})
    );
    assert_eq!((asked[1].method.as_str(), asked[1].body()), ("GET", ""));
    assert_eq!(asked[1].path, format!("/token?v=1&grant_type=client_credentials&secret={SECRET}"));
    assert_eq!((asked[1].header("authorization"), asked[1].header("content-type")), (None, None));
}

/// What a hook makes secret stays so, also where the server quotes it or the connection fails with the address in hand.
#[tokio::test]
async fn secrets_of_a_written_request_are_in_no_error() {
    let quoting = Answer::json(
        400,
        &json!({"error": "invalid_request", "error_description": format!("bad {SECRET}, {SECRET}2")}),
    );
    let server = Scripted::start([quoting]).await;
    let client = |url: &str| {
        let builder = Client::builder().client_id("app").public().token_endpoint(url).unwrap();
        builder
            .write_token_request("query", |request| {
                request.danger_in_query();
                request.set_secret("secret", SECRET);
                request.header(http::HeaderName::from_static("x-secret"), "s3cret-CANARY2")
            })
            .build()
    };
    let refused: Error = client(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert!(!all_said(&refused).contains("CANARY"), "{refused:?}");
    let unreachable = client("http://127.0.0.1:9/token").client_credentials().get_token().await.unwrap_err();
    assert!(!all_said(&unreachable).contains("CANARY"), "{unreachable:?}");
}

#[tokio::test]
async fn revocation_by_delete_with_json() {
    let server = Scripted::start([Answer::json(204, &json!({})), Answer::json(204, &json!({}))]).await;
    let client = Client::builder()
        .client_id("app")
        .client_secret_basic(SECRET)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .revocation_endpoint(&server.url("/applications/app/token"))
        .unwrap()
        .write_revocation_request("github", |request| {
            request.method(Method::DELETE);
            request.rename("token", "access_token");
            request.remove("token_type_hint");
            request.as_json();
            Ok(())
        })
        .build();
    client.revocation().token("gho_1").await.unwrap();
    client.erased().revocation().unwrap().token("gho_1").await.unwrap();
    for asked in server.asked() {
        assert_eq!((asked.method.as_str(), asked.body()), ("DELETE", r#"{"access_token":"gho_1"}"#));
        assert!(asked.header("authorization").unwrap().starts_with("Basic "));
    }
}

#[tokio::test]
async fn authorization_request_with_other_names_and_another_redirect_uri() {
    let server = Scripted::start([Answer::token("t")]).await;
    let client = Client::builder()
        .client_id("app")
        .client_secret_post(SECRET)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .write_authorization_request(|request| {
            request.rename("client_id", "client_key");
            let scopes = request.get("scope").map(|scope| scope.replace(' ', ","));
            request.set("scope", scopes.unwrap_or_default());
            let state = request.get("state").unwrap_or_default().to_owned();
            request.set("redirect_uri", format!("{CALLBACK}?state={state}"));
            Ok(())
        })
        .build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("a b");
    let (url, pending) = login.start().unwrap();
    let sent: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!((sent["client_key"].as_str(), sent["scope"].as_str()), ("app", "a,b"));
    assert!(!sent.contains_key("client_id"));
    let state = pending.state().to_owned();
    login.finish(pending, format!("code=c&state={state}")).await.unwrap();
    let asked = server.only();
    let exchanged: std::collections::BTreeMap<_, _> =
        form_urlencoded::parse(asked.body().as_bytes()).into_owned().collect();
    assert_eq!(exchanged["redirect_uri"], format!("{CALLBACK}?state={state}"));
}

#[test]
fn authorization_request_hook_cannot_change_the_state() {
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .write_authorization_request(|request| {
            request.set("state", "mine");
            Ok(())
        })
        .build();
    let error = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).start().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`state`"), "{error}");
}

/// A request that is refused by its hook spends nothing, and says what the hook says.
#[tokio::test]
async fn error_of_a_hook_is_the_error_of_the_request() {
    let server = Scripted::start([]).await;
    let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
    let client = builder.write_token_request("refuses", |_| Err(Error::configuration("no tenant was chosen"))).build();
    let error = client.refresh_token_grant(RefreshToken::from("r1")).get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("no tenant was chosen"), "{error}");
    assert!(server.asked().is_empty());
}

/// The token of one organization is not that of another, whichever way it was asked for.
#[tokio::test]
async fn logins_for_two_organizations_have_a_token_each() {
    let server = Scripted::start([Answer::token("of-a"), Answer::token("of-b"), Answer::token("of-c")]).await;
    let client = |organization: &'static str| {
        let builder =
            Client::builder().client_id("app").client_secret_post(SECRET).token_endpoint(&server.url("/token"));
        let builder = builder.unwrap().authorization_endpoint(&server.url("/authorize")).unwrap();
        let builder = builder.read_authorization_response(|response| {
            response.keep("company");
            Ok(())
        });
        match organization {
            "" => builder.build(),
            organization => builder
                .write_authorization_request(move |request| {
                    request.set("organization", organization);
                    Ok(())
                })
                .build(),
        }
    };
    let mut keys = std::collections::BTreeSet::new();
    for (hook, parameter, company) in [("", "a", "x"), ("b", "", "x"), ("", "a", "y")] {
        let login = client(hook).authorization_code(RedirectUri::new(CALLBACK).unwrap());
        let login = if parameter.is_empty() { login } else { login.login_parameter("organization", parameter) };
        let (_, pending) = login.start().unwrap();
        let asked = serde_json::to_value(&pending).unwrap()["asked"].as_str().unwrap().to_owned();
        let state = pending.state().to_owned();
        let done = login.finish(pending, format!("code=c&state={state}&company={company}")).await.unwrap();
        assert_eq!(done.token().extra()["company"], company);
        keys.insert((asked, company));
    }
    assert_eq!(keys.len(), 3);
}

/// What came through the browser takes the place of nothing that the server says, and is there once.
#[tokio::test]
async fn kept_callback_parameters_replace_nothing_and_are_given_once() {
    let answer = Answer::json(200, &json!({"access_token": "t", "token_type": "Bearer", "context": "stores/mine"}));
    let server = Scripted::start([answer]).await;
    let client = Client::builder()
        .client_id("app")
        .client_secret_post(SECRET)
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .read_authorization_response(|response| {
            response.keep("context");
            Ok(())
        })
        .build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let (_, pending) = login.start().unwrap();
    let twice = format!("code=c&state={}&context=a&context=b", pending.state());
    let error = login.finish(pending, twice).await.unwrap_err();
    assert!(error.is_invalid_response() && error.to_string().contains("`context` twice"), "{error}");
    let (_, pending) = login.start().unwrap();
    let callback = format!("code=c&state={}&context=stores/victim", pending.state());
    let done = login.finish(pending, callback).await.unwrap();
    assert_eq!(done.token().extra()["context"], "stores/mine");
}

/// A token that goes another way than in the form is no less a secret.
#[tokio::test]
async fn token_of_a_written_revocation_is_in_no_error() {
    let quoting =
        Answer::json(400, &json!({"error": "invalid_request", "error_description": "no such token: AT-CANARY"}));
    let server = Scripted::start([quoting]).await;
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .revocation_endpoint(&server.url("/revoke"))
        .unwrap()
        .write_revocation_request("bearer", |request| {
            let token = request.get("token").unwrap_or_default().to_owned();
            request.remove("token");
            request.header(AUTHORIZATION, &format!("Bearer {token}"))
        })
        .build();
    let error = client.revocation().token("AT-CANARY").await.unwrap_err();
    assert!(!all_said(&error).contains("CANARY"), "{error:?}");
}
