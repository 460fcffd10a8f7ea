use grantkit::Client;

async fn client() -> grantkit::Result<()> {
    let builder = Client::builder().client_id("billing").public().revocation_endpoint("https://as.example/revoke")?;
    let _ = builder.discover("https://as.example").await?;
    Ok(())
}

fn main() {}
