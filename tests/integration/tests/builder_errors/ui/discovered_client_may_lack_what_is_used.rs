use grantkit::authorize::RedirectUri;
use grantkit::client::Discovered;
use grantkit::Client;

async fn log_in(client: Client<Discovered>, redirect_uri: RedirectUri) -> grantkit::Result<()> {
    let (_url, _pending) = client.authorization_code(redirect_uri).start()?;
    Ok(())
}

fn main() {}
