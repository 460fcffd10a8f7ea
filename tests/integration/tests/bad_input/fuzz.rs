//! Whatever comes: no panic, no code for a wrong state, no token changed by being written down.

use std::time::{Duration, UNIX_EPOCH};

use grantkit::authorize::{PendingLogin, RedirectUri};
use grantkit::token::StoredToken;
use grantkit::{AuthorizationCode, Client, OAuthToken};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::{Answer, CALLBACK, Scripted};

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[ -~]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(".{0,10}", inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Without fractions, the last digit of which JSON readers do not agree on.
fn without_fractions(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => Value::Null,
        Value::Array(items) => items.into_iter().map(without_fractions).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, without_fractions(value))).collect(),
        other => other,
    }
}

/// Objects that look like a token response, with anything for their members.
fn nearly_a_response() -> impl Strategy<Value = Value> {
    let member = prop_oneof![
        Just("access_token"),
        Just("token_type"),
        Just("expires_in"),
        Just("refresh_token"),
        Just("scope"),
        Just("id_token"),
        Just("error"),
        Just("extra"),
    ];
    let value = prop_oneof![
        3 => any_json(),
        1 => Just(json!("Bearer")),
        1 => Just(json!("t")),
        1 => any::<f64>().prop_map(|number| json!(number.to_string())),
    ];
    prop::collection::vec((member, value), 0..8).prop_map(|members| {
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
    })
}

/// What holds of every token, whatever it was read from.
fn check_token(token: &OAuthToken) {
    let text = token.access_token().secret();
    assert!(!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()));
    assert_eq!(token.authorization_header(), format!("{} {text}", token.token_type().scheme()));
    if let Some(lifetime) = token.expires_in() {
        assert!(lifetime <= Duration::from_hours(100 * 365 * 24) && token.expires_at().is_some());
    }
    let written = serde_json::to_string(&token.to_stored()).unwrap();
    OAuthToken::try_from(serde_json::from_str::<StoredToken>(&written).unwrap()).unwrap();
}

proptest! {
    #[test]
    fn any_bytes_are_a_token_response_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        match OAuthToken::from_response(&bytes) {
            Ok(token) => check_token(&token),
            Err(error) => prop_assert!(error.is_invalid_response()),
        }
    }

    #[test]
    fn any_json_is_a_token_response_or_an_error(value in any_json()) {
        prop_assert!(OAuthToken::from_response(value.to_string().as_bytes()).is_err_and(|error| error.is_invalid_response()));
    }

    #[test]
    fn anything_like_a_token_response_is_one_or_an_error(value in nearly_a_response()) {
        match OAuthToken::from_response(value.to_string().as_bytes()) {
            Ok(token) => check_token(&token),
            Err(error) => {
                prop_assert!(error.is_invalid_response());
                if let Some(token) = value["access_token"].as_str().filter(|token| token.len() > 6) {
                    let said = crate::support::all_said(&error);
                    prop_assert!(!said.contains(token), "{}", said);
                }
            }
        }
    }

    #[test]
    fn a_token_that_was_written_down_is_the_same_when_read(
        access_token in "[!-~]{1,100}",
        expires_at in prop::option::of(0_u64..20_000_000_000),
        refresh_token in prop::option::of(".{1,40}"),
        scope in prop::option::of("[!-~ ]{0,40}"),
        id_token in prop::option::of("[A-Za-z0-9_.-]{1,40}"),
        extra in prop::collection::btree_map("[a-z]{1,8}", any_json().prop_map(without_fractions), 0..4),
    ) {
        let mut token = OAuthToken::new(access_token).unwrap();
        if let Some(seconds) = expires_at {
            token = token.with_expires_at(UNIX_EPOCH + Duration::from_secs(seconds));
        }
        if let Some(text) = refresh_token {
            token = token.with_refresh_token(text);
        }
        if let Some(text) = scope {
            token = token.with_scope(text);
        }
        if let Some(text) = id_token {
            token = token.with_id_token(text);
        }
        for (name, value) in extra {
            token = token.with_extra(name, value);
        }
        let written = serde_json::to_string(&token.to_stored()).unwrap();
        let read = OAuthToken::try_from(serde_json::from_str::<StoredToken>(&written).unwrap()).unwrap();
        prop_assert_eq!(read.access_token(), token.access_token());
        prop_assert_eq!(read.token_type(), token.token_type());
        prop_assert_eq!(read.expires_at(), token.expires_at());
        prop_assert!(read.refresh_token() == token.refresh_token());
        prop_assert_eq!(read.scope(), token.scope());
        prop_assert_eq!(read.id_token(), token.id_token());
        prop_assert_eq!(read.extra(), token.extra());
    }

    #[test]
    fn anything_that_was_written_down_is_a_token_or_an_error(value in nearly_a_response(), expires_at in any_json()) {
        let mut value = value;
        value["expires_at"] = expires_at;
        if let Ok(stored) = serde_json::from_value::<StoredToken>(value)
            && let Ok(token) = OAuthToken::try_from(stored)
        {
            check_token(&token);
        }
    }
}

