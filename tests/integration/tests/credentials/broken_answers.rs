//! A server that has acted on a refresh, and whose answer cannot be used: what it says of the refresh token counts all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use grantkit::credentials::{AfterLostResponse, CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit_testkit::{AuthorizationServer, Fault};
use serde_json::{Value, json};

use crate::shared_login::{log_in, log_in_by};
use crate::support::{ManualClock, seconds};

type Edit = fn(&mut Value);

/// What makes a token answer one that cannot be used, and leaves the refresh token in it.
const BROKEN: [(&str, Edit); 14] = [
    ("no token type", |answer| drop(answer.as_object_mut().unwrap().remove("token_type"))),
    ("an unknown token type", |answer| answer["token_type"] = json!("mac")),
    ("a token type that is not text", |answer| answer["token_type"] = json!(7)),
    ("a type that was not asked for", |answer| answer["token_type"] = json!("DPoP")),
    ("no access token", |answer| drop(answer.as_object_mut().unwrap().remove("access_token"))),
    ("an access token that is null", |answer| answer["access_token"] = Value::Null),
    ("an access token that is not text", |answer| answer["access_token"] = json!({ "value": "t" })),
    ("an empty access token", |answer| answer["access_token"] = json!("")),
    ("an access token that is no header", |answer| answer["access_token"] = json!("t\n")),
    ("values within values", |answer| answer["more"] = (0..200).fold(json!(1), |within, _| json!([within]))),
    ("a temporary error beside it", |answer| answer["error"] = json!("server_error")),
    ("an error for good beside it", |answer| answer["error"] = json!("invalid_grant")),
    ("an error of its own beside it", |answer| answer["error"] = json!("no such luck")),
    ("an error object beside it", |answer| answer["error"] = json!({ "code": 1 })),
];

struct Set {
    server: AuthorizationServer,
    clock: ManualClock,
    credentials: Credentials,
}

/// A login whose access token has expired; a hook of its client refuses an answer while it is told to, where there is one.
async fn expired_login(rotating: bool, after: AfterLostResponse, refuses: Option<&Arc<AtomicBool>>) -> Set {
    let server = AuthorizationServer::builder()
        .public_client("app", ["https://app.example/cb"])
        .rotate_refresh_tokens(rotating)
        .start()
        .await
        .unwrap();
    let client = Client::builder().client_id("app").public().token_endpoint(&server.token_endpoint()).unwrap();
    let client = match refuses.cloned() {
        Some(refuses) => client.read_token_answer(Fingerprint::new("hook", "refuses while it is told to"), move |_| {
            if refuses.load(Ordering::SeqCst) {
                return Err(Error::invalid_response("refused by the hook"));
            }
            Ok(())
        }),
        None => client,
    };
    let client = client.build();
    let clock = ManualClock::new();
    let policy = RefreshPolicy::default().with_backoff(seconds(0.01), seconds(0.01)).with_after_lost_response(after);
    let credentials = client.erased().stored_login("alice").credentials_builder();
    let credentials = credentials.cache(&CredentialCache::new(1, None)).clock(clock.clone()).policy(policy).build();
    credentials.put(log_in(&server).await).await.unwrap();
    clock.advance(seconds(3600.0));
    Set { server, clock, credentials }
}

const POLICIES: [AfterLostResponse; 2] = [AfterLostResponse::RetryOnce, AfterLostResponse::Never];

/// The answer fails, and the next refresh sends its refresh token: no token arrives twice.
async fn goes_on(Set { server, clock, credentials }: Set, what: &str) {
    let error = credentials.token().await.unwrap_err();
    assert!(!error.to_string().contains("lost"), "{what}: {error}");
    assert!(error.next_refresh_token().is_none(), "{what}: the credentials keep it");
    assert_eq!(server.counters().refresh_token, 1, "{what}: {error}");
    server.faults().clear();
    clock.advance(seconds(60.0));
    credentials.token().await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let counters = server.counters();
    let counted = (counters.refresh_token, counters.reused_refresh_tokens, counters.revoked_families);
    assert_eq!(counted, (2, 0, 0), "{what}");
}

#[tokio::test]
async fn login_goes_on_under_the_successor_of_an_unusable_answer() {
    for after in POLICIES {
        for (what, edit) in BROKEN {
            let set = expired_login(true, after, None).await;
            set.server.faults().next("/token", 1, Fault::edit_json(edit));
            goes_on(set, what).await;
        }
    }
}

