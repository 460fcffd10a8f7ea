use clap::Args;
use grantkit::provider::{ConfigKey, ConfigKind, ProviderPlugin, providers};
use grantkit_providers::catalogue::{Field, entry};
use serde_json::{Value, json};

use crate::arguments::Output;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::service::plugin;

/// List the known providers, or show the keys of one
#[derive(Args, Debug)]
pub(crate) struct Providers {
    /// A provider's name, or a part of its name or title
    name: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Providers {
    pub(crate) fn run(self, screen: Screen) -> Result<(), Failure> {
        if let Some(plugin) = self.name.as_deref().and_then(plugin) {
            return show(plugin, screen);
        }
        let word = self.name.as_deref().unwrap_or_default().to_lowercase();
        let found: Vec<_> = providers()
            .into_iter()
            .filter(|plugin| plugin.name().contains(&word) || title(plugin).to_lowercase().contains(&word))
            .collect();
        if found.is_empty() {
            return Err(Failure::general(format!("no provider has {word:?} in its name"))
                .or_next("grantkit discover https://.., for a server that publishes its metadata"));
        }
        if screen.is_json() {
            return screen.json(&found.iter().map(|plugin| summary(plugin)).collect());
        }
        let rows: Vec<_> =
            found.iter().map(|plugin| [plugin.name().to_owned(), title(plugin).to_owned(), offers(plugin)]).collect();
        screen.table(["name", "service", "offers"], &rows)
    }
}

fn title(plugin: &ProviderPlugin) -> &'static str {
    match plugin.name() {
        "oauth2" => "Any server, for the program's own tokens",
        name => entry(name).map_or("", |entry| entry.title()),
    }
}

fn offers(plugin: &ProviderPlugin) -> String {
    plugin.capabilities().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn summary(plugin: &ProviderPlugin) -> Value {
    let capabilities: Vec<_> = plugin.capabilities().iter().map(ToString::to_string).collect();
    json!({ "name": plugin.name(), "title": title(plugin), "capabilities": capabilities })
}

/// Where the client is registered, and so where its keys come from.
fn registration_url(plugin: &ProviderPlugin) -> Option<&'static str> {
    entry(plugin.name()).and_then(|entry| entry.text(Field::RegistrationUrl))
}

fn show(plugin: &ProviderPlugin, screen: Screen) -> Result<(), Failure> {
    if screen.is_json() {
        let mut json = summary(plugin);
        json["keys"] = plugin.keys().iter().map(key_json).collect();
        json["registration_url"] = registration_url(plugin).into();
        return screen.json(&json);
    }
    let name = plugin.name();
    screen.fields(&[
        ("name", name.to_owned()),
        ("service", title(plugin).to_owned()),
        ("offers", offers(plugin)),
        ("keys from", registration_url(plugin).unwrap_or_default().to_owned()),
    ])?;
    screen.line("")?;
    let rows: Vec<_> = plugin
        .keys()
        .iter()
        .map(|key| [key.name.to_owned(), need(key).to_owned(), key.description.to_owned()])
        .collect();
    screen.table(["key", "", "meaning"], &rows)?;
    let required = |key: &&ConfigKey| key.required && key.kind != ConfigKind::Secret;
    let given: Vec<_> = plugin.keys().iter().filter(required).map(|key| format!(" {}=..", key.name)).collect();
    screen.note(&format!("\nnext: grantkit profiles add <name> --provider {name}{}", given.concat()));
    Ok(())
}

fn need(key: &ConfigKey) -> &'static str {
    match (key.required, key.kind == ConfigKind::Secret) {
        (true, true) => "required, secret",
        (true, false) => "required",
        (false, true) => "secret",
        (false, false) => "",
    }
}

fn key_json(key: &ConfigKey) -> Value {
    json!({
        "name": key.name,
        "required": key.required,
        "secret": key.kind == ConfigKind::Secret,
        "one_of": key.alternatives,
        "description": key.description,
    })
}
