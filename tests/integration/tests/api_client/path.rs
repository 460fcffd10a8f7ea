use grantkit::api::IntoPath;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::client::api;
use crate::server::Server;

/// What goes over the wire below `/root`; an error sends nothing.
async fn target(path: impl IntoPath) -> Result<String, String> {
    let server = Server::content().await;
    match api(&server.url("/root")).get(path).send().await {
        Ok(_) => Ok(server.only().target),
        Err(error) => {
            assert!(error.is_configuration() && server.seen().is_empty(), "{error:?}");
            Err(error.to_string())
        }
    }
}

#[tokio::test]
async fn text() {
    for (path, expected) in [
        ("", "/root/"),
        ("/", "/root/"),
        ("path", "/root/path"),
        ("/path", "/root/path"),
        ("//path", "/root/path"),
        ("path/", "/root/path/"),
        ("a/b", "/root/a/b"),
        ("a/../b", "/root/b"),
        ("./a", "/root/a"),
        ("?x=1", "/root/?x=1"),
        ("a?x=1", "/root/a?x=1"),
        ("//other.example/x", "/root/other.example/x"),
        ("a b", "/root/a%20b"),
        ("é", "/root/%C3%A9"),
        ("a%20b", "/root/a%20b"),
        ("a%2Fb", "/root/a%2Fb"),
    ] {
        assert_eq!(target(path).await.as_deref(), Ok(expected), "{path:?}");
        assert_eq!(target(path.to_owned()).await.as_deref(), Ok(expected), "{path:?}");
    }
}

#[tokio::test]
async fn text_that_leaves_the_base() {
    for path in [
        "../up",
        "..",
        "a/../../up",
        "%2e%2e/up",
        "..%2fup",
        "..\\up",
        "\\\\other.example",
        "https://other.example/x",
        "mailto:a@b",
        "a:b",
        "#f",
    ] {
        target(path).await.expect_err(path);
    }
}

#[tokio::test]
async fn segments() {
    assert_eq!(target(()).await.as_deref(), Ok("/root"));
    assert_eq!(target(None::<String>).await.as_deref(), Ok("/root"));
    assert_eq!(target(("a", "b")).await.as_deref(), Ok("/root/a/b"));
    assert_eq!(target(["a", "b"]).await.as_deref(), Ok("/root/a/b"));
    assert_eq!(target(vec!["a", "b"]).await.as_deref(), Ok("/root/a/b"));
    assert_eq!(target(("user", 1, "resource")).await.as_deref(), Ok("/root/user/1/resource"));
    assert_eq!(target(("x", 0, 1)).await.as_deref(), Ok("/root/x/0/1"));
    assert_eq!(target((true, false)).await.as_deref(), Ok("/root/true/false"));
    assert_eq!(target(("a/b", "c d")).await.as_deref(), Ok("/root/a%2Fb/c%20d"));
    assert_eq!(target(("é", "+&=")).await.as_deref(), Ok("/root/%C3%A9/%2B%26%3D"));
    assert_eq!(target(("https://x", "y")).await.as_deref(), Ok("/root/https%3A%2F%2Fx/y"));
    assert_eq!(target(["a%2fb?c#d"]).await.as_deref(), Ok("/root/a%252fb%3Fc%23d"));
    target(("..", "x")).await.unwrap_err();
    target(["users", "%2e%2E"]).await.unwrap_err();
    let error = target(["users", "", "keys"]).await.unwrap_err();
    assert!(error.contains("segment 2 of the path") && error.contains("empty"), "{error}");
}

#[tokio::test]
async fn a_part_of_the_api() {
    let server = Server::content().await;
    let users = api(&server.url("/root")).nested(["users", "4/2"]).unwrap();
    assert_eq!(users.base_url(), server.url("/root/users/4%2F2"));
    users.get("keys").send().await.unwrap();
    users.get(()).send().await.unwrap();
    users.nested("keys/").unwrap().get("1").send().await.unwrap();
    assert_eq!(server.targets(), ["/root/users/4%2F2/keys", "/root/users/4%2F2", "/root/users/4%2F2/keys/1"]);
    assert!(server.seen().iter().all(|seen| seen.authorization() == "Bearer t1"));

    assert!(users.get("../43").send().await.unwrap_err().is_configuration());
    assert!(users.nested("..").unwrap_err().is_configuration());
    assert!(users.nested("keys?page=1").unwrap_err().to_string().contains("query"));
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn whatever_the_path_the_request_stays_below_the_base() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (inside, outside) = runtime.block_on(async { (Server::content().await, Server::content().await) });
    let api = api(&inside.url("/root"));
    let elsewhere = outside.origin.trim_start_matches("http:").to_owned();
    let pieces = prop_oneof![
        prop::sample::select(vec![
            "..", ".", "/", "\\", "%2e", "%2f", "%5c", "@", ":", ";", "?", "#", "\t", "\r\n", " ", "http:"
        ])
        .prop_map(str::to_owned),
        Just(elsewhere),
        any::<String>(),
    ];
    let paths = prop::collection::vec(pieces, 0..6);
    let config = ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&paths, |pieces| {
            runtime.block_on(async {
                for request in [api.get(pieces.concat()), api.get(pieces)] {
                    let outcome = request.send().await;
                    prop_assert!(outcome.as_ref().is_ok_and(|_| true) || outcome.unwrap_err().is_configuration());
                }
                Ok(())
            })
        })
        .unwrap();
    assert!(outside.seen().is_empty());
    for seen in inside.seen() {
        let path = seen.target.split('?').next().unwrap_or_default();
        assert!(path == "/root" || path.starts_with("/root/"), "{path}");
        assert!(!path.split('/').any(|segment| matches!(segment, "." | "..")), "{path}");
    }
}
