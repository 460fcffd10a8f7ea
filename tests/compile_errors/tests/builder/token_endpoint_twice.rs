use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let _ = Client::builder().token_endpoint("https://as.example/token")?.token_endpoint("https://as.example/token")?;
    Ok(())
}
