use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let _ = Client::builder()
        .revocation_endpoint("https://as.example/revoke")?
        .userinfo_endpoint("https://as.example/userinfo")?
        .revocation_endpoint("https://as.example/revoke")?;
    Ok(())
}
