use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let client = Client::builder().client_id("billing").public().token_endpoint("https://as.example/token")?;
    let _ = client.issuer("https://as.example")?.build().logout_token_verifier();
    Ok(())
}
