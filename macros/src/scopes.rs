use std::collections::BTreeSet;

use syn::LitStr;

use crate::mistakes::Mistakes;
use crate::parse::Entry;

/// The scopes; each is a `scope-token` of RFC 6749 §3.3.
pub(crate) fn check(entry: &Entry, texts: &[LitStr], mistakes: &mut Mistakes) {
    if texts.is_empty() {
        mistakes.at(&entry.key, "`scopes` lists no scope; leave it out");
    }
    let mut seen = BTreeSet::new();
    for text in texts {
        let scope = text.value();
        if let Some(wrong) = wrong(&scope) {
            mistakes.at(text, wrong);
        } else if !seen.insert(scope) {
            mistakes.at(text, "this scope is listed twice");
        }
    }
}

fn wrong(scope: &str) -> Option<&'static str> {
    if scope.trim().is_empty() {
        Some("a scope is not empty")
    } else if scope.contains(char::is_whitespace) {
        Some("a scope contains no space; write two scopes as two strings")
    } else if !scope.chars().all(|char| char.is_ascii_graphic() && char != '"' && char != '\\') {
        Some("a scope has printable ASCII characters, without `\"` and `\\`")
    } else {
        None
    }
}
