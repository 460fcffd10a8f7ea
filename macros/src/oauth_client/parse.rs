use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Generics, Member, Path, Type, Visibility};

use crate::mistakes::Mistakes;
use crate::parse::{AcceptedKeys, Keyed, Value, oauth_entries};
use crate::sdk_path::sdk_path;

const KEYS: AcceptedKeys = AcceptedKeys {
    keys: &["provider", "name", "env_prefix", "audience", "scopes", "resource", "settings", "crate"],
    hint: |key| Some(format!("a provider's own keys go into `settings({key} = ..)`")),
};
const FIELD_KEYS: AcceptedKeys = AcceptedKeys { keys: &["skip"], hint: |_| None };

/// What the user wrote, with its spans.
pub(super) struct Parsed<'a> {
    pub(super) krate: Path,
    pub(super) ident: &'a Ident,
    pub(super) vis: &'a Visibility,
    pub(super) generics: &'a Generics,
    pub(super) keyed: Keyed,
    pub(super) item: Item<'a>,
}

pub(super) enum Item<'a> {
    Struct(Vec<ParsedField<'a>>),
    Enum(Span),
    Union(Span),
}

pub(super) struct ParsedField<'a> {
    pub(super) member: Member,
    pub(super) ident: Option<&'a Ident>,
    pub(super) ty: &'a Type,
    /// The word `skip`, where it stands.
    pub(super) skip: Option<Ident>,
}

pub(super) fn parse<'a>(input: &'a DeriveInput, mistakes: &mut Mistakes) -> Parsed<'a> {
    let keyed = Keyed::new(oauth_entries(&input.attrs, mistakes), &KEYS, mistakes);
    let krate = sdk_path(&keyed, mistakes);
    let item = match &input.data {
        Data::Struct(data) => Item::Struct(fields(&data.fields, mistakes)),
        Data::Enum(data) => Item::Enum(data.enum_token.span()),
        Data::Union(data) => Item::Union(data.union_token.span()),
    };
    Parsed { krate, ident: &input.ident, vis: &input.vis, generics: &input.generics, keyed, item }
}

fn fields<'a>(fields: &'a Fields, mistakes: &mut Mistakes) -> Vec<ParsedField<'a>> {
    fields
        .iter()
        .zip(fields.members())
        .map(|(field, member)| {
            let keyed = Keyed::new(oauth_entries(&field.attrs, mistakes), &FIELD_KEYS, mistakes);
            let skip = keyed.get("skip").map(|entry| {
                if !matches!(entry.value, Value::Nothing) {
                    entry.wrong_value(mistakes, "`skip` takes no value");
                }
                entry.key.clone()
            });
            ParsedField { member, ident: field.ident.as_ref(), ty: &field.ty, skip }
        })
        .collect()
}
