use grantkit::prelude::*;

use crate::Stage;
use crate::account::{Account, Since};
use crate::clients::{Billing, Invoice, Partner, Reports};

const CALLS: u64 = 5;

/// A token, and several calls of a typed API with it: one token request, in each of the three shapes.
pub(crate) async fn run(stage: &mut Stage) -> anyhow::Result<()> {
    Account::step(1, "One token, several calls");
    let shapes = [
        ("a provider by name", Billing::at(&stage.server)?.credentials()),
        ("a provider by type", Reports::at(&stage.server).credentials()),
        ("a client by hand", Partner::at(&stage.server)?.credentials()),
    ];
    for (shape, credentials) in shapes {
        let since = Since::now(&stage.server);
        let api = ApiClient::new(&stage.api.url("/v1"), credentials)?;
        for call in 1..=CALLS {
            let invoice: Invoice = api.get(["invoices", &call.to_string()]).fetch().await?;
            if call == CALLS {
                let Invoice { id, amount_cents, currency } = invoice;
                Account::say(format!(
                    "{shape}: {CALLS} calls, the last: invoice {id} over {amount_cents} {currency}-cents"
                ));
            }
        }
        stage.account.check("token requests", since.token_requests(), 1);
    }
    Ok(())
}
