use std::env;

use serde_json::Value;

use super::lookup::closest;
use super::{ConfigKey, ConfigKind, ProviderPlugin, Settings};
use crate::error::{Error, Result};

/// Reads a plug-in's keys from variables named `PREFIX_KEY`; an empty variable counts as not set.
pub(super) fn read(plugin: &ProviderPlugin, prefix: &str, fixed: Settings) -> Result<Settings> {
    let mut settings = fixed;
    let mut missing = Vec::new();
    for key in plugin.keys() {
        let variable = variable(prefix, key.name);
        match (env::var(&variable), settings.contains(key.name)) {
            (Ok(text), true) if !text.is_empty() => {
                return Err(Error::configuration(format!(
                    "{variable} is set, but the program sets `{}` itself (`#[oauth({} = ..)]`): unset the variable",
                    key.name, key.name
                )));
            }
            (Ok(text), false) if !text.is_empty() => {
                settings = settings.with(key.name, read_text(key, &variable, text)?);
            }
            (Err(env::VarError::NotUnicode(_)), _) => {
                return Err(Error::configuration(format!("{variable} is not valid UTF-8")));
            }
            (_, false) if key.required => missing.push(variable),
            _ => {}
        }
    }
    if missing.is_empty() {
        return Ok(settings);
    }
    Err(Error::configuration(format!(
        "provider {:?} needs the environment variable{} {}{}",
        plugin.name(),
        if missing.len() == 1 { "" } else { "s" },
        missing.join(", "),
        misspelt(plugin, prefix, &missing)
    )))
}

fn variable(prefix: &str, key: &str) -> String {
    format!("{}_{}", prefix.trim_end_matches('_'), key.to_ascii_uppercase())
}

fn read_text(key: &ConfigKey, variable: &str, text: String) -> Result<Value> {
    let wrong = |wanted: &str| Error::configuration(format!("{variable} must be {wanted}"));
    Ok(match key.kind {
        ConfigKind::Text | ConfigKind::Secret => Value::String(text),
        ConfigKind::Flag => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Value::Bool(true),
            "false" | "0" | "no" | "off" => Value::Bool(false),
            _ => return Err(wrong("true or false")),
        },
        ConfigKind::Number => Value::from(text.trim().parse::<u64>().map_err(|_| wrong("a whole number"))?),
        ConfigKind::List => Value::from(text.split([' ', ',']).filter(|word| !word.is_empty()).collect::<Vec<_>>()),
        ConfigKind::Json => serde_json::from_str(&text).map_err(|_| wrong("JSON"))?,
    })
}

/// Other variables with the prefix that were probably meant for a missing one.
fn misspelt(plugin: &ProviderPlugin, prefix: &str, missing: &[String]) -> String {
    let expected: Vec<_> = plugin.keys().iter().map(|key| variable(prefix, key.name)).collect();
    let start = variable(prefix, "");
    let hints: Vec<_> = env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| name.starts_with(&start) && !expected.contains(name))
        .filter_map(|name| {
            let meant = closest(&name[start.len()..], missing.iter().map(|wanted| &wanted[start.len()..]))?;
            Some(format!("{name} is set: did you mean {start}{meant}?"))
        })
        .collect();
    if hints.is_empty() { String::new() } else { format!(" ({})", hints.join(" ")) }
}
