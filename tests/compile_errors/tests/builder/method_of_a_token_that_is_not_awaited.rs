use grantkit::prelude::*;

async fn ask(credentials: Credentials) {
    let _ = credentials.token().access_token();
}

fn main() {}
