use grantkit::grant::Login;
use grantkit::prelude::*;

async fn log_in(login: Login) -> Result<Credentials> {
    let credentials = login.credentials("tool")?;
    Ok(credentials)
}

fn main() {}
