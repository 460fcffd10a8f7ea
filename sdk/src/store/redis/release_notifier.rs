use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use redis::aio::{PubSub, PubSubSink};
use redis::{RedisError, RedisResult};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::{sleep, timeout};

use super::connection::Server;
use super::limits::Limits;

/// Wakes callers that wait for messages on channels: one connection for all of them, which is open only while a caller waits, and
/// reconnects by itself. Messages may get lost; a waiting caller polls from time to time.
pub(super) struct ReleaseNotifier {
    orders: UnboundedSender<Command>,
}

enum Command {
    Listen(String, Arc<Notify>),
    Forget(String, Arc<Notify>),
}

/// Hears of a channel as long as it is there.
pub(super) struct Subscription {
    channel: String,
    woken: Arc<Notify>,
    orders: UnboundedSender<Command>,
}

/// The next one is likely to wait soon after the last one went.
const KEPT_OPEN: Duration = Duration::from_secs(30);
/// After a connection has failed; meanwhile, who waits looks for himself.
const PAUSE: Duration = Duration::from_secs(1);

impl ReleaseNotifier {
    /// The task ends with this value, or with its runtime.
    pub(super) fn start(runtime: &Handle, server: Arc<Server>, limits: Limits) -> Self {
        let (orders, ordered) = mpsc::unbounded_channel();
        runtime.spawn(Listener { server, limits, ordered, waiting: HashMap::new() }.run());
        Self { orders }
    }

    pub(super) fn listen(&self, channel: String) -> Subscription {
        let woken = Arc::new(Notify::new());
        // If the task is gone, its runtime is gone with it, and no caller waits.
        let _ = self.orders.send(Command::Listen(channel.clone(), woken.clone()));
        Subscription { channel, woken, orders: self.orders.clone() }
    }
}

impl Subscription {
    /// Returns at a message, one that came before this call included, or after this time.
    pub(super) async fn woken_within(&self, time: Duration) {
        let _ = timeout(time, self.woken.notified()).await;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let _ = self.orders.send(Command::Forget(std::mem::take(&mut self.channel), self.woken.clone()));
    }
}

struct Listener {
    server: Arc<Server>,
    limits: Limits,
    ordered: UnboundedReceiver<Command>,
    waiting: HashMap<String, Vec<Arc<Notify>>>,
}

/// Why a connection is given up.
enum End {
    /// No caller waits any more.
    Idle,
    /// All senders of commands are gone.
    Closed,
    Broken,
}

impl Listener {
    async fn run(mut self) {
        let mut attempt = 0;
        loop {
            if self.waiting.is_empty() {
                match self.ordered.recv().await {
                    Some(order) => drop(self.note(order)),
                    None => return,
                }
                continue;
            }
            match self.listen(attempt).await {
                Ok(End::Idle) => {}
                Ok(End::Closed) => return,
                Ok(End::Broken) | Err(_) => {
                    attempt += 1;
                    sleep(PAUSE.mul_f64(0.5 + fastrand::f64())).await;
                    self.note_all();
                }
            }
        }
    }

    async fn listen(&mut self, attempt: usize) -> RedisResult<End> {
        let connection = bounded(self.limits.whole(), self.server.listen(attempt)).await?;
        let (mut sink, mut messages) = PubSub::split(connection);
        self.note_all();
        let channels: Vec<_> = self.waiting.keys().cloned().collect();
        if !channels.is_empty() {
            bounded(self.limits.response, sink.subscribe(channels)).await?;
        }
        // What was said before the subscription held is lost: let all look for themselves.
        self.waiting.values().flatten().for_each(|waiting| waiting.notify_one());
        loop {
            tokio::select! {
                message = messages.next() => match message {
                    Some(message) => self.wake(message.get_channel_name()),
                    None => return Ok(End::Broken),
                },
                order = self.ordered.recv() => match order {
                    Some(order) => self.follow(order, &mut sink).await?,
                    None => return Ok(End::Closed),
                },
                () = sleep(KEPT_OPEN), if self.waiting.is_empty() => return Ok(End::Idle),
            }
        }
    }

    async fn follow(&mut self, order: Command, sink: &mut PubSubSink) -> RedisResult<()> {
        match self.note(order) {
            Some(Change::First(channel, waiting)) => {
                bounded(self.limits.response, sink.subscribe(channel)).await?;
                waiting.notify_one();
                Ok(())
            }
            Some(Change::Last(channel)) => bounded(self.limits.response, sink.unsubscribe(channel)).await,
            None => Ok(()),
        }
    }

    fn wake(&self, channel: &str) {
        self.waiting.get(channel).into_iter().flatten().for_each(|waiting| waiting.notify_one());
    }

    fn note_all(&mut self) {
        while let Ok(order) = self.ordered.try_recv() {
            self.note(order);
        }
    }

    /// What that changes for the connection.
    fn note(&mut self, order: Command) -> Option<Change> {
        match order {
            Command::Listen(channel, waiting) => {
                let all = self.waiting.entry(channel.clone()).or_default();
                all.push(waiting.clone());
                (all.len() == 1).then_some(Change::First(channel, waiting))
            }
            Command::Forget(channel, gone) => {
                let all = self.waiting.get_mut(&channel)?;
                all.retain(|waiting| !Arc::ptr_eq(waiting, &gone));
                all.is_empty().then(|| self.waiting.remove(&channel))?;
                Some(Change::Last(channel))
            }
        }
    }
}

enum Change {
    First(String, Arc<Notify>),
    Last(String),
}

async fn bounded<T>(limit: Duration, answer: impl Future<Output = RedisResult<T>>) -> RedisResult<T> {
    match timeout(limit, answer).await {
        Ok(answer) => answer,
        Err(_) => Err(RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut))),
    }
}
