use std::future::Future;

use tokio::time::timeout;

use super::token_store::TokenStore;
use crate::error::{Error, Result};

/// The answer of a call of the store, which takes no longer than the store says that one may.
///
/// # Errors
///
/// [`is_retryable`](Error::is_retryable) where it does not come in time; else the store's own.
pub(crate) async fn answer_in_time<T>(
    store: &dyn TokenStore,
    call: impl Future<Output = Result<T>> + Send,
) -> Result<T> {
    let limit = store.call_timeout();
    timeout(limit, call).await.unwrap_or_else(|_| {
        Err(Error::temporary(format!("the token store did not answer within {:.1} s", limit.as_secs_f64())))
    })
}
