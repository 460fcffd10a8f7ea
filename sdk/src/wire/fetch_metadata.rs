use http::HeaderMap;

/// The window of a browser goes here, and no part of a page does (Fetch Metadata Request Headers §2.1, §2.2). Browsers set these
/// headers themselves, and no page can.
pub(crate) fn is_navigation(headers: &HeaderMap) -> bool {
    let is = |name: &str, wanted: &str| headers.get(name).is_some_and(|value| value == wanted);
    is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

/// The browser says that a script, a picture or a frame asks. Older ones do not say what asks.
pub(crate) fn is_part_of_a_page(headers: &HeaderMap) -> bool {
    let says_what_it_is = headers.contains_key("sec-fetch-mode") || headers.contains_key("sec-fetch-dest");
    says_what_it_is && !is_navigation(headers)
}

/// The browser asks before the person does.
pub(crate) fn is_prefetch(headers: &HeaderMap) -> bool {
    let purposes = headers.get_all("sec-purpose").iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    purposes.map(<[u8]>::trim_ascii).any(|purpose| purpose == b"prefetch")
}
