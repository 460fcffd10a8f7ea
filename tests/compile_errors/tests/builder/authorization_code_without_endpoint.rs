use grantkit::authorize::RedirectUri;
use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let client = Client::builder().client_id("billing").public().token_endpoint("https://as.example/token")?.build();
    let _ = client.authorization_code(RedirectUri::new("https://app.example/callback")?);
    Ok(())
}
