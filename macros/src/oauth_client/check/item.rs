use crate::mistakes::Mistakes;
use crate::oauth_client::parse::{Item, Parsed, ParsedField};

/// The fields of a struct without parameters; anything else cannot be one named client.
pub(super) fn check<'p, 'a>(parsed: &'p Parsed<'a>, mistakes: &mut Mistakes) -> Option<&'p [ParsedField<'a>]> {
    if !parsed.generics.params.is_empty() {
        mistakes.at(
            &parsed.generics.params,
            format!("one struct is one named client, so `{}` cannot have parameters", parsed.ident),
        );
    }
    match &parsed.item {
        Item::Struct(fields) => return Some(fields),
        Item::Enum(at) => mistakes.at_span(*at, "`OAuthClient` can be derived for a struct, not for an enum"),
        Item::Union(at) => mistakes.at_span(*at, "`OAuthClient` can be derived for a struct, not for a union"),
    }
    None
}
