//! Counters and histograms.

use std::collections::BTreeSet;

use grantkit::{Error, OAuthClient};
use grantkit_testkit::Fault;
use serde_json::{Value, json};

use crate::measured::Measured;
use crate::stage::{fifty_callers, stage};
use crate::support::{ManualClock, Source, seconds};

const NAME: (&str, &str) = ("grantkit.client.name", "source");

#[tokio::test]
async fn fifty_callers_make_one_acquisition_and_share_it() {
    let (measured, source) = (Measured::start(), Source::new());
    let _credentials = fifty_callers(&source).await;
    let taken = measured.take();
    assert_eq!(taken.count("grantkit.token.acquired", &[NAME]), 1);
    assert_eq!(taken.count("grantkit.token.shared", &[NAME]), 49);
    assert_eq!(taken.count("grantkit.token.refreshed", &[]), 0);
    assert_eq!(taken.count("grantkit.token.failed", &[]), 0);
    let waits =
        |shared| taken.values("grantkit.token.wait.duration", &[NAME, ("grantkit.token.wait.shared", shared)]).len();
    assert_eq!((waits("true"), waits("false")), (49, 1));
    assert_eq!(taken.values("grantkit.token.age", &[NAME]).len(), 50, "each of them got a token to use");
}

#[tokio::test]
async fn a_caller_that_gives_up_has_waited() {
    let (measured, source) = (Measured::start(), Source::new());
    let credentials = source.alone();
    source.close();
    assert!(tokio::time::timeout(seconds(0.05), credentials.token()).await.is_err());
    let waits = measured.take().values("grantkit.token.wait.duration", &[NAME]);
    assert!(waits.len() == 1 && waits[0] >= 0.04, "{waits:?}");
}

#[tokio::test]
async fn refreshes_are_told_from_acquisitions() {
    let (measured, clock) = (Measured::start(), ManualClock::new());
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap();
    let taken = measured.take();
    assert_eq!(taken.count("grantkit.token.acquired", &[NAME]), 1);
    assert_eq!(taken.count("grantkit.token.refreshed", &[NAME]), 1);
}

#[tokio::test]
async fn the_age_is_that_of_the_token_when_it_is_used() {
    let (measured, clock) = (Measured::start(), ManualClock::new());
    let credentials = Source::new().builder().clock(clock.clone()).build();
    for pause in [0.0, 100.0, 900.0] {
        clock.advance(seconds(pause));
        credentials.headers().await.unwrap();
    }
    assert_eq!(measured.take().values("grantkit.token.age", &[NAME]), [0.0, 100.0, 1000.0]);
    clock.advance(seconds(3600.0));
    credentials.headers().await.unwrap();
    assert_eq!(measured.take().values("grantkit.token.age", &[NAME]), [0.0], "another token");
}

#[tokio::test]
async fn refusals_are_counted_also_where_they_renew_nothing() {
    let (measured, source) = (Measured::start(), Source::new());
    let credentials = source.alone();
    let first = credentials.headers().await.unwrap();
    let second = credentials.refresh_rejected_token(&first).await.unwrap().unwrap();
    credentials.refresh_rejected_token(&first).await.unwrap().unwrap();
    assert!(credentials.refresh_rejected_token(&second).await.unwrap().is_none());
    let taken = measured.take();
    assert_eq!(taken.count("grantkit.token.rejected", &[NAME]), 3);
    assert_eq!(taken.count("grantkit.token.acquired", &[NAME]), 2);
}

#[tokio::test]
async fn failures_are_counted_by_class_and_the_pause_after_them_apart() {
    let (measured, clock, source) = (Measured::start(), ManualClock::new(), Source::new());
    let credentials = source.builder().clock(clock.clone()).build();
    source.fail(Error::temporary("the vault is sealed"));
    credentials.token().await.unwrap_err();
    credentials.token().await.unwrap_err();
    credentials.token().await.unwrap_err();
    clock.advance(seconds(600.0));
    source.fail(Error::login_required("nobody is logged in"));
    credentials.token().await.unwrap_err();
    let taken = measured.take();
    assert_eq!(taken.count("grantkit.token.failed", &[NAME, ("error.type", "temporary")]), 1);
    assert_eq!(taken.count("grantkit.token.failed", &[NAME, ("error.type", "login_required")]), 1);
    assert_eq!(taken.count("grantkit.token.failed", &[]), 2);
    assert_eq!(taken.count("grantkit.token.backoff_rejected", &[NAME]), 2);
    assert_eq!(taken.count("grantkit.token.acquired", &[]), 0);
}

