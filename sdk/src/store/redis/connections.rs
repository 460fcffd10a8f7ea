use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use redis::{Cmd, FromRedisValue, RedisResult, ScriptInvocation};
use tokio::runtime::{Handle, Id};
use tokio::sync::OnceCell;
use tokio::time::timeout;

use super::failure;
use super::limits::Limits;
use super::link::{Link, Server};
use super::wakeups::{Listening, Wakeups};
use crate::error::{Error, Result};

/// The connections of a store: some for each runtime, since a connection ends with the runtime that opened it.
pub(super) struct Connections {
    server: Arc<Server>,
    limits: Limits,
    of_runtimes: Cache<Id, Arc<OfOneRuntime>>,
}

/// Programs have one runtime, or a few; tests have one each, one after the other.
const RUNTIMES: u64 = 16;
const IDLE: Duration = Duration::from_hours(1);

struct OfOneRuntime {
    /// Empty until somebody calls; one who calls connects for all.
    link: Mutex<Arc<OnceCell<Link>>>,
    wakeups: Wakeups,
}

/// Something to ask Redis that may be asked twice.
pub(super) enum Call<'a> {
    Command(Cmd),
    Script(ScriptInvocation<'a>),
}

impl Connections {
    pub(super) fn new(server: Server, limits: Limits) -> Self {
        let of_runtimes = Cache::builder().max_capacity(RUNTIMES).time_to_idle(IDLE).build();
        Self { server: Arc::new(server), limits, of_runtimes }
    }

    /// Asks, and asks once more if the connection turns out to be broken, as after a restart of Redis.
    ///
    /// # Errors
    ///
    /// Within [`Limits::whole`].
    pub(super) async fn call<T: FromRedisValue + Send>(&self, call: &Call<'_>) -> Result<T> {
        let connections = self.of_this_runtime()?;
        let link = connections.link();
        let failure = match timeout(self.limits.whole(), self.ask(&link, call)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(failure)) => failure,
            Err(_) => {
                connections.forget(&link);
                return Err(failure::too_late());
            }
        };
        if failure::is_of_the_connection(&failure) {
            connections.forget(&link);
        }
        Err(failure::error(failure))
    }

    /// Hears from now on of messages on the channel.
    pub(super) fn listen(&self, channel: String) -> Result<Listening> {
        Ok(self.of_this_runtime()?.wakeups.listen(channel))
    }

    async fn ask<T: FromRedisValue>(&self, link: &OnceCell<Link>, call: &Call<'_>) -> RedisResult<T> {
        let mut link = link.get_or_try_init(|| self.server.connect(self.limits)).await?.clone();
        match call.on(&mut link).await {
            Err(failure) if failure::is_broken(&failure) => call.on(&mut link).await,
            answer => answer,
        }
    }

    fn of_this_runtime(&self) -> Result<Arc<OfOneRuntime>> {
        let runtime = Handle::try_current().map_err(|_| {
            Error::configuration("Redis can be asked within a Tokio runtime only: call from `#[tokio::main]`")
        })?;
        Ok(self.of_runtimes.get_with(runtime.id(), || {
            let wakeups = Wakeups::start(&runtime, self.server.clone(), self.limits);
            Arc::new(OfOneRuntime { link: Mutex::default(), wakeups })
        }))
    }
}

impl OfOneRuntime {
    fn link(&self) -> Arc<OnceCell<Link>> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next call connects anew, if nobody else has done so since.
    fn forget(&self, used: &Arc<OnceCell<Link>>) {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&link, used) {
            *link = Arc::default();
        }
    }
}

impl Call<'_> {
    async fn on<T: FromRedisValue>(&self, link: &mut Link) -> RedisResult<T> {
        match self {
            Self::Command(command) => command.query_async(link).await,
            Self::Script(script) => script.invoke_async(link).await,
        }
    }
}
