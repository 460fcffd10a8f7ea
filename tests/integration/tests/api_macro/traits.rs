//! The trait stays a trait: a mock is an implementation by hand, and its futures go to other threads.

use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{Stream, TryStreamExt as _, stream};
use grantkit::prelude::*;
use serde::Serialize;

use crate::credentials;

/// Of one thread alone.
#[derive(Serialize)]
struct Local<T> {
    value: T,
    #[serde(skip)]
    _bound: PhantomData<Rc<()>>,
}

#[api(base = "https://api.acme.dev/v1")]
trait Invoices: Send + Sync {
    /// The amount in cents.
    #[get("/invoices/{id}/amount")]
    async fn amount(&self, id: u64) -> Result<u64>;

    /// What is no request is left as it is.
    async fn total(&self, ids: &[u64]) -> Result<u64> {
        let mut total = 0;
        for id in ids {
            total += self.amount(*id).await?;
        }
        Ok(total)
    }

    /// The amounts of all, in pages.
    #[get("/amounts", paginate = "link")]
    fn amounts(&self) -> impl Stream<Item = Result<u64>>;

    /// With a type parameter, and an argument that is bound to its thread.
    #[post("/notes")]
    async fn note<T: Serialize>(&self, #[json] note: Local<T>) -> Result<()>;
}

/// For tests of a program that takes any `Invoices`.
#[derive(Default)]
struct Mock {
    asked: AtomicU64,
}

impl Invoices for Mock {
    async fn amount(&self, id: u64) -> Result<u64> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Ok(id * 100)
    }

    fn amounts(&self) -> impl Stream<Item = Result<u64>> {
        stream::iter([Ok(100), Ok(200)])
    }

    #[expect(clippy::manual_async_fn, reason = "the argument is bound to its thread")]
    fn note<T: Serialize>(&self, _: Local<T>) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

async fn bill(invoices: &impl Invoices) -> Result<u64> {
    invoices.total(&[1, 2]).await
}

#[tokio::test]
async fn a_mock_takes_the_place_of_the_client() {
    let mock = Mock::default();
    assert_eq!(bill(&mock).await.unwrap(), 300);
    assert_eq!(mock.asked.load(Ordering::Relaxed), 2);
    let amounts: Vec<u64> = mock.amounts().try_collect().await.unwrap();
    assert_eq!(amounts, [100, 200]);
}

#[tokio::test]
async fn any_implementation_can_be_called_from_another_task() {
    fn spawned<I: Invoices + 'static>(invoices: Arc<I>) -> tokio::task::JoinHandle<Result<u64>> {
        tokio::spawn(async move { invoices.amount(7).await })
    }
    let server = grantkit_integration_tests::support::mock_server().await;
    server
        .mock_async(|when, then| {
            let _ = when.path("/invoices/7/amount");
            then.status(200).body("1999");
        })
        .await;
    let client = InvoicesClient::with_base(&server.base_url(), credentials()).unwrap();
    assert_eq!(spawned(Arc::new(client)).await.unwrap().unwrap(), 1999);
    assert_eq!(spawned(Arc::new(Mock::default())).await.unwrap().unwrap(), 700);
}

#[tokio::test]
async fn a_request_is_sent_to_another_thread_whatever_it_was_made_of() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let mock = server
        .mock_async(|when, then| {
            let _ = when.path("/notes").body(r#"{"value":[1,2]}"#);
            then.status(204);
        })
        .await;
    let client = InvoicesClient::with_base(&server.base_url(), credentials()).unwrap();
    client.note(Local { value: [1, 2], _bound: PhantomData }).await.unwrap();
    mock.assert_async().await;
}
