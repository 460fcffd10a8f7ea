use grantkit::prelude::*;

async fn bytes(api: &ApiClient) -> Result<()> {
    api.get(b"/bytes").await?;
    Ok(())
}

fn main() {}
