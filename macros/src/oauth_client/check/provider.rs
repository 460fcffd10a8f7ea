use syn::Path;

use crate::mistakes::Mistakes;
use crate::oauth_client::parse::Parsed;
use crate::parse::{Entry, Value};

/// How the provider was picked.
pub(super) enum Picked {
    Name(String),
    Type(Path),
}

pub(super) fn check(parsed: &Parsed<'_>, mistakes: &mut Mistakes) -> Option<Picked> {
    let Some(entry) = parsed.keyed.get("provider") else {
        let text = format!("`{}` names no provider; add `#[oauth(provider = ..)]` above it", parsed.ident);
        mistakes.at(parsed.ident, text);
        return None;
    };
    if let Value::Path(path) = &entry.value {
        return Some(Picked::Type(path.clone()));
    }
    match entry.value.text() {
        Some(text) if text.value().trim().is_empty() => mistakes.at(text, "`provider` is empty"),
        Some(text) if text.value().chars().any(char::is_uppercase) => {
            mistakes.at(text, format!("a provider's name is in lower case: `{}`", text.value().to_lowercase()));
        }
        Some(text) => return Some(Picked::Name(text.value())),
        None => entry.wrong_value(mistakes, wrong(entry)),
    }
    None
}

fn wrong(entry: &Entry) -> String {
    let given = match &entry.value {
        Value::Parenthesised(group) => group.stream().to_string(),
        _ => return "`provider` takes a provider's name in quotes, or its type".to_owned(),
    };
    format!("`provider` takes its value behind an equals sign: `provider = {given}`")
}
