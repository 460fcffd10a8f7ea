use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What a segment of a path does to the segments before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dots {
    /// Nothing: it is a name.
    None,
    /// `.`: stay.
    Stay,
    /// `..`: go up.
    Up,
    /// Nothing by RFC 3986, but some servers make a `..` of it: those that decode `..%2F` or `..%5C` before they
    /// resolve the path (nginx with a URI in `proxy_pass`), and those that drop the parameter of `..;x` (Tomcat).
    Disguised,
}

impl Dots {
    /// Percent-encoded dots count: URL parsers resolve `%2e%2e` as `..` (WHATWG URL §4.2).
    pub(super) fn of(segment: &str) -> Self {
        if !segment.contains('.') && !segment.contains('%') {
            return Self::None;
        }
        let decoded: Cow<'_, [u8]> = percent_decode_str(segment).into();
        match &*decoded {
            b"." => Self::Stay,
            b".." => Self::Up,
            name if name.split(|byte| matches!(byte, b'/' | b'\\')).any(is_dots) => Self::Disguised,
            _ => Self::None,
        }
    }
}

fn is_dots(piece: &[u8]) -> bool {
    matches!(piece.split(|byte| *byte == b';').next(), Some(b"." | b".."))
}
