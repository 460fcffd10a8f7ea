use grantkit::Client;

async fn client() -> grantkit::Result<()> {
    let builder = Client::builder().client_id("billing").public().jwks_uri("https://as.example/jwks")?;
    let _ = builder.discover("https://as.example").await?;
    Ok(())
}

fn main() {}
