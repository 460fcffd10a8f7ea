use grantkit::prelude::*;

async fn print(credentials: &Credentials) -> Result<()> {
    let token = credentials.token().await?;
    println!("{}", token.secret());
    Ok(())
}

fn main() {}
