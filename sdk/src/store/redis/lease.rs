use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use redis::cmd;
use tokio::runtime::Handle;

use super::connections::Call;
use super::{Shared, milliseconds, scripts};
use crate::credentials::{StoreKey, StoreLease};
use crate::error::Result;
use crate::store::holder::new_holder;

/// Who waits looks for himself after the first of these, then ever more seldom: messages can get lost, and a holder that
/// dies sends none.
const FIRST_LOOK: Duration = Duration::from_millis(50);
const SELDOMEST: Duration = Duration::from_millis(500);

/// A lease in Redis: a key that holds who has it, and that ends by itself.
pub(super) struct RedisLease {
    shared: Arc<Shared>,
    key: StoreKey,
    holder: String,
    /// Whether it could be there still, so that dropping it lets go of it.
    is_held: bool,
}

/// Takes it, or waits until whoever has it has it no more.
pub(super) async fn lease(shared: &Arc<Shared>, key: &StoreKey, length: Duration) -> Result<Option<RedisLease>> {
    // Before it is asked for: a caller that gives up while Redis answers lets go of it, too.
    let mut lease = RedisLease { shared: shared.clone(), key: key.clone(), holder: new_holder()?, is_held: true };
    let name = shared.names.lease(key);
    let mut script = scripts::TAKE.key(&name);
    script.arg(&lease.holder).arg(milliseconds(length));
    let holder: Option<String> = shared.connections.call(&Call::Script(script)).await?;
    let Some(holder) = holder else {
        return Ok(Some(lease));
    };
    lease.is_held = false;

    let released = shared.connections.listen(shared.names.released(key))?;
    let mut pause = FIRST_LOOK;
    loop {
        // No two look at the same time again and again.
        released.woken_within(pause.mul_f64(0.5 + fastrand::f64())).await;
        let now: Option<String> = shared.connections.call(&Call::Command(cmd("GET").arg(&name).take())).await?;
        if now.as_ref() != Some(&holder) {
            return Ok(None);
        }
        pause = SELDOMEST.min(pause * 2);
    }
}

impl RedisLease {
    async fn let_go(shared: &Shared, key: &StoreKey, holder: &str) -> Result<()> {
        let mut script = scripts::RELEASE.key(shared.names.lease(key));
        script.arg(holder).arg(shared.names.released(key));
        shared.connections.call(&Call::Script(script)).await
    }
}

#[async_trait]
impl StoreLease for RedisLease {
    async fn renew(&mut self, length: Duration) -> Result<bool> {
        let mut script = scripts::RENEW.key(self.shared.names.lease(&self.key));
        script.arg(&self.holder).arg(milliseconds(length));
        self.is_held = self.shared.connections.call::<i64>(&Call::Script(script)).await? == scripts::DONE;
        Ok(self.is_held)
    }

    async fn release(mut self: Box<Self>) -> Result<()> {
        Self::let_go(&self.shared, &self.key, &self.holder).await?;
        self.is_held = false;
        Ok(())
    }
}

impl Drop for RedisLease {
    /// So that nobody waits for a lease whose holder has been cancelled; without a runtime it ends by its time.
    fn drop(&mut self) {
        if !self.is_held {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            let (shared, key, holder) = (self.shared.clone(), self.key.clone(), std::mem::take(&mut self.holder));
            runtime.spawn(async move { Self::let_go(&shared, &key, &holder).await });
        }
    }
}

impl fmt::Debug for RedisLease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLease").field("key", &self.key).finish_non_exhaustive()
    }
}