#[tokio::test]
async fn a_client_that_panics_has_failed() {
    let (measured, source) = (Measured::start(), Source::new());
    source.panic(true);
    source.alone().token().await.unwrap_err();
    assert_eq!(measured.take().count("grantkit.token.failed", &[NAME, ("error.type", "temporary")]), 1);
}

#[tokio::test]
async fn requests_are_timed_by_endpoint_and_outcome() {
    let (measured, stage) = (Measured::start(), stage().await);
    stage.server.faults().next("/token", 1, Fault::status(503).header("retry-after", "0"));
    let _: Value = stage.api.get("whoami").fetch().await.unwrap();
    stage.server.revoke_all_access_tokens();
    let _: Value = stage.api.get("whoami").fetch().await.unwrap();
    stage.protected.shutdown().await;
    stage.api.get("whoami").send().await.unwrap_err();
    stage.server.faults().next("/token", 1, Fault::respond(401, json!({ "error": "invalid_client" })));
    stage.credentials.clear().await.unwrap();
    stage.credentials.token().await.unwrap_err();

    let taken = measured.take();
    let count = |labels: &[(&str, &str)]| taken.values("grantkit.client.request.duration", labels).len();
    let of_token = ("grantkit.endpoint", "token");
    let (post, get) = (("http.request.method", "POST"), ("http.request.method", "GET"));
    let host = ("server.address", "127.0.0.1");
    assert_eq!(count(&[of_token, post, host, ("http.response.status_code", "200")]), 2);
    assert_eq!(count(&[of_token, post, ("http.response.status_code", "503"), ("error.type", "503")]), 1);
    assert_eq!(count(&[of_token, post, ("http.response.status_code", "401"), ("error.type", "401")]), 1);
    let resource = ("grantkit.endpoint", "resource");
    assert_eq!(count(&[resource, get, ("http.response.status_code", "200")]), 2);
    assert_eq!(count(&[resource, get, ("http.response.status_code", "401"), ("error.type", "401")]), 1);
    assert_eq!(count(&[resource, ("error.type", "connect")]), 1);
    assert_eq!(taken.count("grantkit.token.failed", &[("error.type", "invalid_client")]), 1);
    assert!(taken.values("grantkit.client.request.duration", &[]).iter().all(|seconds| (0.0..60.0).contains(seconds)));

    let issuer = stage.server.issuer();
    let (_, port_and_path) = issuer.rsplit_once(':').unwrap();
    assert_eq!(count(&[of_token, ("server.port", port_and_path.trim_end_matches('/'))]), 4);
}

/// 10,000 tenants of one client are one series: neither the cache key nor anything else that tells tokens apart is a label.
#[tokio::test]
async fn the_number_of_tokens_makes_no_labels() {
    let (measured, source) = (Measured::start(), Source::new());
    for tenant in 0..10_000 {
        grantkit::Credentials::builder(source.other_tenant(&format!("tenant-{tenant}")))
            .cache(&grantkit::credentials::CredentialCache::new(1, None))
            .build()
            .token()
            .await
            .unwrap();
    }
    let taken = measured.take();
    let name = source.other_tenant("any").name().to_owned();
    assert_eq!(taken.count("grantkit.token.acquired", &[("grantkit.client.name", &name)]), 10_000);
    let series: BTreeSet<_> = taken.0.iter().map(|(name, labels, _)| (name, labels)).collect();
    assert_eq!(series.len(), 3, "acquired, waited for, age: {series:?}");
}

/// As another process would.
#[tokio::test]
async fn a_token_that_another_has_put_into_the_store_is_adopted() {
    let (measured, source, store) = (Measured::start(), Source::new(), grantkit::store::MemoryStore::new());
    for _ in 0..3 {
        source.builder().store(store.clone()).build().token().await.unwrap();
    }
    let taken = measured.take();
    assert_eq!(taken.count("grantkit.token.acquired", &[NAME]), 1);
    assert_eq!(taken.count("grantkit.token.store_hit", &[NAME]), 2);
    assert_eq!(source.requests(), 1);
}
