//! What time it is for a server, and for the program that is tested with it.

use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::sync::lock;

/// A clock that stands still until it is moved: expiry is tested without waiting for it. Clones are the same clock.
///
/// Give it to the [server](crate::AuthorizationServerBuilder::clock), whose tokens, codes and ID tokens expire by it; with the feature
/// `clock` it is a clock of grantkit too, for the `.clock(..)` of its client's builder.
///
/// ```
/// use std::time::Duration;
/// use grantkit_testkit::{AuthorizationServer, ManualClock, ProtectedApi};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let clock = ManualClock::new();
/// let server = AuthorizationServer::builder()
///     .confidential_client("billing", "s3cret")
///     .clock(&clock)
///     .start()
///     .await?;
/// let api = ProtectedApi::start(&server).await?;
/// # let http = reqwest::Client::new();
/// # let answer = http
/// #     .post(server.token_endpoint())
/// #     .basic_auth("billing", Some("s3cret"))
/// #     .header("content-type", "application/x-www-form-urlencoded")
/// #     .body("grant_type=client_credentials")
/// #     .send()
/// #     .await?;
/// # let answer: serde_json::Value = serde_json::from_str(&answer.text().await?)?;
/// # let token = answer["access_token"].as_str().unwrap_or_default();
/// let get = || http.get(api.url("/v1/invoices/42")).bearer_auth(token).send();
/// assert_eq!(get().await?.status(), 200);
/// clock.advance(Duration::from_secs(3600));
/// assert_eq!(get().await?.status(), 401);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<Reading>>);

#[derive(Clone, Copy, Debug)]
struct Reading {
    /// Never goes back.
    monotonic: Duration,
    /// Since 1970.
    wall: Duration,
}

impl ManualClock {
    /// One that shows the machine's time, and stays there.
    pub fn new() -> Self {
        Self::at(SystemTime::now())
    }

    /// One that shows this time.
    pub fn at(time: SystemTime) -> Self {
        let wall = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(Arc::new(Mutex::new(Reading { monotonic: Duration::from_secs(1000), wall })))
    }

    /// The time of day that it shows.
    pub fn now(&self) -> SystemTime {
        UNIX_EPOCH + lock(&self.0).wall
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.advance_monotonic(by);
        self.advance_wall(by);
    }

    /// Lets time pass by the monotonic clock alone, as if the time of day were set back by as much.
    pub fn advance_monotonic(&self, by: Duration) {
        lock(&self.0).monotonic += by;
    }

    /// Lets time pass by the time of day alone, as while a machine is asleep.
    pub fn advance_wall(&self, by: Duration) {
        lock(&self.0).wall += by;
    }

    /// Sets the time of day back, as by a time server.
    pub fn set_back_wall(&self, by: Duration) {
        let mut reading = lock(&self.0);
        reading.wall = reading.wall.saturating_sub(by);
    }

    fn reading(&self) -> Reading {
        *lock(&self.0)
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

/// For the `.clock(..)` of grantkit's builders.
#[cfg(feature = "clock")]
impl grantkit::time::Clock for ManualClock {
    fn now(&self) -> grantkit::time::ClockReading {
        let Reading { monotonic, wall } = self.reading();
        grantkit::time::ClockReading { monotonic, wall }
    }

    fn identity(&self) -> Option<String> {
        let Self(reading) = self;
        Some(format!("manual clock at {:p}", Arc::as_ptr(reading)))
    }
}

/// The clock of a server: the machine's, unless it was given another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Option<ManualClock>);

impl Clock {
    pub(crate) fn manual(clock: ManualClock) -> Self {
        Self(Some(clock))
    }

    /// In seconds since 1970, rounded down as in a JWT's `iat`.
    pub(crate) fn unix(&self) -> u64 {
        let machine = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.0.as_ref().map_or_else(machine, |clock| clock.reading().wall).as_secs()
    }

    /// Since some point in the past; never goes back.
    pub(crate) fn monotonic(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        self.0.as_ref().map_or_else(|| START.elapsed(), |clock| clock.reading().monotonic)
    }
}
