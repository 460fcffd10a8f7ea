use http::HeaderMap;
use http::header::COOKIE;

/// Every cookie of a request, with its name (RFC 6265 §5.4).
///
/// Each is read alone: what other programs of the host, or a page, set beside ours may be any bytes. No more than spaces and tabs are
/// trimmed, so that no other name becomes one of ours, as one with a wider space in front of `__Host-` would.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(COOKIE).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    all.filter_map(|cookie| std::str::from_utf8(cookie).ok()?.trim_matches([' ', '\t']).split_once('='))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(line: &[u8]) -> Vec<(String, String)> {
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_bytes(line).unwrap())]);
        cookies(&headers).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn a_cookie_that_is_no_text_takes_no_other_cookie_with_it() {
        for line in [&b"a=\xff; ours=1"[..], b"ours=1; a=\xff", b"\xe9=x;\tours=1 ;;=", b"a=\xc3; ours=1; b=\xa9"] {
            assert!(read(line).contains(&("ours".to_owned(), "1".to_owned())), "{line:?}");
        }
        assert_eq!(read("a=\u{e9}; b=c=d".as_bytes()).len(), 2);
    }

    #[test]
    fn no_other_name_becomes_one_of_ours() {
        for line in ["\u{2000}ours=1", "\u{a0}ours=1", "\u{85}ours=1", "our\u{200b}s=1", "ours", "x ours=1"] {
            assert!(read(line.as_bytes()).iter().all(|(name, _)| name != "ours"), "{line:?}");
        }
    }
}
