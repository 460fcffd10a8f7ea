use grantkit::prelude::*;

async fn get(api: &ApiClient, token: &OAuthToken) -> Result<()> {
    api.get("invoices").bearer_auth(token.access_token().secret()).send().await?;
    Ok(())
}

fn main() {}
