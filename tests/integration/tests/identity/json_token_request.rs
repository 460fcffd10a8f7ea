//! A request for a token whose body is JSON: every member, header and rule of it.

use grantkit::grant::JsonTokenRequest;
use grantkit::transport::Transport;

use crate::inputs::{public_functions, set};

#[test]
fn json_token_request() {
    let request = || JsonTokenRequest::new("https://api.example/token").unwrap();
    let header = |value: &'static str| {
        request().header(http::HeaderName::from_static("x-tenant"), http::HeaderValue::from_static(value))
    };
    let all = [
        ("new", request()),
        ("new", JsonTokenRequest::new("https://api.example/other").unwrap()),
        ("member", request().member("a", "one")),
        ("member", request().member("a", "two")),
        ("member", request().member("a", "one").member("a", "two")),
        ("member", request().member("a", "two").member("a", "one")),
        ("member", request().member("a", "one").member("a", "one")),
        ("secret_member", request().secret_member("a", "one")),
        ("header", header("one")),
        ("header", header("two")),
        ("read_token_answer", request().read_token_answer("one", |_| Ok(()))),
        ("danger_accept_token_type", request().danger_accept_token_type("x")),
        ("danger_accept_missing_token_type", request().danger_accept_missing_token_type()),
        ("transport", request().transport(Transport::builder().build().unwrap())),
    ];
    for (place, (what, one)) in all.iter().enumerate() {
        for (other_what, other) in &all[place + 1..] {
            assert_ne!(one.fingerprint(), other.fingerprint(), "{what}, {other_what}");
        }
    }
    let known = set(all.iter().map(|(name, _)| *name).chain(["repeatable", "fingerprint"]));
    let there = public_functions("grant/json_token_request.rs", "impl JsonTokenRequest", "no such text");
    assert_eq!(known, there);
}
