use syn::ext::IdentExt;
use syn::{Member, Path, Type};

use crate::mistakes::Mistakes;
use crate::oauth_client::model::{Field, Fixed};
use crate::oauth_client::parse::{Parsed, ParsedField};

/// The one field of a client whose provider is picked by name.
pub(super) fn client(parsed: &Parsed<'_>, fields: &[ParsedField<'_>], mistakes: &mut Mistakes) -> Option<Member> {
    for skip in fields.iter().filter_map(|field| field.skip.as_ref()) {
        mistakes.at(skip, "`skip` is for a provider picked by its type, where the fields are its configuration");
    }
    match fields {
        [field] if is_provider_client(field.ty) => return Some(field.member.clone()),
        [field] => mistakes.at(field.ty, one_field(parsed)),
        _ => mistakes.at(parsed.ident, one_field(parsed)),
    }
    None
}

fn one_field(parsed: &Parsed<'_>) -> String {
    format!("`{}` picks its provider by name, so it needs exactly one field, of type `ProviderClient`", parsed.ident)
}

/// The fields of a client whose provider is picked by type: its configuration.
pub(super) fn configuration<'a>(
    parsed: &Parsed<'a>,
    fields: &[ParsedField<'a>],
    provider: &Path,
    fixed: &[Fixed],
    mistakes: &mut Mistakes,
) -> Vec<Field<'a>> {
    let mut configuration = Vec::new();
    for field in fields.iter().filter(|field| field.skip.is_none()) {
        let Some(ident) = field.ident else {
            let text = format!("`{}` is configured by its fields, so they need names", parsed.ident);
            mistakes.at(field.ty, text);
            break;
        };
        let key = ident.unraw().to_string();
        if is_provider_client(field.ty) {
            let text = format!(
                "`{}` is configured by its fields; to have a `ProviderClient` in it, give the provider's name in quotes: \
                 `provider = \"{}\"`",
                parsed.ident,
                provider_name(provider)
            );
            mistakes.at(field.ty, text);
        } else if let Some(first) = fixed.iter().find(|fixed| fixed.key == key) {
            mistakes.at(ident, format!("`{key}` is given twice"));
            mistakes.at_span(first.span, format!("`{key}` is first given here"));
        }
        configuration.push(Field { ident, key, ty: field.ty });
    }
    configuration
}

/// What a provider of that type is probably registered as.
fn provider_name(provider: &Path) -> String {
    provider.segments.last().map(|segment| segment.ident.to_string().to_lowercase()).unwrap_or_default()
}

fn is_provider_client(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "ProviderClient"))
}
