use grantkit::authorize::RedirectUri;
use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let client = Client::builder()
        .client_id("billing")
        .public()
        .token_endpoint("https://as.example/token")?
        .authorization_endpoint("https://as.example/authorize")?
        .build();
    let _ = client.pushed_authorization_code(RedirectUri::new("https://app.example/callback")?);
    Ok(())
}
