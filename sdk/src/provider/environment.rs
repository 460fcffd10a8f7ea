use std::env;

use serde_json::Value;

use super::closest::{closest, distance};
use super::{ConfigKey, ConfigKind, ProviderPlugin, ProviderSettings};

/// How far a variable's name may be from that of an optional key to be taken for it: others with the prefix are the program's own.
const MAX_TYPING_MISTAKES: usize = 2;

/// Reads a plug-in's keys from variables named `PREFIX_KEY`; an empty variable counts as not set. What is wrong with them is
/// told with all else that is.
pub(super) fn read(plugin: &ProviderPlugin, prefix: &str, fixed: ProviderSettings) -> ProviderSettings {
    let mut settings = fixed.completed_from(prefix);
    for key in plugin.keys() {
        let variable = variable(prefix, key.name);
        match (env::var(&variable), settings.contains(key.name)) {
            (Ok(text), true) if !text.is_empty() => settings.errors().note(format!(
                "{variable} is set, but the program sets `{}` itself (`#[oauth({} = ..)]`): unset the variable",
                key.name, key.name
            )),
            (Ok(text), false) if !text.is_empty() => match read_text(key, text) {
                Some(value) => settings = settings.with(key.name, value),
                None => settings.errors().wrong(key.name, format!("it must be {}", key.wanted())),
            },
            (Err(env::VarError::NotUnicode(_)), _) => settings.errors().wrong(key.name, "it is not valid UTF-8"),
            _ => {}
        }
    }
    for sentence in misspelt(plugin, prefix, &settings) {
        settings.errors().note(sentence);
    }
    settings
}

pub(super) fn variable(prefix: &str, key: &str) -> String {
    format!("{}_{}", prefix.trim_end_matches('_'), key.to_ascii_uppercase())
}

fn read_text(key: &ConfigKey, text: String) -> Option<Value> {
    Some(match key.kind {
        ConfigKind::Text | ConfigKind::Secret => Value::String(text),
        ConfigKind::Flag => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Value::Bool(true),
            "false" | "0" | "no" | "off" => Value::Bool(false),
            _ => return None,
        },
        ConfigKind::Number => {
            let text = text.trim();
            let number = text.parse::<u64>().map(Value::from).or_else(|_| text.parse::<f64>().map(Value::from)).ok()?;
            return Some(number).filter(|number| key.accepts(number));
        }
        ConfigKind::List => split(&text),
        ConfigKind::Json => serde_json::from_str(&text).ok()?,
    })
}

/// A list that is written as text: words with spaces or commas between them.
pub(super) fn split(text: &str) -> Value {
    text.split([' ', ',']).filter(|word| !word.is_empty()).collect()
}

/// Other variables with the prefix that were probably meant for a key that is not set.
fn misspelt(plugin: &ProviderPlugin, prefix: &str, settings: &ProviderSettings) -> Vec<String> {
    let start = variable(prefix, "");
    let is_key = |name: &str| plugin.keys().iter().any(|key| key.name == name);
    let unset = || plugin.keys().iter().filter(|key| !settings.contains(key.name));
    let mut sentences: Vec<_> = env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter_map(|name| Some((name.strip_prefix(&start)?.to_ascii_lowercase(), name)))
        .filter(|(word, _)| !is_key(word))
        .filter_map(|(word, name)| {
            let is_near = |key: &&ConfigKey| key.required || is_typing_mistake(&word, key.name);
            let meant = closest(&word, unset().filter(is_near).map(|key| key.name))?;
            Some(format!("{name} is set: did you mean {}?", variable(prefix, meant)))
        })
        .collect();
    sentences.sort();
    sentences
}

fn is_typing_mistake(word: &str, key: &str) -> bool {
    distance(word, key) <= MAX_TYPING_MISTAKES
}
