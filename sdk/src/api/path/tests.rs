use std::fmt;

use proptest::prelude::*;

use super::dots::Dots;
use super::*;
use crate::api::base::Base;
use crate::wire::PlainHttp;

const ROOT: &str = "https://api.example/root";

fn base(text: &str) -> Base {
    Base::parse(text, PlainHttp::LoopbackOnly).unwrap()
}

/// What is requested below `https://api.example`, or why nothing is.
fn requested(path: impl IntoPath) -> Result<String, String> {
    match base(ROOT).join(path.into_path()) {
        Ok(url) => Ok(url.as_str().strip_prefix("https://api.example").unwrap().to_owned()),
        Err(error) => {
            assert!(error.is_configuration(), "{error:?}");
            Err(error.to_string())
        }
    }
}

#[test]
fn text_is_appended_to_the_base() {
    for (path, expected) in [
        ("", "/root/"),
        ("/", "/root/"),
        ("path", "/root/path"),
        ("/path", "/root/path"),
        ("//path", "/root/path"),
        ("//other.example/x", "/root/other.example/x"),
        ("path/", "/root/path/"),
        ("a/b", "/root/a/b"),
        ("a//b", "/root/a//b"),
        ("./a", "/root/a"),
        (".", "/root/"),
        ("a/../b", "/root/b"),
        ("a/%2E%2e/b", "/root/b"),
        ("a/..", "/root/"),
        ("a/b/..", "/root/a/"),
        ("a/.", "/root/a/"),
        ("...", "/root/..."),
        ("v1..2/.well-known", "/root/v1..2/.well-known"),
        ("?x=1", "/root/?x=1"),
        ("a?x=1", "/root/a?x=1"),
        ("a?next=https://b.example/..", "/root/a?next=https://b.example/.."),
        ("a?x=1?y", "/root/a?x=1?y"),
        ("a b", "/root/a%20b"),
        ("é", "/root/%C3%A9"),
        ("a?q=é ü", "/root/a?q=%C3%A9%20%C3%BC"),
        ("a%20b", "/root/a%20b"),
        ("a%2Fb", "/root/a%2Fb"),
        ("100%", "/root/100%25"),
        ("100%/%zz/%2", "/root/100%25/%25zz/%252"),
        ("a\tb\n", "/root/a%09b%0A"),
        ("a[0]|b", "/root/a%5B0%5D%7Cb"),
        ("/documents:analyze", "/root/documents:analyze"),
        ("documents/1:analyze", "/root/documents/1:analyze"),
        ("a;b=1,2@c", "/root/a;b=1,2@c"),
    ] {
        assert_eq!(requested(path).as_deref(), Ok(expected), "{path:?}");
    }
}

#[test]
fn text_that_could_lead_elsewhere_is_an_error() {
    for (path, reason) in [
        ("../up", "would leave"),
        ("..", "would leave"),
        ("/..", "would leave"),
        ("a/../../b", "would leave"),
        ("%2e%2e/up", "would leave"),
        (".%2E/up", "would leave"),
        ("..%2fup", "by its dots"),
        ("a/..%5cup", "by its dots"),
        ("a/..;/up", "by its dots"),
        ("..\\up", "backslash"),
        ("\\\\other.example\\x", "backslash"),
        ("https://other.example/x", "URL of its own"),
        ("/https://other.example/x", "URL of its own"),
        ("mailto:a@b", "scheme"),
        ("a:b", "scheme"),
        ("localhost:8080/x", "scheme"),
        ("#f", "`%23`"),
        ("items/C#", "`%23`"),
    ] {
        let error = requested(path).expect_err(path);
        assert!(error.contains(reason), "{path:?}: {error}");
    }
}

