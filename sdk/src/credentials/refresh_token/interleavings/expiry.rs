//! The life of a token counts from when its request was sent, in the process that sent it and in one that takes the token from the
//! store, wherever time goes on meanwhile.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use shuttle::future::{block_on, yield_now};
use shuttle::sync::Mutex;

use super::{Process, Simulation, in_many_orders};
use crate::credentials::cached_token::CachedToken;
use crate::credentials::refresh_token::{RefreshContext, StoreFailure, fetch};
use crate::credentials::store_backed::Access;
use crate::credentials::{OAuthClient, RefreshPolicy};
use crate::error::{Error, Result};
use crate::time::{Clock, ClockReading, Time};
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

const LIFE: Duration = Duration::from_hours(4);
/// A third of a life: an answer that is under way for so long makes a difference.
const STEP: Duration = Duration::from_mins(80);
const STEPS: u32 = 7;
const LOOKS: u32 = 8;

/// A clock that another thread advances; each reading is a point at which that can happen.
#[derive(Clone, Debug)]
struct Steps(Arc<Mutex<ClockReading>>);

impl Steps {
    /// It shows the machine's time after three steps: a life that was counted from then would not be over at the end.
    fn new() -> Self {
        let wall = crate::time::unix_time().saturating_sub(STEP * 3);
        Self(Arc::new(Mutex::new(ClockReading { monotonic: Duration::from_secs(1000), wall })))
    }

    fn step(&self) {
        let mut now = self.0.lock().unwrap();
        *now = ClockReading { monotonic: now.monotonic + STEP, wall: now.wall + STEP };
    }
}

impl Clock for Steps {
    fn now(&self) -> ClockReading {
        *self.0.lock().unwrap()
    }
}

/// A process of the simulation, whose answers are under way for a while, and the server's word for when a token ends.
#[derive(Clone)]
struct Slow {
    process: Process,
    clock: Steps,
    ends: Arc<Mutex<Option<Duration>>>,
}

#[async_trait]
impl OAuthClient for Slow {
    fn fingerprint(&self) -> crate::fingerprint::Fingerprint {
        self.process.fingerprint()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, token: &RefreshToken) -> Result<OAuthToken> {
        crate::refresh_progress::about_to_send().await?;
        yield_now().await;
        *self.ends.lock().unwrap() = Some(self.clock.now().wall + LIFE);
        let answer = self.process.simulation.0.server.lock().unwrap().refresh(token)?;
        yield_now().await;
        Ok(answer.with_expires_in(LIFE))
    }

    fn announces_sending(&self) -> bool {
        true
    }
}

impl Slow {
    /// Looks at the token while it is said to be good: the server has not ended it.
    fn use_up(&self, cached: &CachedToken) {
        for _ in 0..LOOKS {
            let now = self.clock.now();
            if !cached.is_good(now) {
                return;
            }
            let ends = self.ends.lock().unwrap().expect("it was issued");
            assert!(now.wall < ends, "it is served {:?} after its end", now.wall.saturating_sub(ends));
            shuttle::thread::yield_now();
        }
    }
}

#[test]
fn no_process_serves_a_token_that_has_expired_at_the_server() {
    in_many_orders(|| {
        let (simulation, clock) = (Simulation::new(), Steps::new());
        let process = simulation.process(RefreshTokenRotation::Unknown);
        let slow = Slow { process, clock: clock.clone(), ends: Arc::default() };
        let stored = Arc::new(Mutex::new(None::<Access>));
        let (policy, time) = (RefreshPolicy::default(), Time::Given(Arc::new(clock.clone())));

        let sender = shuttle::thread::spawn({
            let (slow, stored, simulation, time) = (slow.clone(), stored.clone(), simulation.clone(), time.clone());
            move || {
                let flow = RefreshContext { client: &slow, policy: &policy, time: &time };
                let (token, sent) = block_on(fetch(flow, &simulation)).map_err(StoreFailure::error).unwrap();
                *stored.lock().unwrap() = Some(Access::of(&token, sent, None));
                slow.use_up(&CachedToken::new("sender", token, sent, &policy));
            }
        });
        let adopter = shuttle::thread::spawn({
            let (slow, stored) = (slow, stored);
            move || {
                let access = loop {
                    let there = stored.lock().unwrap().clone();
                    if let Some(access) = there {
                        break access;
                    }
                    block_on(yield_now());
                };
                let now = slow.clock.now();
                if let Some(token) = access.usable(now, &policy, false) {
                    slow.use_up(&CachedToken::new("adopter", token, now, &policy));
                }
            }
        });
        for _ in 0..STEPS {
            shuttle::thread::yield_now();
            clock.step();
        }
        sender.join().unwrap();
        adopter.join().unwrap();
    });
}
