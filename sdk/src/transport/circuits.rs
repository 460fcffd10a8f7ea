use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::StatusCode;
use tokio::time::{Instant, sleep_until};

use super::Answer;
use super::circuit::{Circuit, Leave, Refusal};
use crate::error::{Error, Kind, Result};
use crate::telemetry;
use crate::wire::retry_after;

/// The servers that were asked, each with its [`Circuit`]: however many clients a process has, one that is down is asked by
/// one of them at a time.
#[derive(Clone, Default)]
pub(super) struct Circuits(Arc<Mutex<HashMap<String, Circuit>>>);

/// The leave to send one request to a server.
pub(super) struct Permit<'a> {
    circuits: &'a Circuits,
    origin: String,
    leave: Option<Leave>,
}

/// A program talks to a few servers. Of more than so many at a time nothing is kept.
const MOST_ORIGINS: usize = 1024;

impl Circuits {
    /// The leave to send a request there.
    ///
    /// # Errors
    ///
    /// A temporary one where the server is left alone for now, with the time of the next try: nothing was sent.
    pub(super) async fn enter(&self, url: &url::Url) -> Result<Permit<'_>> {
        let origin = url.origin().ascii_serialization();
        let entered = self.with(&origin, |circuit| circuit.enter(Instant::now(), fastrand::f64()));
        match entered {
            Ok(leave) => {
                let permit = Permit { circuits: self, origin, leave: Some(leave) };
                if leave.not_before > Instant::now() {
                    sleep_until(leave.not_before).await;
                }
                Ok(permit)
            }
            Err(Refusal { retry_after, why }) => {
                let message =
                    format!("{origin} has failed again and again, and is left alone for a while; the last time: {why}");
                Err(Error::temporary(message).with_source(why).with_retry_after(retry_after).not_sent())
            }
        }
    }

    fn with<T>(&self, origin: &str, look: impl FnOnce(&mut Circuit) -> T) -> T {
        let mut circuits = self.lock();
        if let Some(circuit) = circuits.get_mut(origin) {
            return look(circuit);
        }
        if circuits.len() >= MOST_ORIGINS {
            let now = Instant::now();
            circuits.retain(|_, circuit| !circuit.is_idle(now));
        }
        if circuits.len() < MOST_ORIGINS {
            look(circuits.entry(origin.to_owned()).or_default())
        } else {
            look(&mut Circuit::default())
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Circuit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// What came of the request.
    pub(super) fn judge(mut self, outcome: &Result<Answer>) {
        let Some(leave) = self.leave.take() else { return };
        let failure = match outcome {
            Ok(answer) => is_down(answer.status()).then(|| {
                let error =
                    Error::temporary(format!("it answered with {}", answer.status())).with_status(answer.status());
                retry_after(answer.headers()).into_iter().fold(error, Error::with_retry_after)
            }),
            Err(error) if matches!(error.kind(), Kind::Connect | Kind::Timeout | Kind::Interrupted) => {
                Some(error.clone())
            }
            // The program's own mistake, made before anything was sent.
            Err(error) if error.is_configuration() => return self.change(|circuit| circuit.leave(leave)),
            Err(_) => None,
        };
        self.change(|circuit| match failure {
            Some(why) => circuit.failed(leave, why, Instant::now()),
            None => circuit.answered(leave, Instant::now()),
        });
    }

    fn change(&self, change: impl FnOnce(&mut Circuit)) {
        let turned = self.circuits.with(&self.origin, |circuit| {
            let was_closed = circuit.is_closed();
            change(circuit);
            (circuit.is_closed() != was_closed).then_some(was_closed)
        });
        // Said without the lock: nobody knows how long a subscriber takes.
        match turned {
            Some(true) => telemetry::circuit_opened(&self.origin),
            Some(false) => telemetry::circuit_closed(&self.origin),
            None => {}
        }
    }
}

impl Drop for Permit<'_> {
    /// Whoever sent the request went away.
    fn drop(&mut self) {
        if let Some(leave) = self.leave.take() {
            self.change(|circuit| circuit.leave(leave));
        }
    }
}

/// The server, or what stands before it, says that it is not there.
fn is_down(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT)
}

impl fmt::Debug for Circuits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Circuits").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn servers_that_were_asked_long_ago_make_room_for_others() {
        let circuits = Circuits::default();
        let ask = async |host: usize, error: Option<Error>| {
            let url = format!("https://as-{host}.example").parse().unwrap();
            let outcome = error.map_or_else(|| Ok(Answer::default()), Err);
            circuits.enter(&url).await.map(|permit| permit.judge(&outcome))
        };
        for _ in 0..10 {
            ask(0, Some(Error::new(Kind::Connect, "it is down"))).await.unwrap();
        }
        for host in 1..MOST_ORIGINS * 2 {
            ask(host, None).await.unwrap();
        }
        assert_eq!(circuits.lock().len(), MOST_ORIGINS);
        assert!(ask(0, None).await.is_err());
        tokio::time::advance(Duration::from_mins(2)).await;
        ask(MOST_ORIGINS * 2, None).await.unwrap();
        assert_eq!(circuits.lock().len(), 2, "the one that has failed is kept");
    }
}
