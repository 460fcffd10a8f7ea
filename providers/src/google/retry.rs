//! Requests that spend nothing are sent again while Google's services are busy, as google-auth does.

use std::future::Future;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::client::NamedGrant;
use grantkit::credentials::{Fingerprint, InnerClient};
use grantkit::{Error, OAuthClient, OAuthToken, Result};

const MAX_TRIES: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// Asks up to three times while the answer is that the service is busy or failing; each question may be answered more than once.
pub(super) async fn while_busy<T, F: Future<Output = Result<T>>>(ask: impl Fn() -> F) -> Result<T> {
    let mut tries = 1;
    loop {
        match ask().await {
            Err(error) if tries < MAX_TRIES && is_busy(&error) => {
                tokio::time::sleep(jittered(FIRST_PAUSE * 2_u32.pow(tries - 1))).await;
                tries += 1;
            }
            outcome => return outcome,
        }
    }
}

/// A grant by an assertion or a token that is no refresh token: asked again while the token endpoint is busy.
#[derive(Clone, Debug)]
pub(super) struct Retried(pub(super) NamedGrant);

#[async_trait]
impl OAuthClient for Retried {
    fn name(&self) -> &str {
        self.0.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        while_busy(|| self.0.get_token()).await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.0.fingerprint()
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.0))
    }
}

/// It has answered, and may answer otherwise in a moment. A time that it names was waited for already, or is too long for that.
fn is_busy(error: &Error) -> bool {
    error.is_retryable() && error.status().is_some() && error.retry_after().is_none()
}

/// Between half and the whole of it, so that clients that failed together do not come back together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use http::StatusCode;

    use super::*;

    async fn tries(error: impl Fn() -> Error) -> u32 {
        let tries = Cell::new(0);
        let asked = while_busy::<(), _>(|| {
            tries.set(tries.get() + 1);
            std::future::ready(Err(error()))
        });
        asked.await.unwrap_err();
        tries.get()
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_service_is_asked_three_times_and_no_other() {
        for status in [429, 500, 502, 503, 504] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(tries(|| Error::temporary("busy").with_status(status)).await, 3, "{status}");
        }
        let busy = || Error::temporary("busy").with_status(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(tries(|| busy().with_retry_after(Duration::from_secs(1))).await, 1);
        assert_eq!(tries(|| Error::temporary("no answer")).await, 1);
        assert_eq!(tries(|| Error::configuration("wrong").with_status(StatusCode::FORBIDDEN)).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn the_answer_of_a_later_try_counts() {
        let tries = Cell::new(0);
        let asked = while_busy(|| {
            tries.set(tries.get() + 1);
            std::future::ready(match tries.get() {
                1 => Err(Error::temporary("busy").with_status(StatusCode::SERVICE_UNAVAILABLE)),
                other => Ok(other),
            })
        });
        assert_eq!(asked.await.unwrap(), 2);
    }
}
