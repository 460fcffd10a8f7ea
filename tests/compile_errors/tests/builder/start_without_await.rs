use grantkit::prelude::*;

async fn log_in(client: &Client) -> Result<()> {
    let pending = client.device_authorization()?.start()?;
    println!("{}", pending.user_code());
    Ok(())
}

fn main() {}
