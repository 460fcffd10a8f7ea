use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, Generics, Lit, Meta, Path, Type};

use super::serde_attribute::{SerdeKeys, serde_keys};
use crate::mistakes::Mistakes;
use crate::parse::{AcceptedKeys, Keyed, oauth_entries};
use crate::sdk_path::sdk_path;

const KEYS: AcceptedKeys = AcceptedKeys { keys: &["crate"], hint: |_| None };
const NO_KEYS: AcceptedKeys = AcceptedKeys { keys: &[], hint: |_| None };

/// What the user wrote, with its spans.
pub(super) struct Parsed<'a> {
    pub(super) krate: Path,
    pub(super) ident: &'a Ident,
    pub(super) generics: &'a Generics,
    pub(super) serde: SerdeKeys,
    pub(super) item: Item<'a>,
}

pub(super) enum Item<'a> {
    Struct(Vec<ParsedField<'a>>),
    /// A struct whose fields have no names.
    Tuple(Span),
    Enum(Span),
    Union(Span),
}

pub(super) struct ParsedField<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    pub(super) serde: SerdeKeys,
    pub(super) description: String,
}

pub(super) fn parse<'a>(input: &'a DeriveInput, mistakes: &mut Mistakes) -> Parsed<'a> {
    let keyed = Keyed::new(oauth_entries(&input.attrs, mistakes), &KEYS, mistakes);
    let item = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) => Item::Tuple(fields.span()),
            fields => Item::Struct(named_fields(fields, mistakes)),
        },
        Data::Enum(data) => Item::Enum(data.enum_token.span()),
        Data::Union(data) => Item::Union(data.union_token.span()),
    };
    Parsed {
        krate: sdk_path(&keyed, mistakes),
        ident: &input.ident,
        generics: &input.generics,
        serde: serde_keys(&input.attrs),
        item,
    }
}

fn named_fields<'a>(fields: &'a Fields, mistakes: &mut Mistakes) -> Vec<ParsedField<'a>> {
    fields
        .iter()
        .filter_map(|field| {
            Keyed::new(oauth_entries(&field.attrs, mistakes), &NO_KEYS, mistakes);
            Some(ParsedField {
                ident: field.ident.as_ref()?,
                ty: &field.ty,
                serde: serde_keys(&field.attrs),
                description: first_paragraph(&field.attrs),
            })
        })
        .collect()
}

/// The lines of the doc comment up to the first empty one.
fn first_paragraph(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(doc_text);
    let text = lines.collect::<Vec<_>>().join("\n");
    let lines = text.trim().lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
