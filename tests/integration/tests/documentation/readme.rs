//! The README's first program, as it is printed, against a server and an API of the testkit.

include!("first_program.rs");

use std::fs;

use grantkit_testkit::{AuthorizationServer, ProtectedApi};

#[test]
fn the_first_program_is_printed_as_run_here() {
    let readme = fs::read_to_string(super::root().join("README.md")).unwrap();
    let printed = readme.split_once("```rust\n").unwrap().1.split_once("```").unwrap().0;
    assert_eq!(printed, include_str!("first_program.rs"));
}

#[test]
fn the_first_program_runs_as_printed() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (server, api) = runtime.block_on(async {
        let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
        let api = ProtectedApi::start(&server).await.unwrap();
        (server, api)
    });
    let environment = [
        ("BILLING_TENANT", Some(server.issuer())),
        ("BILLING_CLIENT_ID", Some("billing".to_owned())),
        ("BILLING_CLIENT_SECRET", Some("s3cret".to_owned())),
    ];
    let invoices = temp_env::with_vars(environment, || {
        runtime.block_on(async {
            let base_url = api.url("/v1");
            [invoice(&base_url, "42").await.unwrap(), invoice(&base_url, "43").await.unwrap()]
        })
    });

    assert_eq!(invoices.map(|invoice| invoice["id"].clone()), ["42", "43"]);
    let requests = server.requests();
    let request = requests.iter().find(|request| request.path == "/oauth/token").unwrap();
    assert_eq!(request.form_value("audience").as_deref(), Some("https://api.acme.dev"));
    assert_eq!(request.form_value("scope").as_deref(), Some("read:invoices"));
    assert_eq!(server.counters().token_requests, 1, "one token, however many calls");
}
