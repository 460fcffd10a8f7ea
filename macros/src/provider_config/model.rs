use proc_macro2::Ident;
use syn::{Path, Type};

/// A provider's configuration and its keys.
pub(super) struct Model<'a> {
    /// The path of the SDK.
    pub(super) krate: Path,
    pub(super) ident: &'a Ident,
    pub(super) keys: Vec<Key<'a>>,
}

pub(super) struct Key<'a> {
    pub(super) name: String,
    pub(super) ty: &'a Type,
    /// serde has a value for it where none is given.
    pub(super) has_default: bool,
    /// The first paragraph of the field's doc comment.
    pub(super) description: String,
}
