use proc_macro2::{Ident, Span};
use syn::{Member, Path, Type, Visibility};

/// A struct that is one named OAuth client, with nothing left to check but what only the compiler knows.
pub(super) struct Model<'a> {
    /// The path of the SDK.
    pub(super) krate: Path,
    pub(super) ident: &'a Ident,
    pub(super) vis: &'a Visibility,
    /// The client's name: in cache keys and messages.
    pub(super) name: String,
    pub(super) shape: Shape<'a>,
    /// What the attribute sets.
    pub(super) fixed: Vec<Fixed>,
}

pub(super) enum Shape<'a> {
    ByName(ByName),
    ByType(ByType<'a>),
}

/// `provider = "auth0"`: configured at run time.
pub(super) struct ByName {
    pub(super) provider: String,
    /// Of the environment variables, without the `_` at its end.
    pub(super) prefix: String,
    /// The field of type `ProviderClient`.
    pub(super) field: Member,
}

/// `provider = Auth0`: the struct's fields are the configuration.
pub(super) struct ByType<'a> {
    pub(super) provider: Path,
    pub(super) fields: Vec<Field<'a>>,
    /// Whether the fields that are configuration are all that there are, so that one can be made of settings.
    pub(super) is_configuration: bool,
    /// Of the environment variables; `None` where the name makes none.
    pub(super) prefix: Option<String>,
}

impl ByType<'_> {
    /// The provider's name in sentences: the last word of its path.
    pub(super) fn provider_name(&self) -> String {
        self.provider.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
    }
}

pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    /// The key of the configuration: the field's name.
    pub(super) key: String,
    pub(super) ty: &'a Type,
}

/// One setting that the attribute gives.
pub(super) struct Fixed {
    pub(super) key: String,
    /// Where the key stands.
    pub(super) span: Span,
    pub(super) value: FixedValue,
}

pub(super) enum FixedValue {
    Text(String),
    Flag(bool),
    Number(u64),
    List(Vec<String>),
}
