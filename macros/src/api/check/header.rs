use syn::LitStr;

use crate::mistakes::Mistakes;

/// The client sets these, whatever a request says.
const RESERVED: [&str; 3] = ["authorization", "dpop", "host"];

/// A header's name: a `token` of RFC 9110 §5.6.2, and none that the client sets.
pub(super) fn check(text: &LitStr, mistakes: &mut Mistakes) -> String {
    let name = text.value();
    let is_token = |char: char| char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char);
    if name.is_empty() || !name.chars().all(is_token) {
        mistakes.at(text, "a header's name has letters, digits and `-`");
    } else if RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)) {
        mistakes.at(text, format!("`{name}` is set by the client, from the credentials and the base"));
    }
    name
}
