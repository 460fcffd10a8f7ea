use std::sync::{Arc, Mutex, PoisonError};

use redis::{Cmd, ErrorKind, FromRedisValue, Pipeline, RedisResult, Script, ScriptInvocation, ServerErrorKind};
use tokio::sync::OnceCell;
use tokio::time::timeout;

use super::connection::{Connection, Server};
use super::failure;
use super::limits::Limits;
use super::release_notifier::{ReleaseNotifier, Subscription};
use super::runtime::{Running, StoreRuntime};
use crate::error::Result;

/// The connections of a store: one for commands, and one to listen on while a caller waits, for all runtimes of the program.
pub(super) struct Connections {
    server: Arc<Server>,
    limits: Limits,
    /// Empty until the first call, which connects for all.
    link: Mutex<Arc<OnceCell<Connection>>>,
    release_notifier: ReleaseNotifier,
    runtime: StoreRuntime,
}

/// Something to ask Redis that may be asked twice.
pub(super) enum Call {
    Command(Cmd),
    Script(ScriptInvocation<'static>),
    /// Commands that go out together, on one connection; the first of them is this script.
    Together(&'static Script, Pipeline),
}

/// The link that a call was sent on: what is sent on it later comes after that call, however late that is.
pub(super) type UsedConnection = Arc<OnceCell<Connection>>;

impl Connections {
    pub(super) fn new(server: Server, limits: Limits) -> Result<Self> {
        let (server, runtime) = (Arc::new(server), StoreRuntime::start()?);
        let release_notifier = ReleaseNotifier::start(runtime.handle(), server.clone(), limits);
        Ok(Self { server, limits, link: Mutex::default(), release_notifier, runtime })
    }

    /// Runs what asks Redis on the connections' own runtime.
    pub(super) fn run<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send + 'static) -> Running<T> {
        self.runtime.run(work)
    }

    /// Does the same in the background, from any thread.
    pub(super) fn run_detached(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.runtime.handle().spawn(work);
    }

    /// Asks, and asks once more if the connection turns out to be broken, as after a restart of Redis.
    ///
    /// # Errors
    ///
    /// Within [`Limits::whole`].
    pub(super) async fn call<T: FromRedisValue + Send>(&self, call: &Call) -> Result<T> {
        self.call_on(&self.link(), call).await
    }

    /// As [`call`](Self::call), for the first one, where what is wrong is a matter of configuration.
    pub(super) async fn first_call<T: FromRedisValue + Send>(&self, call: &Call) -> Result<T> {
        self.asked_on(&self.link(), call).await.map_err(failure::of_set_up)
    }

    pub(super) async fn call_on<T: FromRedisValue + Send>(&self, link: &UsedConnection, call: &Call) -> Result<T> {
        self.asked_on(link, call).await.map_err(failure::error)
    }

    async fn asked_on<T: FromRedisValue + Send>(&self, link: &UsedConnection, call: &Call) -> RedisResult<T> {
        let answer = match timeout(self.limits.whole(), self.ask(link, call)).await {
            Ok(answer) => answer,
            Err(_) => Err(failure::too_late()),
        };
        if answer.as_ref().is_err_and(failure::is_of_the_connection) {
            self.forget(link);
        }
        answer
    }

    /// Hears from now on of messages on the channel.
    pub(super) fn listen(&self, channel: String) -> Subscription {
        self.release_notifier.listen(channel)
    }

    async fn ask<T: FromRedisValue>(&self, link: &UsedConnection, call: &Call) -> RedisResult<T> {
        let mut link = link.get_or_try_init(|| self.server.connect(self.limits)).await?.clone();
        match call.on(&mut link).await {
            Err(failure) if failure::is_broken(&failure) => call.on(&mut link).await,
            answer => answer,
        }
    }

    /// The one that the next call goes out on.
    pub(super) fn link(&self) -> UsedConnection {
        self.link.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next call connects anew, unless another has done so since.
    fn forget(&self, used: &UsedConnection) {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&link, used) {
            *link = Arc::default();
        }
    }
}

impl Call {
    async fn on<T: FromRedisValue>(&self, link: &mut Connection) -> RedisResult<T> {
        match self {
            Self::Command(command) => command.query_async(link).await,
            Self::Script(script) => script.invoke_async(link).await,
            Self::Together(script, commands) => match commands.query_async(link).await {
                Err(failure) if failure.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                    script.load_async(link).await?;
                    commands.query_async(link).await
                }
                answer => answer,
            },
        }
    }
}
