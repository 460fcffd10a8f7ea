use clap::Args;
use grantkit::provider::{ConfigKey, ConfigKind, ProviderPlugin, providers};
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
            .filter(|plugin| plugin.name().contains(&word) || plugin.title().to_lowercase().contains(&word))
            .collect();
        if found.is_empty() {
            return Err(Failure::general(format!("no provider has {word:?} in its name"))
                .or_next("grantkit discover https://.., for a server that publishes its metadata"));
        }
        if screen.is_json() {
            return screen.json(&found.iter().map(|plugin| summary(plugin)).collect());
        }
        let rows: Vec<_> =
            found.iter().map(|plugin| [plugin.name().to_owned(), plugin.title().to_owned(), offers(plugin)]).collect();
        screen.table(["name", "service", "offers"], &rows)
    }
}

fn offers(plugin: &ProviderPlugin) -> String {
    plugin.capabilities().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn summary(plugin: &ProviderPlugin) -> Value {
    let capabilities: Vec<_> = plugin.capabilities().iter().map(ToString::to_string).collect();
    json!({ "name": plugin.name(), "title": plugin.title(), "capabilities": capabilities })
}

/// Where a program finds the key by `ProviderClient::from_env`, if the prefix is that of the provider's page.
fn variable(plugin: &ProviderPlugin, key: &str) -> String {
    format!("{}_{}", plugin.env_prefix(), key.to_ascii_uppercase())
}

fn show(plugin: &ProviderPlugin, screen: Screen) -> Result<(), Failure> {
    if screen.is_json() {
        let mut json = summary(plugin);
        json["keys"] = plugin.keys().iter().map(|key| key_json(plugin, key)).collect();
        json["registration_url"] = plugin.registration_url().into();
        json["login_scopes"] = plugin.login_scopes().into();
        return screen.json(&json);
    }
    let name = plugin.name();
    screen.fields(&[
        ("name", name.to_owned()),
        ("service", plugin.title().to_owned()),
        ("offers", offers(plugin)),
        ("keys from", plugin.registration_url().unwrap_or_default().to_owned()),
        ("scopes", plugin.login_scopes().join(" ")),
        (
            "variables",
            format!("{}, and so on: for programs, and for environment.<key>=", variable(plugin, "client_id")),
        ),
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

fn key_json(plugin: &ProviderPlugin, key: &ConfigKey) -> Value {
    json!({
        "name": key.name,
        "required": key.required,
        "secret": key.kind == ConfigKind::Secret,
        "one_of": key.alternatives,
        "variable": variable(plugin, key.name),
        "description": key.description,
    })
}
