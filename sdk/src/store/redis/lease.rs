use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use redis::cmd;
use tokio::time::{Instant, sleep};

use super::connections::{Call, UsedConnection};
use super::{Shared, milliseconds, scripts};
use crate::error::Result;
use crate::random::random_id;
use crate::store::{StoreKey, StoreLease};

/// Who waits looks for himself after the first of these, then ever more seldom: messages can get lost, and a holder that
/// dies sends none.
const FIRST_LOOK: Duration = Duration::from_millis(50);
const MAX_POLL_INTERVAL: Duration = Duration::from_millis(500);

/// A command without an answer is repeated with back-off between these.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const MAX_PAUSE: Duration = Duration::from_secs(1);

/// A lease in Redis: a key that holds who has it, and that ends by itself.
pub(super) struct RedisLease {
    shared: Arc<Shared>,
    key: StoreKey,
    holder: String,
    length: Duration,
    /// What it was asked for on, if it could be there still, so that dropping it lets go of it.
    held_by: Option<UsedConnection>,
}

/// Takes it, or waits until its holder has released or lost it.
pub(super) async fn lease(shared: &Arc<Shared>, key: &StoreKey, length: Duration) -> Result<Option<RedisLease>> {
    let link = shared.connections.link();
    // Before it is asked for: a caller that gives up while Redis answers, or a Redis that does not, lets go of it, too.
    let mut lease = RedisLease {
        shared: shared.clone(),
        key: key.clone(),
        holder: random_id()?,
        length,
        held_by: Some(link.clone()),
    };
    let name = shared.names.lease(key);
    let mut script = scripts::TAKE.key(&name);
    script.arg(&lease.holder).arg(milliseconds(length));
    let holder: Option<String> = shared.connections.call_on(&link, &Call::Script(script)).await?;
    let Some(holder) = holder else {
        return Ok(Some(lease));
    };
    lease.held_by = None;

    let released = shared.connections.listen(shared.names.released(key));
    let mut pause = FIRST_LOOK;
    loop {
        // No two look at the same time again and again.
        released.woken_within(pause.mul_f64(0.5 + fastrand::f64())).await;
        let now: Option<String> = shared.connections.call(&Call::Command(cmd("GET").arg(&name).take())).await?;
        if now.as_ref() != Some(&holder) {
            return Ok(None);
        }
        pause = MAX_POLL_INTERVAL.min(pause * 2);
    }
}

impl RedisLease {
    fn release_script(shared: &Shared, key: &StoreKey, holder: &str) -> Call {
        let mut script = scripts::RELEASE.key(shared.names.lease(key));
        script.arg(holder).arg(shared.names.released(key));
        Call::Script(script)
    }

    /// Releases a lease that may be held or not: a Redis that stood still may take it yet.
    async fn abandon(shared: Arc<Shared>, key: StoreKey, holder: String, used: UsedConnection, length: Duration) {
        if !used.initialized() {
            // There was no connection: it was never asked for.
            return;
        }
        let ends = Instant::now().checked_add(length);
        let release = Self::release_script(&shared, &key, &holder);
        // Behind the request for it: on this connection, one after the other, however late.
        let mut answer = shared.connections.call_on(&used, &release).await;
        drop(used);
        let mut pause = FIRST_PAUSE;
        while answer.is_err() && ends.is_none_or(|ends| Instant::now() < ends) {
            sleep(pause).await;
            pause = MAX_PAUSE.min(pause * 2);
            answer = shared.connections.call::<i64>(&release).await;
        }
    }
}

#[async_trait]
impl StoreLease for RedisLease {
    async fn renew(&mut self, length: Duration) -> Result<bool> {
        let mut script = scripts::RENEW.key(self.shared.names.lease(&self.key));
        script.arg(&self.holder).arg(milliseconds(length));
        let shared = self.shared.clone();
        let renew = async move { shared.connections.call::<i64>(&Call::Script(script)).await };
        let is_held = self.shared.connections.run(renew).await? == scripts::DONE;
        if !is_held {
            self.held_by = None;
        }
        self.length = length;
        Ok(is_held)
    }

    async fn release(mut self: Box<Self>) -> Result<()> {
        let (shared, release) = (self.shared.clone(), Self::release_script(&self.shared, &self.key, &self.holder));
        self.shared.connections.run(async move { shared.connections.call::<()>(&release).await }).await?;
        self.held_by = None;
        Ok(())
    }
}

impl Drop for RedisLease {
    /// So that no caller waits for a lease whose holder has been cancelled.
    fn drop(&mut self) {
        if let Some(used) = self.held_by.take() {
            let (shared, key, holder) = (self.shared.clone(), self.key.clone(), std::mem::take(&mut self.holder));
            let length = self.length;
            self.shared.connections.run_detached(Self::abandon(shared, key, holder, used, length));
        }
    }
}

impl fmt::Debug for RedisLease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLease").field("key", &self.key).finish_non_exhaustive()
    }
}
