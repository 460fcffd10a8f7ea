use http::header::LINK;
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::link_header;
use super::next_page::set_parameter;

fn next(lines: &[&str]) -> Option<String> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(LINK, HeaderValue::from_str(line).unwrap());
    }
    link_header::next(&headers)
}

#[test]
fn links_are_read_as_rfc_8288_has_them() {
    for (line, expected) in [
        // GitHub's.
        (
            r#"<https://api.github.com/repositories/1/issues?page=2>; rel="next", <https://api.github.com/x?page=7>; rel="last""#,
            Some("https://api.github.com/repositories/1/issues?page=2"),
        ),
        (r#"<a>; rel="prev", <b>; rel="next""#, Some("b")),
        // RFC 8288 §3.5.
        (r#"<http://example.com/TheBook/chapter2>; rel="previous"; title="previous chapter""#, None),
        (r#"<http://example.org/>; rel="start http://example.net/relation/other""#, None),
        (
            r#"<https://example.org/>; rel="start", <https://example.org/index>; rel="index next""#,
            Some("https://example.org/index"),
        ),
        (
            "</TheBook/chapter2>; rel=\"previous\"; title*=UTF-8'de'letztes%20Kapitel, </TheBook/chapter4>; rel=\"next\"; \
             title*=UTF-8'de'n%c3%a4chstes%20Kapitel",
            Some("/TheBook/chapter4"),
        ),
        ("<a>;rel=next", Some("a")),
        ("<a> ; REL = \"Next\" ; x", Some("a")),
        // A comma or a semicolon in a URL or in quotes ends nothing.
        (r#"<a?x=1,2;y>; title="a, \"b\"; rel=prev"; rel="next""#, Some("a?x=1,2;y")),
        // The first `rel` counts; a link about something else does not.
        (r#"<a>; rel="prev"; rel="next""#, None),
        (r##"<a>; rel="next"; anchor="#other""##, None),
        ("", None),
        ("<a; rel=next", None),
        ("<a>; rel=\"next", Some("a")),
        ("<>; rel=next", Some("")),
    ] {
        assert_eq!(next(&[line]).as_deref(), expected, "{line}");
    }
    assert_eq!(next(&["<a>; rel=prev", "<b>; rel=next"]).as_deref(), Some("b"));
    assert_eq!(next(&[&"x".repeat(17_000), "<b>; rel=next"]), None);
}

#[test]
fn a_parameter_stands_in_place_of_any_of_its_name() {
    for (query, expected) in [
        ("", "page=2"),
        ("?a=b%20c&d", "a=b%20c&d&page=2"),
        ("?page=1", "page=2"),
        ("?x=1&page=1&y=%26&page=7", "x=1&y=%26&page=2"),
    ] {
        let mut url = Url::parse(&format!("https://api.example/v1{query}")).unwrap();
        set_parameter(&mut url, "page", "2");
        assert_eq!(url.query(), Some(expected), "{query}");
    }
}
