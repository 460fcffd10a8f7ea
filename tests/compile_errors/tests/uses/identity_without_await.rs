use grantkit::grant::Login;
use grantkit::prelude::*;

async fn email(github: ProviderClient, login: Login) -> Result<Option<String>> {
    let person = github.identity(&login)?;
    Ok(person.email().map(str::to_owned))
}

fn main() {}
