use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let client = Client::builder().client_id("billing").public().token_endpoint("https://as.example/token")?.build();
    let _ = client.registration();
    Ok(())
}
