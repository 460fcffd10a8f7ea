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
    let credentials = source.builder().clock(clock.clone()).build();
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

/// What the events say, as it stands in the source: a flow that none of these tests runs is seen, too.
#[test]
fn the_events_of_the_page_are_those_of_the_source() {
    let source = include_str!("../../../../sdk/src/telemetry/spans.rs");
    let code = source.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    let texts = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let messages: BTreeSet<_> = texts.filter(|text| text.trim().contains(' ')).collect();
    assert!(messages.len() > 10 && messages.contains("the API rejected the token"), "{messages:?}");
    let section = PAGE.split_once("## Events").unwrap().1.split_once("\n## ").unwrap().0;
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | ")).skip(1);
    let rows: BTreeSet<_> = rows.map(|(message, _)| message.split(" (feature ").next().unwrap()).collect();
    assert_eq!(rows, messages, "the rows of docs/observability.md, and sdk/src/telemetry/spans.rs");
}
