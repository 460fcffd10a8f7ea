use std::fmt::{Display, Write as _};

use super::dots::Dots;
use super::segments::encoded;
use super::{ApiPath, relative};
use crate::error::{Error, Result};

/// A piece of a path template; not for people: `#[api]` writes them.
#[doc(hidden)]
pub enum PathPiece<'a> {
    /// Text as it stands in the template, which the macro has checked.
    Text(&'static str),
    /// The value of `{name}`: within one segment, whatever is in it.
    Value(&'static str, &'a dyn Display),
}

/// The path of a template.
#[doc(hidden)]
pub fn path_of_template(pieces: &[PathPiece<'_>]) -> ApiPath {
    ApiPath::below(filled(pieces).and_then(|path| relative::read(&path)))
}

fn filled(pieces: &[PathPiece<'_>]) -> Result<String> {
    let mut path = String::new();
    // The segment that is being written, before it is encoded, and the value in it that could make dots of it.
    let mut segment = String::new();
    let mut last_value = None;
    for piece in pieces {
        match piece {
            PathPiece::Text(text) => {
                path.push_str(text);
                match text.rsplit_once('/') {
                    Some((before, after)) => {
                        segment.push_str(before.split('/').next().unwrap_or_default());
                        check(last_value.take(), &segment)?;
                        after.clone_into(&mut segment);
                    }
                    None => segment.push_str(text),
                }
            }
            PathPiece::Value(name, value) => {
                let start = segment.len();
                write!(segment, "{value}")
                    .map_err(|error| refused(name, "cannot be written: its `Display` fails").with_source(error))?;
                let value = segment.get(start..).unwrap_or_default();
                if value.is_empty() {
                    return Err(refused(name, "is empty, and the path would be another one without it"));
                }
                path.extend(encoded(value));
                last_value = Some(*name);
            }
        }
    }
    check(last_value, &segment)?;
    Ok(path)
}

/// A segment with a value in it stays one.
fn check(value: Option<&str>, segment: &str) -> Result<()> {
    let segment = segment.split('?').next().unwrap_or_default();
    match value {
        Some(name) if Dots::of(segment) != Dots::None => {
            Err(refused(name, "makes a segment of dots, which would change the path before it"))
        }
        _ => Ok(()),
    }
}

fn refused(name: &str, why: &str) -> Error {
    Error::configuration(format!("the path parameter `{name}` {why}"))
}

impl std::fmt::Debug for PathPiece<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.debug_tuple("Text").field(text).finish(),
            Self::Value(name, _) => f.debug_tuple("Value").field(name).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PathPiece::{Text, Value};
    use super::*;

    fn path(pieces: &[PathPiece<'_>]) -> Result<String> {
        Ok(path_of_template(pieces).into_inner()?.expect("a path").0)
    }

    #[test]
    fn a_value_stays_within_its_segment() {
        for (value, requested) in [
            ("42", "invoices/42/lines"),
            ("a/b", "invoices/a%2Fb/lines"),
            ("a b?c#d%2F", "invoices/a%20b%3Fc%23d%252F/lines"),
            ("..a", "invoices/..a/lines"),
            ("http://x", "invoices/http%3A%2F%2Fx/lines"),
        ] {
            assert_eq!(path(&[Text("/invoices/"), Value("id", &value), Text("/lines")]).unwrap(), requested);
        }
    }

    #[test]
    fn what_is_no_segment_is_refused_by_its_name() {
        for value in ["", ".", "..", "%2e%2E", "..;x", "../admin", "..\\x"] {
            for pieces in [
                &[Text("/invoices/"), Value("id", &value), Text("/lines")][..],
                &[Text("/invoices/"), Value("id", &value)],
                &[Text("/invoices/"), Value("id", &value), Text("?expand=lines")],
                &[Value("id", &value)],
            ] {
                let error = path(pieces).unwrap_err();
                assert!(
                    error.is_configuration() && error.to_string().contains("path parameter `id`"),
                    "{value}: {error}"
                );
            }
        }
        // Neither by two values, nor by a value and text.
        for pieces in [[Value("a", &"."), Value("b", &".")], [Text("/."), Value("b", &".")]] {
            assert!(path(&pieces).is_err());
        }
    }

    #[test]
    fn text_stands_as_it_is_written() {
        assert_eq!(path(&[Text("/operations/"), Value("id", &7), Text(":cancel")]).unwrap(), "operations/7:cancel");
        assert_eq!(path(&[Text("/a%20b/"), Value("id", &7), Text("/?x=1&y=%2F")]).unwrap(), "a%20b/7/?x=1&y=%2F");
        assert_eq!(path(&[Text("/")]).unwrap(), "");
    }
}
