//! Reads headers that are lists of values with parameters: `Link` (RFC 8288 §3), `RateLimit` and other structured fields (RFC 9651).
//! What cannot be read is passed over.

use http::{HeaderMap, HeaderName};

/// Of all header lines together; whole answers have less than that in headers.
const MAX_BYTES: usize = 16 * 1024;

/// `<target>;name=value`, `"text";name=value` or `token;name=value`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ListMember {
    /// Without the brackets or quotes.
    pub(crate) value: String,
    pub(crate) parameters: Vec<(String, String)>,
}

impl ListMember {
    /// The members of all lines of this header, in order.
    pub(crate) fn all(headers: &HeaderMap, name: &HeaderName) -> Vec<Self> {
        let (mut members, mut room) = (Vec::new(), MAX_BYTES);
        for line in headers.get_all(name) {
            room = match room.checked_sub(line.len()) {
                Some(room) => room,
                None => break,
            };
            let mut rest = std::str::from_utf8(line.as_bytes()).unwrap_or_default();
            loop {
                rest = rest.trim_start_matches([' ', '\t', ',']);
                if rest.is_empty() {
                    break;
                }
                let (member, after) = member(rest);
                members.push(member);
                rest = after;
            }
        }
        members
    }

    /// The first parameter of this name, without regard to case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let named = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.parameters.iter().find(named).map(|(_, value)| value.as_str())
    }
}

/// The first member, and what follows.
fn member(text: &str) -> (ListMember, &str) {
    let (value, mut rest) = match text.strip_prefix('<') {
        Some(target) => {
            target.split_once('>').map_or((target.to_owned(), ""), |(target, rest)| (target.to_owned(), rest))
        }
        None => value(text),
    };
    let mut parameters = Vec::new();
    loop {
        rest = rest.trim_start();
        let Some(parameter) = rest.strip_prefix(';') else { break };
        let parameter = parameter.trim_start();
        let (name, after) = parameter.split_at(parameter.find(['=', ';', ',']).unwrap_or(parameter.len()));
        let (value, after) =
            after.strip_prefix('=').map_or((String::new(), after), |text| self::value(text.trim_start()));
        parameters.push((name.trim().to_owned(), value));
        rest = after;
    }
    // What is behind a value and belongs to nothing.
    let rest = rest.split_once(',').map_or("", |(_, rest)| rest);
    (ListMember { value, parameters }, rest)
}

/// A token or a quoted string (RFC 9110 §5.6.4), and what follows.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, after) = text.split_at(text.find([';', ',']).unwrap_or(text.len()));
        return (value.trim().to_owned(), after);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}
