use std::time::{Duration, Instant};

use futures_util::FutureExt;
use grantkit::prelude::*;

use crate::Stage;
use crate::account::{Account, Since};
use crate::clients::{Invoice, Reports};

const LIFETIME: Duration = Duration::from_secs(2);
const CALLS: u64 = 500;
const PAUSE: Duration = Duration::from_millis(10);

/// A two-second token under steady calls: refreshed ahead of expiry, and no call fails or waits.
pub(crate) async fn run(stage: &mut Stage) -> anyhow::Result<()> {
    Account::step(3, "A token of two seconds, five seconds of calls, a slow token endpoint");
    stage.server.set_access_token_lifetime(LIFETIME);
    stage.server.set_latency(Duration::from_millis(100));
    let credentials = Reports::at(&stage.server).credentials();
    credentials.clear().await?;
    credentials.headers().await?;
    let since = Since::now(&stage.server);

    let api = ApiClient::new(&stage.api.url("/v1"), credentials.clone())?;
    let (mut failed, mut waited) = (0, 0);
    let (begin, mut last) = (Instant::now(), Instant::now());
    for call in 0..CALLS {
        // A future that is ready when first asked has not waited. Where the program itself stood still, the token could not be renewed.
        let has_waited = credentials.headers().now_or_never().is_none();
        waited += u64::from(has_waited && last.elapsed() < LIFETIME / 8);
        last = Instant::now();
        failed += u64::from(api.get(["invoices", &call.to_string()]).fetch::<Invoice>().await.is_err());
        tokio::time::sleep(PAUSE).await;
    }
    stage.server.set_latency(Duration::ZERO);
    stage.server.set_access_token_lifetime(Duration::from_hours(1));

    Account::say(format!("{CALLS} calls, {} token requests by the server's count", since.token_requests()));
    stage.account.check("calls that failed", failed, 0);
    stage.account.check("calls that waited for a token", waited, 0);
    // Each after 65 to 75 % of a lifetime.
    let most = begin.elapsed().as_millis() / LIFETIME.mul_f64(0.65).as_millis() + 1;
    let is_one_per_lifetime = (2..=most).contains(&u128::from(since.token_requests()));
    stage.account.check("refreshes, about one per lifetime", is_one_per_lifetime, true);
    Ok(())
}
