//! The least that a service with a token of its own is: client credentials, and an API called with them.

use std::env;

use grantkit::{ApiClient, Client, Error, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client = Client::builder()
        .client_id(&variable("CLIENT_ID")?)
        .client_secret_basic(variable("CLIENT_SECRET")?)
        .token_endpoint(&variable("TOKEN_URL")?)?
        .build();
    let api = ApiClient::new(&variable("API_URL")?, client.client_credentials().named("minimal"))?;
    println!("{}", api.get("").fetch_text().await?);
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|error| Error::configuration(format!("set {name}")).with_source(error))
}
