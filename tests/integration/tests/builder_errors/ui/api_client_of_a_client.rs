use grantkit::prelude::*;

fn main() -> Result<()> {
    let client: Client = unreachable!();
    let _ = ApiClient::new("https://api.example", client)?;
    Ok(())
}
