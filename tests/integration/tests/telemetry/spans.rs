//! Spans: what they say, and what they are a part of.

use grantkit::Error;
use grantkit_testkit::Fault;
use serde_json::{Value, json};
use tracing::{Instrument, Level, info_span};

use crate::collected::{Collected, Fields};
use crate::stage::{fifty_callers, stage};
use crate::support::{ManualClock, Source, seconds, until};

fn said<const N: usize>(fields: &Fields, names: [&str; N]) -> [Option<String>; N] {
    names.map(|name| fields.get(name).cloned())
}

fn some<const N: usize>(values: [&str; N]) -> [Option<String>; N] {
    values.map(|value| Some(value.to_owned()))
}

#[tokio::test]
async fn request_span_is_in_the_acquisition_and_that_in_the_callers() {
    let (collected, stage) = (Collected::start(), stage().await);
    let caller = info_span!("caller");
    stage.credentials.token().instrument(caller.clone()).await.unwrap();
    drop(caller);

    let caller = collected.span("caller");
    let acquisition = collected.span("grantkit.token.acquire");
    assert_eq!(acquisition.parent, Some(caller.id));
    assert_eq!(
        said(
            &acquisition.fields,
            ["grantkit.client.name", "grantkit.token.source", "grantkit.token.ahead", "grantkit.token.waiting"]
        ),
        some(["billing", "acquired", "false", "1"])
    );
    let wait = collected.span("grantkit.token.wait");
    assert_eq!((wait.parent, wait.level), (Some(caller.id), Level::DEBUG));

    let request = collected.span("grantkit.request");
    assert_eq!(request.parent, Some(acquisition.id));
    assert_eq!(
        said(
            &request.fields,
            ["grantkit.endpoint", "http.request.method", "server.address", "http.response.status_code", "otel.kind"]
        ),
        some(["token", "POST", "127.0.0.1", "200", "client"])
    );
    assert_eq!(said(&request.fields, ["error.type", "http.request.resend_count"]), [None, None]);
    assert!([caller, acquisition, wait, request].iter().all(|span| span.closed));
}

#[tokio::test]
async fn an_acquisition_says_how_many_wait_for_it() {
    let (collected, source) = (Collected::start(), Source::new());
    let _credentials = fifty_callers(&source).await;
    assert_eq!(collected.span("grantkit.token.acquire").fields["grantkit.token.waiting"], "50");
    let waits = collected.spans("grantkit.token.wait");
    assert_eq!(waits.iter().filter(|wait| wait.fields["grantkit.token.wait.shared"] == "true").count(), 49);
    assert_eq!(waits.len(), 50);
}

#[tokio::test]
async fn a_renewal_ahead_of_expiry_follows_from_the_caller_and_is_no_part_of_it() {
    let (collected, clock) = (Collected::start(), ManualClock::new());
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3500.0));
    credentials.token().instrument(info_span!("caller")).await.unwrap();
    until(|| collected.spans("grantkit.token.acquire").iter().filter(|span| span.closed).count() == 2).await;

    let renewal = collected.spans("grantkit.token.acquire").pop().unwrap();
    assert_eq!((renewal.parent, renewal.follows), (None, vec![collected.span("caller").id]));
    assert_eq!(
        said(&renewal.fields, ["grantkit.token.source", "grantkit.token.ahead", "grantkit.token.waiting"]),
        some(["refreshed", "true", "0"])
    );
}

#[tokio::test]
async fn a_failed_acquisition_says_of_what_class_its_error_is() {
    let (collected, stage) = (Collected::start(), stage().await);
    stage.server.faults().next("/token", 1, Fault::respond(401, json!({ "error": "invalid_client" })));
    stage.credentials.token().await.unwrap_err();
    let (acquisition, request) = (collected.span("grantkit.token.acquire"), collected.span("grantkit.request"));
    assert_eq!(said(&acquisition.fields, ["error.type", "otel.status_code"]), some(["invalid_client", "ERROR"]));
    assert_eq!(
        said(&request.fields, ["error.type", "otel.status_code", "http.response.status_code"]),
        some(["401", "ERROR", "401"])
    );
}

#[tokio::test]
async fn a_request_that_is_sent_again_says_so() {
    let (collected, stage) = (Collected::start(), stage().await);
    stage.server.faults().next("/token", 2, Fault::status(503).header("retry-after", "0"));
    stage.credentials.token().await.unwrap();
    let requests = collected.spans("grantkit.request");
    let said: Vec<_> = requests
        .iter()
        .map(|one| said(&one.fields, ["http.response.status_code", "http.request.resend_count"]))
        .collect();
    let times = |status: &str, resends: Option<&str>| [Some(status.to_owned()), resends.map(str::to_owned)];
    assert_eq!(said, [times("503", None), times("503", Some("1")), times("200", Some("2"))]);
}

#[tokio::test]
async fn api_requests_show_host_method_and_status_and_no_path() {
    let (collected, stage) = (Collected::start(), stage().await);
    let _: Value = stage.api.get("whoami").query(&[("secret", "CANARY")]).fetch().await.unwrap();
    stage.server.revoke_all_access_tokens();
    let _: Value = stage.api.get("whoami").fetch().await.unwrap();
    let requests = collected.spans("grantkit.api.request");
    let statuses: Vec<_> = requests.iter().map(|one| one.fields["http.response.status_code"].as_str()).collect();
    assert_eq!(statuses, ["200", "401", "200"]);
    let resends: Vec<_> = requests.iter().map(|one| one.fields.get("http.request.resend_count").cloned()).collect();
    assert_eq!(resends, [None, None, Some("1".to_owned())]);
    for request in requests {
        assert_eq!(
            said(&request.fields, ["grantkit.endpoint", "http.request.method", "server.address"]),
            some(["resource", "GET", "127.0.0.1"])
        );
        let values: Vec<_> =
            request.fields.values().filter(|value| value.contains("whoami") || value.contains("CANARY")).collect();
        assert!(values.is_empty(), "{values:?}");
    }
}

#[tokio::test]
async fn a_request_without_an_answer_has_an_error_and_no_status() {
    let (collected, stage) = (Collected::start(), stage().await);
    stage.credentials.token().await.unwrap();
    stage.protected.shutdown().await;
    stage.api.get("whoami").send().await.unwrap_err();
    let request = collected.span("grantkit.api.request");
    assert_eq!(said(&request.fields, ["error.type", "http.response.status_code"]), [Some("connect".to_owned()), None]);
}

#[tokio::test]
async fn a_panic_ends_the_span_with_an_error() {
    let (collected, source) = (Collected::start(), Source::new());
    source.panic(true);
    let error: Error = source.alone().token().await.unwrap_err();
    assert!(error.is_retryable());
    let acquisition = collected.span("grantkit.token.acquire");
    assert_eq!((acquisition.fields["error.type"].as_str(), acquisition.closed), ("temporary", true));
}
