//! docs/observability.md names all that is emitted.

use std::collections::BTreeSet;

use grantkit::Error;
use grantkit_testkit::Fault;

use crate::collected::Collected;
use crate::measured::Measured;
use crate::stage::stage;
use crate::support::{ManualClock, Source, seconds};

const PAGE: &str = include_str!("../../../../docs/observability.md");

fn is_documented(name: &str) -> bool {
    PAGE.contains(&format!("`{name}`"))
}

#[tokio::test]
async fn all_names_are_documented() {
    let (collected, measured, stage) = (Collected::start(), Measured::start(), stage().await);
    stage.server.faults().next("/token", 1, Fault::status(503).header("retry-after", "0"));
    stage.api.get("whoami").send().await.unwrap();
    stage.server.revoke_all_access_tokens();
    stage.api.get("whoami").send().await.unwrap();
    stage.server.faults().always("/token", Fault::status(500));
    stage.credentials.clear().await.unwrap();
    stage.credentials.token().await.unwrap_err();
    stage.credentials.token().await.unwrap_err();

    let clock = ManualClock::new();
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.builder().clock(clock.shared()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap();
    source.fail(Error::login_required("nobody is logged in"));
    source.fail_refresh(Error::invalid_response("the answer is cut off"));
    for _ in 0..2 {
        clock.advance(seconds(3600.0));
        credentials.token().await.unwrap_err();
    }

    let taken = measured.take();
    let metrics: BTreeSet<_> = taken.0.iter().map(|(name, _, _)| name.clone()).collect();
    let labels: BTreeSet<_> = taken.0.iter().flat_map(|(_, labels, _)| labels.keys().cloned()).collect();
    let (places, fields): (BTreeSet<_>, BTreeSet<_>) = collected.names().into_iter().unzip();
    for (what, names, at_least) in [("metric", metrics, 8), ("label", labels, 8), ("field", fields, 13)] {
        assert!(names.len() >= at_least, "only {names:?}");
        for name in names.iter().filter(|name| *name != "message") {
            assert!(is_documented(name), "the {what} {name} is not in docs/observability.md");
        }
    }
    assert!(places.iter().filter(|place| *place != "event").all(|place| is_documented(place)), "{places:?}");
    for event in collected.events() {
        let message = &event.fields["message"];
        assert!(
            PAGE.contains(&format!("| {message} | {} |", event.level)),
            "{message} is not in docs/observability.md"
        );
    }
    assert!(collected.events().len() >= 4);
}
