use grantkit::registration::RegisteredClient;
use grantkit::Client;

fn main() -> grantkit::Result<()> {
    let registered = RegisteredClient::from_json(r#"{ "client_id": "s6BhdRkqt3" }"#)?;
    let _ = Client::builder().client_secret("s3cret").registered(&registered)?;
    Ok(())
}
