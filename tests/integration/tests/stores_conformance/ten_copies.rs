//! A command-line tool, started ten times at once: each needs a token.

use std::sync::Arc;

use grantkit::store::TokenStore;
use grantkit::{Client, Credentials};
use grantkit_testkit::AuthorizationServer;

use crate::kept::{Kept, for_each_store_among_processes};
use crate::processes::{end_of, process};

for_each_store_among_processes!(of_ten_copies_started_together_one_asks_for_the_token);

/// What each copy does.
pub(crate) async fn tool(store: Arc<dyn TokenStore>, token_endpoint: &str) -> String {
    let client =
        Client::builder().client_id("tool").client_secret_basic("s3cret").token_endpoint(token_endpoint).unwrap();
    let tool = client.build().client_credentials().scope("read").named("tool");
    let credentials = Credentials::builder(tool).store(store).build();
    credentials.token().await.unwrap().access_token().secret().to_owned()
}

async fn of_ten_copies_started_together_one_asks_for_the_token(place: &dyn Kept) {
    let server = AuthorizationServer::builder().confidential_client("tool", "s3cret").start().await.unwrap();
    let job = format!("tool {}", server.token_endpoint());
    let copies: Vec<_> = (0..10).map(|_| process(place, &job)).collect();
    let ends = copies.into_iter().map(|copy| tokio::task::spawn_blocking(|| end_of(copy)));
    let mut tokens = Vec::new();
    for end in ends.collect::<Vec<_>>() {
        let said = end.await.unwrap();
        tokens.push(said.lines().find_map(|line| line.strip_prefix("token ")).unwrap().to_owned());
    }
    assert_eq!(server.counters().token_requests, 1);
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
    // The next one, later, finds it, too.
    assert_eq!(tool(place.open().await, &server.token_endpoint()).await, tokens[0]);
    assert_eq!(server.counters().token_requests, 1);
}
