use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let _ = Client::builder().issuer("https://as.example")?.issuer("https://as.example")?;
    Ok(())
}
