//! Whatever gives texts one by one names scopes.

use grantkit::prelude::*;

fn ask(client: &Client, one: String, several: Vec<String>) {
    let grant = client.client_credentials();
    let grant = grant.scope("read").scope("read write").scope(&one).scope(one);
    let grant = grant.scopes(["read", "write"]).scopes(&["read", "write"]).scopes(several.iter());
    let grant = grant.scopes(several.iter().map(String::as_str)).scopes("read,write".split(','));
    let _ = grant.scopes(&several).scopes(several);
}

pub(crate) fn main() {
    let client = Client::builder().client_id("app").public().token_endpoint("https://as.example/token");
    if let Ok(builder) = client {
        ask(&builder.build().erased(), "read".to_owned(), vec!["read".to_owned()]);
    }
}