#[test]
fn an_error_does_not_show_the_query() {
    let error = requested("../x?key=s3cret").unwrap_err();
    assert_eq!(error, r#"the path "../x" would leave the API's base URL"#);
}

#[test]
fn segments_stay_segments() {
    assert_eq!(requested(["a", "b"]).as_deref(), Ok("/root/a/b"));
    assert_eq!(requested(vec!["a".to_owned(), "b c".to_owned()]).as_deref(), Ok("/root/a/b%20c"));
    assert_eq!(requested(&["é", "+&="][..]).as_deref(), Ok("/root/%C3%A9/%2B%26%3D"));
    assert_eq!(requested(("user", 1, "resource")).as_deref(), Ok("/root/user/1/resource"));
    assert_eq!(requested(("x", 0, 1, true, 1.5, 'y')).as_deref(), Ok("/root/x/0/1/true/1.5/y"));
    assert_eq!(requested([7]).as_deref(), Ok("/root/7"));
    assert_eq!(requested(("a/b", "c d")).as_deref(), Ok("/root/a%2Fb/c%20d"));
    assert_eq!(requested(["a?b#c%20d\\e"]).as_deref(), Ok("/root/a%3Fb%23c%2520d%5Ce"));
    assert_eq!(requested(("https://x", "y")).as_deref(), Ok("/root/https%3A%2F%2Fx/y"));
    assert_eq!(requested(["...", ".x", "x."]).as_deref(), Ok("/root/.../.x/x."));
}

#[test]
fn a_segment_that_would_change_the_path_is_an_error() {
    for segment in [".", "..", "%2e", "%2E%2e", ".%2e", "../x", "x/..", "a\\..\\b", "..;x", "..%2fx"] {
        let error = requested(["users", segment]).expect_err(segment);
        assert!(error.contains("segment 2") && error.contains("dots"), "{error}");
    }
    let error = requested(["users", "", "keys"]).unwrap_err();
    assert!(error.contains("segment 2 of the path, after \"users\", is empty"), "{error}");
}

#[test]
fn a_display_that_fails_is_an_error() {
    struct Broken;
    impl fmt::Display for Broken {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    assert!(requested([Broken]).unwrap_err().contains("`Display`"));
}

#[test]
fn nothing_is_the_base_itself() {
    assert_eq!(requested(()).as_deref(), Ok("/root"));
    assert_eq!(requested(None::<&str>).as_deref(), Ok("/root"));
    assert_eq!(requested(Vec::<String>::new()).as_deref(), Ok("/root"));
    assert_eq!(requested(Some("a")).as_deref(), Ok("/root/a"));
}

#[test]
fn a_base_counts_with_and_without_its_last_slash() {
    for (text, itself, empty, path) in [
        ("https://h", "https://h/", "https://h/", "https://h/a"),
        ("https://h/", "https://h/", "https://h/", "https://h/a"),
        ("https://h/v1", "https://h/v1", "https://h/v1/", "https://h/v1/a"),
        ("https://h/v1/", "https://h/v1/", "https://h/v1/", "https://h/v1/a"),
        ("https://h:8443/a/../v1", "https://h:8443/v1", "https://h:8443/v1/", "https://h:8443/v1/a"),
    ] {
        let base = base(text);
        assert_eq!(base.join(().into_path()).unwrap().as_str(), itself);
        assert_eq!(base.join("".into_path()).unwrap().as_str(), empty);
        assert_eq!(base.join("a".into_path()).unwrap().as_str(), path);
    }
}

#[test]
fn a_sibling_with_the_same_beginning_is_outside() {
    let base = base(ROOT);
    for (url, inside) in [
        ("https://api.example/root", true),
        ("https://api.example/root?x", true),
        ("https://api.example/root/", true),
        ("https://api.example/root/a", true),
        ("https://api.example/rootkit", false),
        ("https://api.example/root/../x", false),
        ("https://api.example.evil/root/a", false),
        ("http://api.example/root/a", false),
    ] {
        assert_eq!(base.contains(&url.parse().unwrap()), inside, "{url}");
    }
}

/// Text made of what paths are broken with.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("..".to_owned()),
        Just("/".to_owned()),
        prop::sample::select(
            &[
                ".",
                "\\",
                "%2e",
                "%2E",
                "%2f",
                "%5c",
                "%",
                "%25",
                "?",
                "#",
                "@",
                ":",
                ";",
                "https:",
                "//",
                "\t",
                "\n",
                "\r",
                "\0",
                " ",
                "\u{202e}",
                "\u{ff0e}",
                "\u{2024}",
                "é",
                "%00",
                "[",
                "a",
                "evil.example",
            ][..]
        )
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_leaves_the_base(path in hostile(), root in prop::sample::select(vec![ROOT, "https://api.example", "https://api.example/a/b/"])) {
        let base = base(root);
        if let Ok(url) = base.join(path.as_str().into_path()) {
            let (host, path) = (url.host_str(), url.path());
            prop_assert_eq!(host, Some("api.example"));
            prop_assert!(url.username().is_empty() && url.password().is_none() && url.port().is_none());
            let prefix = format!("{}/", root.trim_end_matches('/'));
            prop_assert!(url.as_str().starts_with(&prefix));
            prop_assert!(!path.split('/').any(|segment| Dots::of(segment) != Dots::None));
            prop_assert!(url.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }

    #[test]
    fn a_path_is_joined_as_a_parser_reads_the_whole(path in hostile(), root in prop::sample::select(vec![ROOT, "https://api.example", "https://h:8443/a/b/"])) {
        if let Ok(Some(below)) = path.as_str().into_path().into_inner() {
            let whole = format!("{}/{}", root.trim_end_matches('/'), below.0);
            prop_assert_eq!(base(root).join(path.as_str().into_path()).unwrap(), url::Url::parse(&whole).unwrap());
        }
    }

    #[test]
    fn no_segment_changes_the_path(first in hostile(), second in hostile()) {
        if let Ok(url) = base(ROOT).join([&first, &second].into_path()) {
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 3);
            let decoded = |segment: &str| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned();
            prop_assert_eq!(decoded(segments[1]), first);
            prop_assert_eq!(decoded(segments[2]), second);
            prop_assert!(url.query().is_none() && url.fragment().is_none());
        }
    }
}
