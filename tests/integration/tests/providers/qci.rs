use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::prelude::*;
use grantkit_providers::QciApi;
use serde_json::{Value, json};

use crate::token_service::{TokenService, headers};
use crate::{credentials, refusal, settings};

pub(crate) fn account(service: &TokenService) -> ProviderSettings {
    settings([("token", "api\"token\\1")]).with("api_url", service.url(""))
}

pub(crate) fn client(settings: ProviderSettings) -> ProviderClient {
    ProviderClient::connect("qci", settings).unwrap()
}

pub(crate) fn answer(expires_at: &str) -> (u16, Value) {
    let answer = json!({
        "access_token": "A1",
        "expires_at_rfc3339": expires_at,
        "token_type": "Bearer",
        "organization_id": "org-1",
        "user_id": "user-1",
    });
    (200, answer)
}

/// 2030-01-31T12:00:00Z
const NOON: u64 = 1_896_091_200;

#[tokio::test]
async fn exact_request() {
    let service = TokenService::answering([answer("2030-01-31T12:00:00Z")]).await;
    let token = client(account(&service)).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "A1");
    assert_eq!(token.expires_at(), Some(UNIX_EPOCH + Duration::from_secs(NOON)));
    assert_eq!((&token.extra()["organization_id"], &token.extra()["user_id"]), (&json!("org-1"), &json!("user-1")));
    assert!(token.refresh_token().is_none());

    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/auth/v1/access-tokens/"));
    assert_eq!(request.headers, headers([("accept", "application/json"), ("content-type", "application/json")]));
    assert_eq!(request.body, r#"{"refresh_token":"api\"token\\1"}"#);
}

#[tokio::test]
async fn exact_request_with_a_timeout() {
    for (seconds, sent) in [(0, "0"), (30, "30000000000")] {
        let service = TokenService::answering([answer("2030-01-31T12:00:00Z")]).await;
        client(account(&service).with("timeout", seconds)).get_token().await.unwrap();
        let expected =
            [("accept", "application/json"), ("content-type", "application/json"), ("x-request-timeout-nano", sent)];
        assert_eq!(service.only().headers, headers(expected));
    }
}

#[tokio::test]
async fn a_timeout_in_fractions() {
    for (seconds, sent) in [(60.5, "60500000000"), (61.25, "61250000000"), (30.0, "30000000000")] {
        let service = TokenService::answering([answer("2030-01-31T12:00:00Z")]).await;
        client(account(&service).with("timeout", seconds)).get_token().await.unwrap();
        assert!(service.only().headers.contains(&("x-request-timeout-nano".to_owned(), sent.to_owned())));
    }
    let with = |seconds: f64| {
        refusal("qci", settings([("api_url", "https://q.example"), ("token", "t")]).with("timeout", seconds))
    };
    assert!(with(-0.5).contains("`timeout`: -0.5 seconds are less than none"));
    assert!(with(1e30).contains("seconds are too long"));
    let text = settings([("api_url", "https://q.example"), ("token", "t"), ("timeout", "soon")]);
    assert!(refusal("qci", text).contains("`timeout`: it must be a number"));
    let service = TokenService::answering([answer("2030-01-31T12:00:00Z")]).await;
    let variables = [("QF_API_URL", service.url("")), ("QF_TOKEN", "t".to_owned()), ("QF_TIMEOUT", "62.5".to_owned())];
    let variables = variables.map(|(name, value)| (name, Some(value)));
    let of_env =
        temp_env::with_vars(variables, || ProviderClient::from_env("qci", "QF", ProviderSettings::new())).unwrap();
    of_env.get_token().await.unwrap();
    assert!(service.only().headers.contains(&("x-request-timeout-nano".to_owned(), "62500000000".to_owned())));
}

#[tokio::test]
async fn the_companys_own_client() {
    let service = TokenService::answering([
        answer("2030-01-31T12:00:00Z"),
        (200, json!({ "message": "healthy" })),
        (200, json!({ "application_name": "qci", "version": "5.0.3" })),
    ])
    .await;
    let qci = QciApi::connect(account(&service).with("timeout", 60.5)).unwrap();
    assert_eq!((qci.url(), qci.timeout()), (service.url("/").as_str(), Some(Duration::from_millis(60_500))));
    let info = qci.access_token_info().await.unwrap();
    assert_eq!((info.access_token.secret(), info.expires_at_rfc3339.as_deref()), ("A1", Some("2030-01-31T12:00:00Z")));
    assert_eq!((info.organization_id.as_deref(), info.user_id.as_deref()), (Some("org-1"), Some("user-1")));
    assert_eq!(info.expires_at, Some(UNIX_EPOCH + Duration::from_secs(NOON)));

    let text = |map: &http::HeaderMap| {
        let all = map.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        let mut all: Vec<_> = all.collect();
        all.sort();
        all.join("; ")
    };
    let without_token = "connection: close; content-type: application/json; x-request-timeout-nano: 60500000000";
    assert_eq!(text(&qci.headers_without_authorization()), without_token);
    assert_eq!(text(&qci.headers().await.unwrap()), format!("authorization: Bearer A1; {without_token}"));
    let kept = "authorization: Bearer A1; content-type: application/json; x-request-timeout-nano: 60500000000";
    assert_eq!(text(&qci.headers_without_connection_close().await.unwrap()), kept);

    assert_eq!(qci.health().await.unwrap().message, "healthy");
    let version = qci.version().await.unwrap();
    assert_eq!((version.application_name.as_str(), version.version.as_str()), ("qci", "5.0.3"));
    let asked = service.received();
    for (request, path) in asked[1..].iter().zip(["/health", "/version"]) {
        assert_eq!(
            (request.method.as_str(), request.path_and_query.as_str(), request.body.as_str()),
            ("GET", path, "")
        );
        let expected =
            headers([("accept", "application/json"), ("connection", "close"), ("content-type", "application/json")]);
        assert_eq!(request.headers, expected);
    }
    assert!(!format!("{qci:?} {info:?}").contains("A1"));
}

