use grantkit::prelude::*;

fn main() -> Result<()> {
    let _ = Client::builder().client_id("app").public().token_endpoint("https://as.internal/token")?.danger_allow_plain_http();
    Ok(())
}
