//! Paths below a base URL.

mod dots;
mod into_path;
mod relative;
mod segments;
mod template;
#[cfg(test)]
mod tests;

use dots::Dots;
pub use into_path::IntoPath;
pub use template::{PathPiece, path_of_template};

use crate::error::Result;

/// An encoded path, without the `/` before it and with the query behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RelativePath(pub(super) String);

/// Room that a path has besides itself, for that of the base before it.
const ROOM: usize = 48;

/// Whether a server may take a segment of this path, of a URL that was parsed, for another folder.
pub(crate) fn has_dots(path: &str) -> bool {
    path.split('/').any(|segment| Dots::of(segment) != Dots::None)
}

/// A path below an API's base URL, encoded, or why there is none; made by [`IntoPath`].
///
/// An error in it is reported when the request is sent.
#[derive(Clone, Debug)]
pub struct ApiPath(Result<Option<RelativePath>>);

impl ApiPath {
    /// The base itself.
    fn base() -> Self {
        Self(Ok(None))
    }

    fn below(path: Result<String>) -> Self {
        Self(path.map(|path| Some(RelativePath(path))))
    }

    /// `None` for the base itself.
    pub(super) fn into_inner(self) -> Result<Option<RelativePath>> {
        self.0
    }
}
