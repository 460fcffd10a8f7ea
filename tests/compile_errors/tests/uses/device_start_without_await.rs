use grantkit::prelude::*;

async fn login(github: ProviderClient) -> Result<()> {
    let pending = github.device_login()?.start()?;
    println!("{}", pending.user_code());
    Ok(())
}

fn main() {}