#[tokio::test]
async fn the_url_gets_the_slash_that_it_lacks() {
    for (path, asked) in [
        ("", "/auth/v1/access-tokens/"),
        ("/", "/auth/v1/access-tokens/"),
        ("/quantum", "/quantum/auth/v1/access-tokens/"),
        ("/quantum/", "/quantum/auth/v1/access-tokens/"),
        ("/quantum//", "/quantum//auth/v1/access-tokens/"),
    ] {
        let service = TokenService::answering([answer("2030-01-31T12:00:00Z")]).await;
        client(account(&service).with("api_url", service.url(path))).get_token().await.unwrap();
        assert_eq!(service.only().path_and_query, asked);
    }
}

#[tokio::test]
async fn one_request_for_many_callers_and_one_for_each_renewal() {
    let service = TokenService::answering([answer("2030-01-31T12:00:00Z")]).await;
    let credentials = credentials(client(account(&service)));
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await.unwrap() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap().access_token().secret(), "A1");
    }
    service.only();
    let refused = credentials.headers().await.unwrap();
    credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
    assert_eq!(service.bodies(), [r#"{"refresh_token":"api\"token\\1"}"#; 2]);
}

#[tokio::test]
async fn expiry_in_every_form_of_rfc_3339() {
    for text in ["2030-01-31T12:00:00.25Z", "2030-01-31T13:00:00.250+01:00", "2030-01-31T07:30:00.250000000-04:30"] {
        let service = TokenService::answering([answer(text)]).await;
        let token = client(account(&service)).get_token().await.unwrap();
        assert_eq!(
            token.expires_at(),
            Some(UNIX_EPOCH + Duration::from_secs(NOON) + Duration::from_millis(250)),
            "{text}"
        );
    }
    for text in ["", "tomorrow", "2030-01-31T12:00:00", "1896091200"] {
        let service = TokenService::answering([answer(text)]).await;
        let error = client(account(&service)).get_token().await.unwrap_err();
        assert!(error.is_invalid_response(), "{text}: {error:?}");
        assert!(error.to_string().contains("`expires_at_rfc3339` that is no time of RFC 3339"), "{error}");
        assert!(!format!("{error:?}").contains("A1"));
    }
}

#[tokio::test]
async fn an_answer_without_an_expiry_is_good_until_it_is_refused() {
    let service = TokenService::answering([(200, json!({ "access_token": "A1", "token_type": "bearer" }))]).await;
    let credentials = credentials(client(account(&service)));
    assert_eq!(credentials.token().await.unwrap().expires_at(), None);
    credentials.token().await.unwrap();
    service.only();
}

#[tokio::test]
async fn a_token_that_has_expired_is_not_handed_out() {
    let service = TokenService::answering([answer("2001-01-31T12:00:00Z")]).await;
    let client = client(account(&service));
    let token = client.get_token().await.unwrap();
    assert!(token.expires_at().unwrap() < SystemTime::now());
    let error = credentials(client).token().await.unwrap_err();
    assert!(error.is_invalid_response() && error.to_string().contains("clocks"), "{error}");
}

#[test]
fn accounts_share_no_token() {
    let of = |url: &str, token: &str| client(settings([("api_url", url), ("token", token)])).fingerprint();
    let one = of("https://api.qci.example", "t1");
    assert_eq!(one, of("https://api.qci.example/", "t1"));
    assert_ne!(one, of("https://api.qci.example", "t2"));
    assert_ne!(one, of("https://test.qci.example", "t1"));
}

#[test]
fn keys_are_checked_all_at_once() {
    assert_eq!(
        refusal("qci", ProviderSettings::new()),
        "the configuration of provider \"qci\" is wrong; missing: `api_url`, `token`"
    );
    assert_eq!(
        refusal("qci", settings([("url", "https://api.qci.example"), ("token", "t")])),
        "the configuration of provider \"qci\" is wrong; missing: `api_url`; unknown: `url`; \
         the keys of \"qci\" are `api_url`, `token`, `timeout`"
    );
    assert_eq!(
        refusal("qci", settings([("api_url", ""), ("token", " ")])),
        "the configuration of provider \"qci\" is wrong; empty: `api_url`, `token`"
    );
}

#[test]
fn values_are_checked() {
    let at = |url: &str| refusal("qci", settings([("api_url", url), ("token", "canary")]));
    for url in ["http://api.qci.example", "api.qci.example", "ftp://api.qci.example", "https://user:pw@api.qci.example"]
    {
        assert!(at(url).contains("is wrong; `api_url`: "), "{}", at(url));
    }
    assert!(at("https://api.qci.example/?x=1").contains("neither a query"));
    assert!(at("https://api.qci.example/#x").contains("nor a fragment"));
    let too_long = settings([("api_url", "https://api.qci.example"), ("token", "t")]).with("timeout", u64::MAX);
    assert!(refusal("qci", too_long).contains("`timeout`: 18446744073709551615 seconds are too long"));
}

#[test]
fn the_token_is_not_shown() {
    let json = json!({ "api_url": "https://api.qci.example", "token": "canary" });
    let config: grantkit_providers::QciConfig = serde_json::from_value(json).unwrap();
    let client = client(settings([("api_url", "https://api.qci.example"), ("token", "canary")]));
    let shown = format!("{config:?} {client:?} {} {}", client.refresh_key(), client.access_key());
    assert!(shown.contains("api.qci.example") && !shown.contains("canary"), "{shown}");
}