fn login_at(token_endpoint: &str) -> (AuthorizationCode, PendingLogin) {
    let login = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(token_endpoint)
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .build()
        .authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let (_, pending) = login.start().unwrap();
    (login, pending)
}

/// Queries that look like a callback, with anything in them.
fn nearly_a_callback() -> impl Strategy<Value = String> {
    let name =
        prop_oneof![Just("code"), Just("state"), Just("iss"), Just("error"), Just("error_description"), Just("x")];
    let value = prop_oneof![
        Just("SplxlOBeZQQYbYS6WxSbIA".to_owned()),
        Just(String::new()),
        "[ -~]{0,20}",
        "%[0-9a-fA-F%]{0,5}",
        ".{0,10}"
    ];
    let joint =
        prop_oneof![10 => Just("&"), 1 => Just("&&"), 1 => Just(";"), 1 => Just("?"), 1 => Just("#"), 1 => Just("=")];
    let start = prop_oneof![Just(""), Just("?"), Just(CALLBACK), Just("https://app.example/callback?"), Just("#")];
    (start, prop::collection::vec((name, value, joint), 0..8)).prop_map(|(start, parts)| {
        parts.into_iter().fold(start.to_owned(), |text, (name, value, joint)| format!("{text}{name}={value}{joint}"))
    })
}

#[test]
fn no_callback_of_a_stranger_leads_to_a_token_request() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Scripted::start([Answer::token("t")]));
    let (login, pending) = login_at(&server.url("/token"));
    let text = prop_oneof![nearly_a_callback(), ".{0,200}"];
    proptest!(ProptestConfig::with_cases(2000), |(callback in text)| {
        let outcome = runtime.block_on(login.finish(crate::support::copy(&pending), &callback));
        let error = outcome.expect_err("no stranger knows the state");
        prop_assert!(error.is_security() || error.is_invalid_response(), "{:?}: {:?}", callback, error);
    });
    assert_eq!(server.count(), 0);
}

#[test]
fn code_is_used_only_if_state_and_iss_are_right_and_none_is_twice() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Scripted::start([Answer::token("t")]));
    let (login, _pending) = login_at(&server.url("/token"));
    let count_of = |callback: &str, name: &str| {
        let query = callback.split('#').next().unwrap().trim_start_matches('?');
        form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name).count()
    };
    let parameter = prop_oneof![
        Just("code=c%2B1".to_owned()),
        Just("iss=https%3A%2F%2Fas.example".to_owned()),
        Just("iss=https%3A%2F%2Fevil.example".to_owned()),
        Just("x=1".to_owned()),
        Just("session_state=a.b".to_owned()),
        Just("state=STATE".to_owned()),
        Just("state=STATEx".to_owned()),
    ];
    proptest!(ProptestConfig::with_cases(500), |(parameters in prop::collection::vec(parameter, 1..6))| {
        // A login is finished once: each case has one of its own.
        let (_, pending) = login.start().unwrap();
        let callback = parameters.join("&").replace("STATE", pending.state());
        let before = server.count();
        let outcome = runtime.block_on(login.finish(pending, &callback));
        let state = parameters.iter().filter(|text| *text == "state=STATE").count();
        let good = count_of(&callback, "code") == 1
            && count_of(&callback, "state") == 1
            && state == 1
            && count_of(&callback, "iss") <= 1
            && !callback.contains("evil");
        prop_assert_eq!(outcome.is_ok(), good, "{}", callback);
        prop_assert_eq!(server.count() - before, usize::from(good));
    });
}
