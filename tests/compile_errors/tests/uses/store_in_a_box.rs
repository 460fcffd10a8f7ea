use grantkit::prelude::*;
use grantkit::store::{MemoryStore, TokenStore};

fn credentials(client: impl OAuthClient) -> Credentials {
    let store: Box<dyn TokenStore> = Box::new(MemoryStore::new());
    Credentials::builder(client).store(store).build()
}

fn main() {}
