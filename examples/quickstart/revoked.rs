use grantkit::prelude::*;

use crate::Stage;
use crate::account::{Account, Since};
use crate::clients::{Invoice, Partner};

/// A token that is revoked behind the client's back: one refresh, one retry, and the call succeeds.
pub(crate) async fn run(stage: &mut Stage) -> anyhow::Result<()> {
    Account::step(4, "A token revoked behind its back");
    let credentials = Partner::at(&stage.server)?.credentials();
    let api = ApiClient::new(&stage.api.url("/v1"), credentials.clone())?;
    api.get(["invoices", "1"]).fetch::<Invoice>().await?;

    let since = Since::now(&stage.server);
    let before = stage.api.counters();
    stage.server.revoke_access_token(credentials.token().await?.access_token().secret());
    let invoice: Result<Invoice> = api.get(["invoices", "42"]).fetch().await;
    let after = stage.api.counters();

    stage.account.check("the call succeeded", invoice.is_ok(), true);
    stage.account.check("requests at the API (one rejected, one accepted)", after.requests - before.requests, 2);
    stage.account.check("of them rejected", after.rejected - before.rejected, 1);
    stage.account.check("token requests", since.token_requests(), 1);
    Ok(())
}
