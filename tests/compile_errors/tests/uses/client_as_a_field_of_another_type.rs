use grantkit::prelude::*;

struct App {
    client: Client,
}

fn app() -> Result<App> {
    let client = Client::builder().client_id("app").public().token_endpoint("https://as.example/token")?.build();
    Ok(App { client })
}

fn main() {}
