use std::time::Duration;

use grantkit::authorize::Prompt;
use grantkit::prelude::*;
use serde_json::{Value, json};

use crate::token_service::{TokenService, bearer, form_headers, oauth_error};
use crate::{credentials, refusal, settings};

pub(crate) fn user(service: &TokenService) -> ProviderSettings {
    settings([("client_id", "c.apps.example"), ("client_secret", "GOCSPX-1"), ("refresh_token", "1//0g+R/1")])
        .with("token_uri", service.url("/token"))
}

pub(crate) fn client(settings: ProviderSettings) -> ProviderClient {
    ProviderClient::connect("google", settings).unwrap()
}

#[tokio::test]
async fn exact_request_without_scopes() {
    let service = TokenService::answering([bearer("ya29.1")]).await;
    let token = client(user(&service)).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.1");

    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/token"));
    // No `x-goog-api-client`, no `authorization`.
    assert_eq!(request.headers, form_headers());
    assert_eq!(
        request.body,
        "grant_type=refresh_token&refresh_token=1%2F%2F0g%2BR%2F1&client_id=c.apps.example&client_secret=GOCSPX-1"
    );
}

#[tokio::test]
async fn exact_request_with_scopes() {
    let service = TokenService::answering([bearer("ya29.1")]).await;
    let scopes = vec!["https://www.googleapis.com/auth/drive.readonly", "openid"];
    let settings = user(&service).with("scopes", scopes).with("quota_project_id", "acme-billing");
    let token = client(settings).get_token().await.unwrap();
    assert_eq!(token.extra()["quota_project_id"], "acme-billing");
    let sent = token.request_headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    assert_eq!(
        sent.collect::<Vec<_>>(),
        [("x-goog-api-client", "cred-type/u"), ("x-goog-user-project", "acme-billing")]
    );
    assert_eq!(
        service.only().body,
        "grant_type=refresh_token&refresh_token=1%2F%2F0g%2BR%2F1\
         &scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fdrive.readonly+openid\
         &client_id=c.apps.example&client_secret=GOCSPX-1"
    );
}

#[tokio::test]
async fn one_request_for_many_callers() {
    let service = TokenService::answering([bearer("ya29.1")]).await;
    let credentials = credentials(client(user(&service).with("quota_project_id", "acme-billing")));
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await.unwrap().access_token().secret().to_owned() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), "ya29.1");
    }
    service.only();
}

#[tokio::test]
async fn lifetimes_in_every_form() {
    for (expires_in, expected) in [
        (json!(3599), Some(3599)),
        (json!("3599"), Some(3599)),
        (json!(3599.9), Some(3599)),
        (json!(0), Some(0)),
        // It has expired, and its refresh token is kept.
        (json!(-1), Some(0)),
        (Value::Null, None),
        (json!("soon"), None),
        (json!([3599]), None),
    ] {
        let service = TokenService::answering([(
            200,
            json!({ "access_token": "t", "token_type": "Bearer", "expires_in": expires_in }),
        )])
        .await;
        let token = client(user(&service)).get_token().await.unwrap();
        assert_eq!(token.expires_in(), expected.map(Duration::from_secs), "{expires_in}");
    }
}

#[tokio::test]
async fn error_answers_are_told_apart() {
    // Status, code, and whether it is retryable, needs a login, is of the configuration.
    for (status, code, expected) in [
        (400, "invalid_grant", (false, true, false)),
        (401, "invalid_client", (false, false, true)),
        (400, "invalid_scope", (false, false, true)),
        (401, "deleted_client", (false, false, true)),
        (400, "internal_failure", (true, false, false)),
        (400, "temporarily_unavailable", (true, false, false)),
        (500, "backend_error", (true, false, false)),
        (503, "backend_error", (true, false, false)),
        (408, "backend_error", (true, false, false)),
        (429, "rate_limit_exceeded", (true, false, false)),
    ] {
        let service = TokenService::answering([oauth_error(status, code, "not with GOCSPX-1 and 1//0g+R/1")]).await;
        // Its own: that it was refused is known for as long as the program runs, and other tests get the same address.
        let settings = user(&service).with("client_id", format!("{status}-{code}.apps.example"));
        let error = client(settings).get_token().await.unwrap_err();
        assert_eq!((error.is_retryable(), error.needs_login(), error.is_configuration()), expected, "{error:?}");
        assert_eq!(error.error_description(), Some("not with [redacted] and [redacted]"));
        // A refresh token may be spent by the first request: it is not repeated.
        service.only();
    }
}

