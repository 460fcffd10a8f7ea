//! The Tokio runtime that a call is made in.

use std::time::Duration;

use tokio::runtime::Handle;

use crate::error::{Error, Result};

/// The runtime that `what` is done on.
///
/// # Errors
///
/// [`is_configuration`](Error::is_configuration) outside of a runtime.
pub(crate) fn current(what: &str) -> Result<Handle> {
    Handle::try_current().map_err(|_| missing(what))
}

/// What is said where there is none.
pub(crate) fn missing(what: &str) -> Error {
    Error::configuration(format!("{what} within a Tokio runtime only: call from `#[tokio::main]` or `block_on`"))
}

/// The future's output within this time. Outside of a runtime there are no timers, and it has no limit.
pub(crate) async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    match Handle::try_current() {
        Ok(_) => tokio::time::timeout(limit, future).await.ok(),
        Err(_) => Some(future.await),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn within_a_runtime_it_is_that_one() {
        assert_eq!(current("it can be done").unwrap().id(), Handle::current().id());
    }

    #[test]
    fn outside_of_one_the_error_says_what_needs_it_and_where_to_call() {
        let error = current("it can be done").unwrap_err();
        assert!(error.is_configuration() && error.to_string().starts_with("it can be done within a Tokio"), "{error}");
    }
}
