use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use url::{Position, Url};

use super::Answer;
use super::circuit_breaker::{Admission, CircuitBreaker, Rejection};
use crate::error::{Error, Fault, Result, StatusClass};
use crate::telemetry;
use crate::wire::retry_after;

/// The endpoints that were asked, each with its [`CircuitBreaker`]: however many clients a process has, one that is down is asked by
/// one of them at a time. Another path of the same server has another circuit: behind it may be another tenant, or another
/// machine.
#[derive(Clone, Default)]
pub(super) struct CircuitBreakers(Arc<Mutex<HashMap<Arc<str>, EndpointBreaker>>>);

struct EndpointBreaker {
    endpoint: Arc<str>,
    circuit: CircuitBreaker,
    asked: Instant,
}

/// The leave to send one request to an endpoint.
pub(super) struct CircuitGuard<'a> {
    circuits: &'a CircuitBreakers,
    endpoint: Arc<str>,
    admission: Option<Admission>,
}

/// A program talks to a few servers, or to some for each of its tenants. Of more than so many at a time nothing is kept.
const MAX_CIRCUITS: usize = 1024;
/// Longer than any circuit stays open or recovers: nothing that is known of an endpoint lasts as long without a request.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(30);

impl CircuitBreakers {
    /// The leave to send a request there.
    ///
    /// # Errors
    ///
    /// A temporary one while the circuit breaker is open, with the time of the next try: nothing was sent.
    pub(super) async fn admit(&self, url: &Url) -> Result<CircuitGuard<'_>> {
        let (now, endpoint) = (Instant::now(), endpoint(url));
        let (endpoint, entered) =
            self.with(&endpoint, now, |endpoint, circuit| (Arc::clone(endpoint), circuit.admit(now, fastrand::f64())));
        match entered {
            Ok(admission) => {
                let guard = CircuitGuard { circuits: self, endpoint, admission: Some(admission) };
                if admission.not_before > now {
                    sleep_until(admission.not_before).await;
                }
                Ok(guard)
            }
            Err(Rejection { retry_after, why }) => {
                let message =
                    format!("the circuit breaker of {endpoint} is open after repeated failures; the last: {why}");
                Err(Error::temporary(message).with_source(why).with_retry_after(retry_after).not_sent())
            }
        }
    }

    fn with<T>(&self, endpoint: &str, now: Instant, look: impl FnOnce(&Arc<str>, &mut CircuitBreaker) -> T) -> T {
        let mut circuits = self.lock();
        if let Some(kept) = circuits.get_mut(endpoint) {
            kept.asked = now;
            return look(&kept.endpoint, &mut kept.circuit);
        }
        let endpoint: Arc<str> = endpoint.into();
        if circuits.len() >= MAX_CIRCUITS {
            circuits.retain(|_, kept| !kept.circuit.is_idle(now) && now.duration_since(kept.asked) < FORGOTTEN_AFTER);
        }
        if circuits.len() < MAX_CIRCUITS {
            let kept =
                EndpointBreaker { endpoint: Arc::clone(&endpoint), circuit: CircuitBreaker::default(), asked: now };
            look(&endpoint, &mut circuits.entry(Arc::clone(&endpoint)).or_insert(kept).circuit)
        } else {
            look(&endpoint, &mut CircuitBreaker::default())
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, EndpointBreaker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CircuitGuard<'_> {
    /// What came of the request.
    pub(super) fn record(mut self, outcome: &Result<Answer>) {
        let Some(admission) = self.admission.take() else { return };
        let failure = match outcome {
            Ok(answer) => StatusClass::of(answer.status()).is_down().then(|| {
                let error =
                    Error::temporary(format!("it answered with {}", answer.status())).with_status(answer.status());
                retry_after(answer.headers()).into_iter().fold(error, Error::with_retry_after)
            }),
            Err(error) if matches!(error.fault(), Fault::Connect | Fault::Timeout | Fault::Interrupted) => {
                Some(error.clone())
            }
            // Set up wrongly, here or there, which no waiting mends; or an address that this request is not to go to, as others may. Nothing was
            // sent, and nothing is learnt of the server.
            Err(error) if error.is_configuration() || error.is_security() => {
                return self.change(|circuit, _| circuit.cancel(admission));
            }
            Err(_) => None,
        };
        self.change(|circuit, now| match failure {
            Some(why) => circuit.failed(admission, why, now),
            None => circuit.answered(admission, now),
        });
    }

    fn change(&self, change: impl FnOnce(&mut CircuitBreaker, Instant)) {
        let now = Instant::now();
        let turned = self.circuits.with(&self.endpoint, now, |_, circuit| {
            let was_closed = circuit.is_closed();
            change(circuit, now);
            (circuit.is_closed() != was_closed).then_some(was_closed)
        });
        // Said without the lock: a subscriber may take any time.
        match turned {
            Some(true) => telemetry::circuit_opened(origin(&self.endpoint)),
            Some(false) => telemetry::circuit_closed(origin(&self.endpoint)),
            None => {}
        }
    }
}

/// Origin and path: behind another query is the same endpoint.
fn endpoint(url: &Url) -> Cow<'_, str> {
    if url.username().is_empty() && url.password().is_none() {
        return url[..Position::AfterPath].into();
    }
    format!("{}{}", url.origin().ascii_serialization(), url.path()).into()
}