#[tokio::test]
async fn a_limited_session_needs_a_login_and_says_so() {
    let answer = json!({
        "error": "invalid_grant",
        "error_description": "reauth related error (invalid_rapt)",
        "error_uri": "https://support.google.com/a/answer/9368756",
        "error_subtype": "invalid_rapt",
    });
    let service = TokenService::answering([(400, answer)]).await;
    let error = client(user(&service)).get_token().await.unwrap_err();
    assert!(error.needs_login());
    assert_eq!(error.error_member("error_subtype"), Some(&json!("invalid_rapt")));
    assert!(error.to_string().contains("invalid_rapt") && error.to_string().contains("log in again"), "{error}");
    assert_eq!(error.error_uri(), Some("https://support.google.com/a/answer/9368756"));
}

#[tokio::test]
async fn answers_without_an_oauth_error() {
    let api_style = r#"{ "error": { "code": 500, "message": "Internal error", "status": "INTERNAL" } }"#;
    // The last three are answers of success that cannot be read: they may have spent the refresh token.
    for (status, body, expected) in [
        (500, api_style, "retryable"),
        (503, "<html>busy</html>", "retryable"),
        (404, "<html>Not Found</html>", "retryable"),
        (200, "<html>Welcome</html>", "needs login"),
        (200, "[]", "needs login"),
        (200, "{}", "needs login"),
    ] {
        let service = TokenService::answering_text([(status, body)]).await;
        // Its own: that it may be spent is known for as long as the program runs, and other tests get the same address.
        let settings = user(&service).with("refresh_token", "1//lost");
        let error = client(settings).get_token().await.unwrap_err();
        let found = [
            (error.is_retryable(), "retryable"),
            (error.is_invalid_response(), "invalid response"),
            (error.needs_login(), "needs login"),
            (error.is_configuration(), "configuration"),
        ];
        let found: Vec<_> = found.into_iter().filter_map(|(holds, word)| holds.then_some(word)).collect();
        assert_eq!(found, [expected], "{body}: {error:?}");
    }
}

#[test]
fn users_scopes_and_projects_share_no_token() {
    let of = |refresh_token: &str, scope: &str, project: &str| {
        let settings = settings([("client_id", "c"), ("client_secret", "s"), ("refresh_token", refresh_token)]);
        client(settings.with("scopes", vec![scope]).with("quota_project_id", project)).fingerprint()
    };
    let one = of("user-1", "drive", "a");
    assert_eq!(one, of("user-1", "drive", "a"));
    for other in [of("user-2", "drive", "a"), of("user-1", "mail", "a"), of("user-1", "drive", "b")] {
        assert_ne!(one, other);
    }
    assert!(!format!("{one:?} {one}").contains("user-1"));
}

#[test]
fn keys_are_checked_all_at_once() {
    assert_eq!(
        refusal("google", settings([("refresh_token", "r")])),
        "the configuration of provider \"google\" is wrong; missing: `client_id`, `client_secret`"
    );
    assert!(
        refusal("google", settings([("client_id", "c"), ("refresh_token", "r")])).ends_with("missing: `client_secret`")
    );
    assert_eq!(
        refusal(
            "google",
            settings([("client_id", ""), ("client_secret", " "), ("refresh_token", ""), ("token_uri", "")])
        ),
        "the configuration of provider \"google\" is wrong; empty: `client_id`, `client_secret`, `refresh_token`, `token_uri`"
    );
    assert!(
        refusal("google", settings([("quota_project", "p")]))
            .contains("`quota_project` (did you mean `quota_project_id`?)")
    );
    assert!(
        refusal("google", ProviderSettings::new().with("delegates", 5))
            .contains("`delegates`: it must be a list of texts")
    );
}

