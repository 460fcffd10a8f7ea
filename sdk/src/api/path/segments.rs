use std::fmt::{self, Display, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_decode_str, utf8_percent_encode};

use super::ROOM;
use super::dots::Dots;
use crate::error::{Error, Result};
use crate::text::ServerText;

/// All but the unreserved characters (RFC 3986 §2.3): no other is free of a meaning to some server.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Most paths are no longer.
const TYPICAL: usize = 48;

/// Within one segment, whatever is in it.
pub(super) fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, SEGMENT)
}

/// Builds a path of segments, each of which stays one, whatever is in it.
pub(super) struct Segments {
    path: String,
    count: usize,
}

impl Segments {
    pub(super) fn new() -> Self {
        Self { path: String::with_capacity(ROOM + TYPICAL), count: 0 }
    }

    pub(super) fn push(&mut self, segment: &dyn Display) -> Result<()> {
        self.count += 1;
        let before = self.path.len();
        if self.count > 1 {
            self.path.push('/');
        }
        let start = self.path.len();
        if let Err(error) = write!(Encoder(&mut self.path), "{segment}") {
            return Err(self.refused(before, "cannot be written: its `Display` fails").with_source(error));
        }
        let written = self.path.get(start..).unwrap_or_default();
        if written.is_empty() {
            return Err(self.refused(before, "is empty, and the path would be another one without it"));
        }
        // What is no letter, digit or one of `-_~` is percent-encoded, or a dot.
        if written.contains(['.', '%']) {
            let given = percent_decode_str(written).decode_utf8_lossy();
            if Dots::of(&given) != Dots::None {
                let shown = ServerText::new(&given);
                return Err(self.refused(before, &format!("is {shown:?}: its dots would change the path before it")));
            }
        }
        Ok(())
    }

    /// `None` where there was no segment.
    pub(super) fn finish(self) -> Option<String> {
        (self.count > 0).then_some(self.path)
    }

    fn refused(&self, before: usize, why: &str) -> Error {
        let so_far = ServerText::new(self.path.get(..before).unwrap_or_default());
        Error::configuration(format!("segment {} of the path, after {so_far:?}, {why}", self.count))
    }
}

/// Encodes what is written to it.
struct Encoder<'a>(&'a mut String);

impl fmt::Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(encoded(text));
        Ok(())
    }
}
