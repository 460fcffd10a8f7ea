use syn::LitStr;

use crate::mistakes::Mistakes;

/// A resource indicator is an absolute URI without a fragment (RFC 8707 §2).
pub(super) fn check(text: &LitStr, mistakes: &mut Mistakes) {
    let uri = text.value();
    let is_absolute = uri.split_once(':').is_some_and(|(scheme, rest)| {
        let is_scheme_char = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(is_scheme_char)
            && !rest.is_empty()
    });
    if !is_absolute || uri.contains('#') || uri.contains(char::is_whitespace) {
        mistakes.at(text, "a resource is an absolute URI without a fragment");
    }
}
