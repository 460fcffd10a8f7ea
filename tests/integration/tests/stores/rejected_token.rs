//! 401s: a refused token is compared with what others have got in the meantime.

use grantkit::store::MemoryStore;

use crate::issuer::Issuer;
use crate::source::text;

#[tokio::test]
async fn a_token_that_another_process_has_renewed_is_taken_from_the_store() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.machine().process(store.clone()));
    assert_eq!(text(&one).await.unwrap(), text(&other).await.unwrap());
    let (of_one, of_other) = (one.headers().await.unwrap(), other.headers().await.unwrap());
    one.refresh_rejected_token(&of_one).await.unwrap().unwrap();
    let renewed = other.refresh_rejected_token(&of_other).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "Bearer access-2");
    assert_eq!(issuer.requests().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_storm_of_refusals_in_many_processes_makes_one_request() {
    let (issuer, store) = (Issuer::new().latency(std::time::Duration::from_millis(20)), MemoryStore::new());
    let mut tasks = tokio::task::JoinSet::new();
    let processes: Vec<_> = (0..20).map(|_| issuer.machine().process(store.clone())).collect();
    for credentials in &processes {
        assert_eq!(text(credentials).await.unwrap(), "access-1");
    }
    for credentials in processes {
        for _ in 0..50 {
            let credentials = credentials.clone();
            tasks.spawn(async move {
                let headers = credentials.headers().await.unwrap();
                if headers.authorization() == "Bearer access-1" {
                    let renewed = credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
                    assert_eq!(renewed.authorization(), "Bearer access-2");
                }
            });
        }
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(issuer.requests().len(), 2);
}

/// The token of the store was rejected: a process that starts with it must not be served it again.
#[tokio::test]
async fn a_rejected_token_is_not_found_again() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    text(&issuer.machine().process(store.clone())).await.unwrap();
    let later = issuer.machine().process(store);
    let headers = later.headers().await.unwrap();
    assert_eq!(headers.authorization(), "Bearer access-1");
    assert_eq!(later.refresh_rejected_token(&headers).await.unwrap().unwrap().authorization(), "Bearer access-2");
}
