use std::fmt::{Display, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::dots::Dots;
use crate::error::{Error, Result};
use crate::text::ServerText;

/// All but the unreserved characters (RFC 3986 §2.3): no other is free of a meaning to some server.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Within one segment, whatever is in it.
pub(super) fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, SEGMENT)
}

/// Builds a path of segments, each of which stays one, whatever is in it.
#[derive(Default)]
pub(super) struct Segments {
    path: String,
    count: usize,
    shown: String,
}

impl Segments {
    pub(super) fn push(&mut self, segment: &dyn Display) -> Result<()> {
        self.count += 1;
        self.shown.clear();
        write!(self.shown, "{segment}")
            .map_err(|error| self.refused("cannot be written: its `Display` fails").with_source(error))?;
        if self.shown.is_empty() {
            return Err(self.refused("is empty, and the path would be another one without it"));
        }
        if Dots::of(&self.shown) != Dots::None {
            let shown = ServerText::new(&self.shown);
            return Err(self.refused(&format!("is {shown:?}: its dots would change the path before it")));
        }
        if self.count > 1 {
            self.path.push('/');
        }
        self.path.extend(encoded(&self.shown));
        Ok(())
    }

    /// `None` where there was no segment.
    pub(super) fn finish(self) -> Option<String> {
        (self.count > 0).then_some(self.path)
    }

    fn refused(&self, why: &str) -> Error {
        let so_far = ServerText::new(&self.path);
        Error::configuration(format!("segment {} of the path, after {so_far:?}, {why}", self.count))
    }
}