#[test]
fn client_alone_logs_people_in_and_has_no_credentials_of_the_program() {
    let google = client(settings([("client_id", "c.apps.example"), ("client_secret", "GOCSPX-1")]));
    let login = google.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap();
    let (url, _) = login.start().unwrap();
    assert!(url.as_str().starts_with("https://accounts.google.com/o/oauth2/v2/auth?"), "{url}");
    assert!(
        url.as_str().contains("scope=openid%20email%20profile") && url.as_str().contains("access_type=offline"),
        "{url}"
    );
    google.revocation().unwrap();
    let _ = google.device_login().unwrap();
}

/// Google gives a refresh token to a person who consents anew: that is asked for unless the program says otherwise.
#[test]
fn what_a_login_asks_the_person_is_the_programs_to_say() {
    let base = || settings([("client_id", "c.apps.example"), ("client_secret", "GOCSPX-1")]);
    let login = |settings| client(settings).login("https://app.example/cb").unwrap();
    let parameter = |login: AuthorizationCode, name: &str| {
        let (url, _) = login.start().unwrap();
        let mut found = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let first = found.next();
        assert_eq!(found.next(), None, "{name} once: {url}");
        first
    };
    let prompt = |login| parameter(login, "prompt").unwrap_or_default();
    assert_eq!(prompt(login(base())), "consent");
    assert_eq!(prompt(login(base()).prompt(Prompt::Consent)), "consent");
    assert_eq!(prompt(login(base()).prompt(Prompt::SelectAccount)), "select_account");
    assert_eq!(prompt(login(base()).prompt(Prompt::None)), "none");
    assert_eq!(prompt(login(base()).login_parameter("prompt", "select_account consent")), "select_account consent");

    let online = || base().with("offline_access", false);
    assert_eq!(parameter(login(online()), "access_type"), None);
    assert_eq!(prompt(login(online())), "");
    assert_eq!(prompt(login(online()).prompt(Prompt::Login)), "login");
}

#[tokio::test]
async fn credentials_of_the_program_are_missing_with_the_cure() {
    let google = client(settings([("client_id", "c.apps.example"), ("client_secret", "GOCSPX-1")]));
    let error = google.get_token().await.unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("set `refresh_token` or `credentials_file`"),
        "{error}"
    );
    let machine = client(settings([("metadata_host", "127.0.0.1:1")]));
    let error = machine.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("set `client_id` and `client_secret`"), "{error}");
}

#[test]
fn the_token_endpoint_is_https_or_on_this_machine() {
    let three = settings([("client_id", "c"), ("client_secret", "s"), ("refresh_token", "r")]);
    for token_uri in ["http://oauth2.googleapis.com/token", "ftp://127.0.0.1/token", "oauth2.googleapis.com"] {
        let said = refusal("google", three.clone().with("token_uri", token_uri));
        assert!(said.contains("is wrong; `token_uri`: "), "{said}");
    }
    client(three.with("token_uri", "https://oauth2.mtls.googleapis.com/token"));
}

#[test]
fn no_secret_is_shown() {
    let json = json!({ "client_id": "c", "client_secret": "canary-1", "refresh_token": "canary-2" });
    let config: grantkit_providers::GoogleConfig = serde_json::from_value(json).unwrap();
    let client = client(settings([("client_id", "c"), ("client_secret", "canary-1"), ("refresh_token", "canary-2")]));
    let shown = format!("{config:?} {client:?} {} {}", client.refresh_key(), client.access_key());
    assert!(!shown.contains("canary"), "{shown}");
}
