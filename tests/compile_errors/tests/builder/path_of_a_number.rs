use grantkit::prelude::*;

async fn invoice(api: &ApiClient) -> Result<()> {
    api.get(42).await?;
    Ok(())
}

fn main() {}