fn origin(endpoint: &str) -> &str {
    let authority = endpoint.find("://").map_or(0, |at| at + 3);
    let end = endpoint.get(authority..).and_then(|rest| rest.find('/')).map_or(endpoint.len(), |at| authority + at);
    endpoint.get(..end).unwrap_or(endpoint)
}

impl Drop for CircuitGuard<'_> {
    /// The caller dropped the request.
    fn drop(&mut self) {
        if let Some(admission) = self.admission.take() {
            self.change(|circuit, _| circuit.cancel(admission));
        }
    }
}

impl fmt::Debug for CircuitBreakers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CircuitBreakers").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(circuits: &CircuitBreakers, url: &str, error: Option<Error>) -> Result<()> {
        let outcome = error.map_or_else(|| Ok(Answer::default()), Err);
        circuits.admit(&url.parse().unwrap()).await.map(|guard| guard.record(&outcome))
    }

    #[allow(clippy::unnecessary_wraps, reason = "as a circuit takes it")]
    fn down() -> Option<Error> {
        Some(Error::new(Fault::Connect, "it is down"))
    }

    #[tokio::test(start_paused = true)]
    async fn one_tenants_failures_stop_no_other_tenant() {
        let circuits = CircuitBreakers::default();
        for _ in 0..10 {
            ask(&circuits, "https://as.example/tenant-1/token", down()).await.unwrap();
        }
        let refused = ask(&circuits, "https://as.example/tenant-1/token?a=b", None).await.unwrap_err();
        assert!(refused.was_not_sent() && refused.to_string().contains("as.example/tenant-1/token "), "{refused}");
        ask(&circuits, "https://as.example/tenant-2/token", None).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn lasting_tls_failures_do_not_open_the_circuit() {
        let circuits = CircuitBreakers::default();
        for _ in 0..20 {
            let untrusted = Error::new(Fault::Tls, "its certificate is of a CA that is not trusted here");
            ask(&circuits, "https://as.example/token", Some(untrusted)).await.unwrap();
        }
    }

    /// Not even that it answers.
    #[tokio::test(start_paused = true)]
    async fn a_refused_address_is_no_news_of_the_server() {
        let circuits = CircuitBreakers::default();
        let url = "https://as.example/token";
        let refused = || Some(Error::new(Fault::Security, "the name leads to a private network"));
        for _ in 0..20 {
            ask(&circuits, url, refused()).await.unwrap();
        }
        for _ in 0..9 {
            ask(&circuits, url, down()).await.unwrap();
        }
        ask(&circuits, url, refused()).await.unwrap();
        ask(&circuits, url, down()).await.unwrap();
        assert!(ask(&circuits, url, None).await.is_err(), "ten failures in a row");

        // It is no answer to a trial either, and keeps none from the next.
        tokio::time::advance(Duration::from_secs(2)).await;
        ask(&circuits, url, refused()).await.unwrap();
        ask(&circuits, url, down()).await.unwrap();
        assert!(ask(&circuits, url, None).await.is_err(), "the trial has failed");
    }

    #[tokio::test(start_paused = true)]
    async fn endpoints_that_failed_long_ago_make_room_for_others() {
        let circuits = CircuitBreakers::default();
        for path in 0..MAX_CIRCUITS {
            ask(&circuits, &format!("https://as.example/{path}"), down()).await.unwrap();
        }
        tokio::time::advance(FORGOTTEN_AFTER).await;
        ask(&circuits, "https://as.example/next", down()).await.unwrap();
        assert_eq!(circuits.lock().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn servers_that_were_asked_long_ago_make_room_for_others() {
        let circuits = CircuitBreakers::default();
        let ask = async |host: usize, error| ask(&circuits, &format!("https://as-{host}.example"), error).await;
        for _ in 0..10 {
            ask(0, down()).await.unwrap();
        }
        for host in 1..MAX_CIRCUITS * 2 {
            ask(host, None).await.unwrap();
        }
        assert_eq!(circuits.lock().len(), MAX_CIRCUITS);
        assert!(ask(0, None).await.is_err());
        tokio::time::advance(Duration::from_mins(2)).await;
        ask(MAX_CIRCUITS * 2, None).await.unwrap();
        assert_eq!(circuits.lock().len(), 2, "the failing endpoint's breaker is kept");
    }
}
