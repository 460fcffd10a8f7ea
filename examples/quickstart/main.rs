//! The main job, end to end, against an authorization server and an API that run inside this program.
//!
//! `cargo run --example quickstart`: exits with an error if a step is not as promised.

mod account;
mod clients;
mod login;
mod one_token;
mod revoked;
mod short_lived;
mod stampede;

use grantkit_testkit::{AuthorizationServer, ProtectedApi};

use account::Account;

/// What every step works with.
struct Stage {
    server: AuthorizationServer,
    api: ProtectedApi,
    account: Account,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server = AuthorizationServer::builder()
        .confidential_client("billing", "s3cret")
        .confidential_client("reports", "s3cret")
        .confidential_client("partner", "s3cret")
        .public_client("cli", ["http://127.0.0.1/callback"])
        .start()
        .await?;
    let api = ProtectedApi::start(&server).await?;
    let mut stage = Stage { server, api, account: Account::default() };

    one_token::run(&mut stage).await?;
    stampede::run(&mut stage).await?;
    short_lived::run(&mut stage).await?;
    revoked::run(&mut stage).await?;
    login::run(&mut stage).await?;

    stage.account.close()
}
