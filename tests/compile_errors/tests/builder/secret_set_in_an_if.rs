use grantkit::prelude::*;

fn client(secret: Option<&str>) -> Result<()> {
    let mut builder = Client::builder().client_id("billing");
    if let Some(secret) = secret {
        builder = builder.client_secret(secret);
    }
    let _ = builder.token_endpoint("https://as.example/token")?.build();
    Ok(())
}

fn main() {}
