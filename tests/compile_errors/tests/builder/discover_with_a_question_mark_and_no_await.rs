use grantkit::prelude::*;

async fn discover() -> Result<Client> {
    let client = Client::builder().client_id("billing").public().discover("https://as.example")?;
    Ok(client)
}

fn main() {}
