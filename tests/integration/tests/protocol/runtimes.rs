use std::time::Duration;

use grantkit::Client;
use grantkit_testkit::AuthorizationServer;
use tokio::runtime::Runtime;

/// A connection ends with the runtime that opened it: no other runtime's request may be on it.
#[test]
fn a_runtime_that_ends_takes_no_request_of_another_with_it() {
    let (servers, first, second) = (Runtime::new().unwrap(), Runtime::new().unwrap(), Runtime::new().unwrap());
    let server =
        servers.block_on(AuthorizationServer::builder().confidential_client("billing", "s3cret").start()).unwrap();
    let grant = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build()
        .client_credentials();

    first.block_on(grant.get_token()).unwrap();
    server.set_latency(Duration::from_millis(300));
    let under_way = second.spawn(async move { grant.get_token().await });
    // It has arrived, and is being answered slowly.
    while server.counters().token_requests < 2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(first);
    second.block_on(under_way).unwrap().unwrap();
}
