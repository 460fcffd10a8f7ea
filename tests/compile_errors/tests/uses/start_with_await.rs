use grantkit::prelude::*;

async fn login(github: ProviderClient) -> Result<()> {
    let (url, pending) = github.login("https://app.example/callback")?.start().await?;
    Ok(())
}

fn main() {}
