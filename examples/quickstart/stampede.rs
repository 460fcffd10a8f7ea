use grantkit::prelude::*;

use crate::Stage;
use crate::account::{Account, Since};
use crate::clients::Billing;

const TASKS: usize = 1000;

/// A thousand tasks that all want a token that is not cached: one token request.
pub(crate) async fn run(stage: &mut Stage) -> anyhow::Result<()> {
    Account::step(2, "1,000 tasks at once on a cold cache");
    let credentials = Billing::at(&stage.server)?.credentials();
    credentials.clear().await?;
    let since = Since::now(&stage.server);

    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let credentials: Credentials = credentials.clone();
            tokio::spawn(async move { credentials.headers().await.is_ok() })
        })
        .collect();
    let mut served = 0;
    for task in tasks {
        served += usize::from(task.await?);
    }
    stage.account.check("tasks served", served, TASKS);
    stage.account.check("token requests", since.token_requests(), 1);
    Ok(())
}
