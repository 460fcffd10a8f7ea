use std::sync::atomic::AtomicUsize;

use serde_json::json;

use super::*;

const HOUR: Duration = Duration::from_hours(1);

fn document(token_endpoint: &str) -> ServerMetadata {
    serde_json::from_value(json!({ "issuer": "https://as.example", "token_endpoint": token_endpoint })).unwrap()
}

async fn fetched(entry: &CacheEntry, now: Instant, outcome: Result<&str>) -> Result<String> {
    let metadata = entry.get(now, || async { Ok((document(outcome?), HOUR)) }).await?;
    Ok(metadata.token_endpoint.clone().unwrap())
}

#[tokio::test]
async fn a_document_is_kept_for_its_lifetime_and_then_renewed() {
    let (entry, start) = (CacheEntry::default(), Instant::now());
    assert_eq!(fetched(&entry, start, Ok("a")).await.unwrap(), "a");
    assert_eq!(fetched(&entry, start + HOUR.saturating_sub(PAUSE), Ok("b")).await.unwrap(), "a");
    assert_eq!(fetched(&entry, start + HOUR, Ok("c")).await.unwrap(), "c");
}

#[tokio::test]
async fn an_outage_is_bridged_for_a_day_and_tried_again_after_a_pause() {
    let (entry, start) = (CacheEntry::default(), Instant::now());
    let down = || Err(Error::temporary("down"));
    fetched(&entry, start, Ok("a")).await.unwrap();
    assert_eq!(fetched(&entry, start + HOUR, down()).await.unwrap(), "a");
    assert_eq!(fetched(&entry, start + HOUR, Ok("b")).await.unwrap(), "a", "the pause is not over");
    assert_eq!(fetched(&entry, start + HOUR + PAUSE, down()).await.unwrap(), "a");
    assert!(fetched(&entry, start + HOUR + MAX_STALE, down()).await.unwrap_err().is_retryable());
    assert_eq!(fetched(&entry, start + HOUR + MAX_STALE, Ok("c")).await.unwrap(), "c");
}

#[tokio::test]
async fn a_document_that_is_anothers_by_now_is_no_outage() {
    let (entry, start) = (CacheEntry::default(), Instant::now());
    let foreign = || Err(Error::new(crate::error::Kind::Security, "another issuer's"));
    fetched(&entry, start, Ok("a")).await.unwrap();
    assert!(fetched(&entry, start + HOUR, foreign()).await.unwrap_err().is_security());
    assert!(fetched(&entry, start + HOUR, foreign()).await.unwrap_err().is_security());
}

#[tokio::test]
async fn many_who_want_it_at_once_cause_one_fetch_whatever_becomes_of_it() {
    for fails in [false, true] {
        let (entry, start, fetches) = (CacheEntry::default(), Instant::now(), AtomicUsize::new(0));
        let fetch = || async {
            fetches.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            if fails { Err(Error::temporary("down")) } else { Ok((document("a"), HOUR)) }
        };
        let all = futures_util::future::join_all((0..50).map(|_| entry.get(start, fetch))).await;
        assert!(all.iter().all(|outcome| outcome.is_err() == fails));
        assert_eq!(fetches.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn who_gives_up_does_not_keep_the_others_from_it() {
    let (entry, start) = (CacheEntry::default(), Instant::now());
    let never = entry.get(start, std::future::pending);
    assert!(tokio::time::timeout(Duration::from_millis(5), never).await.is_err());
    assert_eq!(fetched(&entry, start, Ok("a")).await.unwrap(), "a");
}

#[tokio::test]
async fn documents_are_weighed_by_their_bytes() {
    let known = bounded(1024 * 1024);
    let transport = Transport::builder().build().unwrap();
    for number in 0..100 {
        let issuer = format!("https://{number}.as.example");
        let text = "x".repeat(100_000);
        let document = serde_json::from_value(json!({ "issuer": issuer, "further": text })).unwrap();
        let key = ServerMetadata::discover(&issuer).key(&transport);
        get_in(&known, key, async || Ok((document, Duration::from_hours(1)))).await.unwrap();
    }
    known.run_pending_tasks();
    let kept: u64 = known.iter().map(|(_, entry)| u64::from(entry.weight())).sum();
    assert!((100_000..=1024 * 1024).contains(&kept), "{kept}");
}
