use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::ROOM;
use super::dots::Dots;
use crate::error::{Error, Result};
use crate::text::ServerText;

/// What does not stand for itself in a path (RFC 3986 §3.3, `pchar` and `/`).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// And in a query (§3.4).
const QUERY: &AsciiSet = &PATH.remove(b'?');

/// Reads `a/b?x=1`: a path that is relative to the base whatever it begins with.
pub(super) fn read(text: &str) -> Result<String> {
    let path = text.trim_start_matches('/');
    if path.bytes().all(stands_for_itself) {
        let mut plain = String::with_capacity(path.len() + ROOM);
        plain.push_str(path);
        return Ok(plain);
    }
    if text.contains('#') {
        return Err(refused(
            text,
            "has a `#`, behind which nothing is sent: write `%23`, or give the segments as a list",
        ));
    }
    let (path, query) = match text.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (text, None),
    };
    if path.contains("://") {
        return Err(refused(text, "is a URL of its own: the token is for the base URL only"));
    }
    if has_scheme(path) {
        return Err(refused(text, "begins like a URL with a scheme (RFC 3986 §4.2): put a `/` in front of it"));
    }
    if path.contains('\\') {
        return Err(refused(text, "has a backslash: write `/`, or give the segments as a list"));
    }
    let mut encoded = String::with_capacity(text.len() + ROOM);
    for (index, segment) in resolve(text, path.trim_start_matches('/'))?.into_iter().enumerate() {
        if index > 0 {
            encoded.push('/');
        }
        encode(segment, PATH, &mut encoded);
    }
    if let Some(query) = query {
        encoded.push('?');
        encode(query, QUERY, &mut encoded);
    }
    Ok(encoded)
}

/// Most paths have nothing else: no segment of dots, nothing to encode, no query.
fn stands_for_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'~')
}

/// Takes `.` and `..` out (RFC 3986 §5.2.4); one `..` too many is an error.
fn resolve<'a>(text: &str, path: &'a str) -> Result<Vec<&'a str>> {
    let mut kept = Vec::new();
    let mut last = Dots::None;
    for segment in path.split('/') {
        last = Dots::of(segment);
        match last {
            Dots::None => kept.push(segment),
            Dots::Stay => {}
            Dots::Up => {
                kept.pop().ok_or_else(|| refused(text, "would leave the API's base URL"))?;
            }
            Dots::Disguised => {
                return Err(refused(text, "could leave the API's base URL at some servers, by its dots"));
            }
        }
    }
    if last != Dots::None {
        // `a/..` is a folder, as `a/../` is.
        kept.push("");
    }
    Ok(kept)
}

/// Keeps what is percent-encoded already; a `%` that begins no such thing is encoded itself.
fn encode(text: &str, set: &'static AsciiSet, out: &mut String) {
    for (index, piece) in text.split('%').enumerate() {
        if index > 0 {
            let hex = piece.as_bytes().get(..2);
            let is_encoded = hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
            out.push_str(if is_encoded { "%" } else { "%25" });
        }
        out.extend(utf8_percent_encode(piece, set));
    }
}

fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn refused(text: &str, why: &str) -> Error {
    // Without the query, which may hold personal data.
    let path = text.split('?').next().unwrap_or_default();
    Error::configuration(format!("the path {:?} {why}", ServerText::new(path)))
}
