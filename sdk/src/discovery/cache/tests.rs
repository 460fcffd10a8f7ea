use serde_json::json;

use super::*;
use crate::error::{Error, Fault};

const HOUR: Duration = Duration::from_hours(1);

fn document(token_endpoint: &str) -> ServerMetadata {
    serde_json::from_value(json!({ "issuer": "https://as.example", "token_endpoint": token_endpoint })).unwrap()
}

fn key() -> Key {
    ServerMetadata::discover("https://as.example").key(&Transport::builder().build().unwrap())
}

async fn fetched(known: &Documents, key: &Key, time: &Time, outcome: Result<&'static str>) -> Result<String> {
    let metadata = get_in(known, key, time, || async { Ok((document(outcome?), HOUR)) }).await?;
    Ok(metadata.token_endpoint.clone().unwrap())
}

#[tokio::test]
async fn an_outage_is_bridged_for_a_day_and_tried_again_after_a_pause() {
    let (known, key, time) = (Documents::new(LIMITS), key(), Time::manual(1000));
    let down = || Err(Error::temporary("down"));
    assert_eq!(fetched(&known, &key, &time, Ok("a")).await.unwrap(), "a");
    time.advance(HOUR);
    assert_eq!(fetched(&known, &key, &time, down()).await.unwrap(), "a");
    assert_eq!(fetched(&known, &key, &time, Ok("b")).await.unwrap(), "a", "the pause is not over");
    time.advance(LIMITS.cool_down);
    assert_eq!(fetched(&known, &key, &time, down()).await.unwrap(), "a");
    time.advance(LIMITS.max_stale);
    assert!(fetched(&known, &key, &time, down()).await.unwrap_err().is_retryable());
    time.advance(LIMITS.failure_pause);
    assert_eq!(fetched(&known, &key, &time, Ok("c")).await.unwrap(), "c");
}

#[tokio::test]
async fn a_document_that_is_anothers_by_now_is_no_outage() {
    let (known, key, time) = (Documents::new(LIMITS), key(), Time::manual(1000));
    let foreign = || Err(Error::new(Fault::Security, "another issuer's"));
    fetched(&known, &key, &time, Ok("a")).await.unwrap();
    time.advance(HOUR);
    assert!(fetched(&known, &key, &time, foreign()).await.unwrap_err().is_security());
    time.advance(LIMITS.failure_pause);
    assert!(fetched(&known, &key, &time, Err(Error::temporary("down"))).await.unwrap_err().is_retryable());
}

#[tokio::test]
async fn documents_are_weighed_by_their_bytes() {
    let known = Documents::new(Limits { max_bytes: 1024 * 1024, ..LIMITS });
    let transport = Transport::builder().build().unwrap();
    for number in 0..100 {
        let issuer = format!("https://{number}.as.example");
        let text = "x".repeat(100_000);
        let document = serde_json::from_value(json!({ "issuer": issuer, "further": text })).unwrap();
        let key = ServerMetadata::discover(&issuer).key(&transport);
        get_in(&known, &key, &Time::System, || async { Ok((document, HOUR)) }).await.unwrap();
    }
    let kept = known.kept_bytes();
    assert!((100_000..=1024 * 1024).contains(&kept), "{kept}");
}
