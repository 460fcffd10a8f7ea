use grantkit::prelude::*;

fn secret() -> Result<SecretString> {
    Ok(std::env::var("BILLING_SECRET")?.into())
}

fn main() {}
