use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::{Lit, LitStr};

use super::{redirect_uri, resource};
use crate::mistakes::Mistakes;
use crate::oauth_client::model::{Fixed, FixedValue};
use crate::oauth_client::parse::Parsed;
use crate::parse::{Entry, Value, entries};
use crate::scopes;

/// What the attribute sets, under `audience`, `scopes`, `resource` and in `settings(..)`; no key twice.
pub(super) fn check(parsed: &Parsed<'_>, mistakes: &mut Mistakes) -> Vec<Fixed> {
    let mut all = Vec::new();
    for key in ["audience", "resource"] {
        all.extend(parsed.keyed.get(key).and_then(|entry| string(entry, mistakes)));
    }
    all.extend(parsed.keyed.get("scopes").and_then(|entry| scope_list(entry, mistakes)));
    for entry in parsed.keyed.get("settings").map(|entry| settings(entry, mistakes)).unwrap_or_default() {
        all.extend(setting(&entry, mistakes));
    }
    without_doubles(all, mistakes)
}

fn string(entry: &Entry, mistakes: &mut Mistakes) -> Option<Fixed> {
    let Some(text) = entry.value.text() else {
        entry.wrong_value(mistakes, format!("`{}` takes a string", entry.key));
        return None;
    };
    Some(fixed(entry, text_value(entry, text, mistakes)))
}

fn scope_list(entry: &Entry, mistakes: &mut Mistakes) -> Option<Fixed> {
    let Some(texts) = entry.value.texts() else {
        entry.wrong_value(mistakes, "`scopes` takes strings in parentheses: `scopes(\"read\", \"write\")`");
        return None;
    };
    Some(fixed(entry, list_value(entry, &texts, mistakes)))
}

fn settings(entry: &Entry, mistakes: &mut Mistakes) -> Vec<Entry> {
    if let Value::Parenthesised(group) = &entry.value {
        return entries(group.stream(), mistakes);
    }
    entry.wrong_value(mistakes, "`settings` takes keys in parentheses: `settings(key = \"value\")`");
    Vec::new()
}

fn setting(entry: &Entry, mistakes: &mut Mistakes) -> Option<Fixed> {
    let value = match &entry.value {
        Value::Literal(Lit::Str(text)) => Some(text_value(entry, text, mistakes)),
        Value::Literal(Lit::Bool(flag)) => Some(FixedValue::Flag(flag.value)),
        Value::Literal(Lit::Int(number)) => number.base10_parse().ok().map(FixedValue::Number),
        other => other.texts().map(|texts| list_value(entry, &texts, mistakes)),
    };
    if value.is_none() {
        let name = entry.name();
        let text =
            format!("`{name}` takes a string, a whole number, `true`, `false`, or a list: `{name}(\"one\", \"two\")`");
        entry.wrong_value(mistakes, text);
    }
    value.map(|value| fixed(entry, value))
}

/// The same key is checked in the same way wherever it stands.
fn text_value(entry: &Entry, text: &LitStr, mistakes: &mut Mistakes) -> FixedValue {
    let name = entry.name();
    if text.value().trim().is_empty() {
        mistakes.at(text, format!("`{name}` is empty"));
    } else if name == "redirect_uri" {
        redirect_uri::check(text, mistakes);
    } else if name == "resource" {
        resource::check(text, mistakes);
    }
    FixedValue::Text(text.value())
}

fn list_value(entry: &Entry, texts: &[LitStr], mistakes: &mut Mistakes) -> FixedValue {
    if entry.name() == "scopes" {
        scopes::check(entry, texts, mistakes);
    }
    FixedValue::List(texts.iter().map(LitStr::value).collect())
}

fn fixed(entry: &Entry, value: FixedValue) -> Fixed {
    Fixed { key: entry.name(), span: entry.key.span(), value }
}

fn without_doubles(all: Vec<Fixed>, mistakes: &mut Mistakes) -> Vec<Fixed> {
    let mut first = BTreeMap::<String, Span>::new();
    all.into_iter()
        .filter(|fixed| {
            let Some(at) = first.get(&fixed.key) else {
                first.insert(fixed.key.clone(), fixed.span);
                return true;
            };
            mistakes.at_span(fixed.span, format!("`{}` is given twice", fixed.key));
            mistakes.at_span(*at, format!("`{}` is first given here", fixed.key));
            false
        })
        .collect()
}