#[tokio::test]
async fn login_goes_on_under_the_successor_that_a_hook_refused() {
    for after in POLICIES {
        let refuses = Arc::new(AtomicBool::new(true));
        let Set { server, clock, credentials } = expired_login(true, after, Some(&refuses)).await;
        let error = credentials.token().await.unwrap_err();
        assert!(error.to_string().contains("refused by the hook"), "{error}");
        refuses.store(false, Ordering::SeqCst);
        clock.advance(seconds(60.0));
        credentials.token().await.unwrap();
        let counters = server.counters();
        assert_eq!((counters.refresh_token, counters.reused_refresh_tokens), (2, 0));
    }
}

/// Without a new one the old one stays (RFC 6749 §6), also where the rest of the answer is no good: it is neither sent again at once nor
/// given up.
#[tokio::test]
async fn refresh_token_that_an_unusable_answer_leaves_is_kept() {
    for after in POLICIES {
        let set = expired_login(false, after, None).await;
        let edit = |answer: &mut Value| {
            let members = answer.as_object_mut().unwrap();
            members.retain(|name, _| name == "access_token");
        };
        set.server.faults().next("/token", 1, Fault::edit_json(edit));
        goes_on(set, "an access token alone").await;
    }
}

/// What says nothing of either token is no more than a lost answer, for which there is a policy.
#[tokio::test]
async fn answer_that_says_nothing_of_tokens_is_a_lost_answer() {
    let nothing = || Fault::edit_json(|answer| *answer = json!({ "status": "ok" }));
    let Set { server, credentials, .. } = expired_login(false, AfterLostResponse::RetryOnce, None).await;
    server.faults().next("/token", 1, nothing());
    credentials.token().await.unwrap();
    assert_eq!(server.counters().refresh_token, 2);

    let Set { server, clock, credentials } = expired_login(false, AfterLostResponse::Never, None).await;
    server.faults().next("/token", 1, nothing());
    for _ in 0..3 {
        assert!(credentials.token().await.unwrap_err().needs_login());
        clock.advance(seconds(60.0));
    }
    assert_eq!(server.counters().refresh_token, 1);
}

/// A login that is refreshed as soon as it is there goes on under the successor, too.
#[tokio::test]
async fn new_login_has_the_successor_of_an_unusable_answer() {
    let server = AuthorizationServer::builder().public_client("app", ["https://app.example/cb"]).start().await.unwrap();
    server.faults().next("/token", 1, Fault::edit_json(|_| ()));
    server.faults().next("/token", 1, Fault::edit_json(|answer| answer["token_type"] = json!("mac")));
    let login = log_in_by(&server, true).await;
    assert_eq!(server.counters().refresh_token, 1);
    let client = Client::builder().client_id("app").public().token_endpoint(&server.token_endpoint()).unwrap().build();
    client.refresh_token_grant(login.refresh_token().unwrap().clone()).get_token().await.unwrap();
    let counters = server.counters();
    assert_eq!((counters.refresh_token, counters.reused_refresh_tokens), (2, 0));
}

/// Where the refresh token is kept by the caller, the error has what the login goes on with.
#[tokio::test]
async fn error_of_a_refresh_by_hand_has_the_successor() {
    let server = AuthorizationServer::builder()
        .public_client("app", ["https://app.example/cb"])
        .rotate_refresh_tokens(true)
        .start()
        .await
        .unwrap();
    let client = Client::builder().client_id("app").public().token_endpoint(&server.token_endpoint()).unwrap().build();
    let mut kept = log_in(&server).await.refresh_token().unwrap().clone();
    for (what, edit) in BROKEN {
        server.faults().next("/token", 1, Fault::edit_json(edit));
        let error = client.refresh_token_grant(kept.clone()).get_token().await.unwrap_err();
        let next = error.next_refresh_token().unwrap_or_else(|| panic!("{what}: {error:?}"));
        assert!(next != kept && !format!("{error} {error:?}").contains(next.secret()), "{what}: {error:?}");
        kept = next;
    }
    assert!(client.refresh_token_grant(kept).get_token().await.is_ok());
    let refused = client.refresh_token_grant("unknown").get_token().await.unwrap_err();
    assert!(refused.next_refresh_token().is_none());
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}
