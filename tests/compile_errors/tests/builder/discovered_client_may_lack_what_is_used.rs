use grantkit::authorize::RedirectUri;
use grantkit::Client;

async fn log_in(client: Client, redirect_uri: RedirectUri) -> grantkit::Result<()> {
    let (_url, _pending) = client.authorization_code(redirect_uri).start()?;
    Ok(())
}

fn main() {}
