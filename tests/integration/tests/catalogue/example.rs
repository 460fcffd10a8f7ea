//! The examples of the providers' pages, and the file in which they are compiled.

use std::fmt::Write;

use grantkit::provider::{Capability, ConfigKey, ConfigKind, ProviderPlugin};
use grantkit_providers::catalogue::{Grant, Kind, Quirk};

use crate::check_generated;
use crate::source::{Source, Word, sources};
use crate::types::{plugin, type_name};

const PATH: &str = "tests/integration/tests/provider_pages/examples.rs";

const HEAD: &str = "\
//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! The examples of the pages in `docs/providers`, as they are printed.

use super::*;

";

/// What a page shows.
pub(crate) struct Example {
    /// A struct, and what it makes.
    pub by_type: String,
    /// The client by the provider's name.
    pub by_name: String,
    /// What is called.
    pub calls: String,
}

#[test]
fn examples_are_current() {
    let mut text = HEAD.to_owned();
    for source in &sources() {
        let Some(Example { by_type, by_name, calls }) = example(source) else { continue };
        let module = source.name.replace('-', "_");
        let start = "(redirect_uri: RedirectUri, callback: &str) -> Result<()> {\n";
        writeln!(text, "mod of_{module} {{\nuse super::*;\n\nasync fn by_type{start}{by_type}{calls}Ok(())\n}}\n")
            .unwrap();
        writeln!(text, "async fn by_name{start}{by_name}{calls}Ok(())\n}}\n}}\n").unwrap();
    }
    check_generated(PATH, text.trim_end().to_owned().as_str());
}

/// The prefix of the environment variables.
pub(crate) fn prefix(source: &Source) -> String {
    plugin(source).env_prefix()
}

pub(crate) fn example(source: &Source) -> Option<Example> {
    if source.kind == Word(Kind::OpenId2) {
        return None;
    }
    let (prefix, plugin, client) = (prefix(source), plugin(source), variable(source));
    let name = type_name(source);
    let path = if source.rust_type.is_some() { "grantkit_providers" } else { "grantkit_providers::services" };
    let fields: String = shown_keys(source, plugin).map(field).collect();
    let uses = format!("use grantkit::prelude::*;\nuse {path}::{name};\n\n");
    let by_type = if fields.is_empty() {
        // A struct would have nothing in it.
        format!("{uses}let {client} = ProviderClient::from_env_as::<{name}>(\"{prefix}\", ProviderSettings::new())?;\n")
    } else {
        format!(
            "{uses}#[derive(OAuthClient)]\n#[oauth(provider = {name}, env_prefix = \"{prefix}\")]\n\
             struct App {{\n{fields}}}\n\nlet {client} = App::from_env()?.connect()?;\n"
        )
    };
    let by_name = format!(
        "let {client} = ProviderClient::from_env(\"{}\", \"{prefix}\", ProviderSettings::new())?;\n",
        source.name
    );
    Some(Example { by_type, by_name, calls: calls(source, plugin, &client) })
}

/// The keys without which what the example calls is an error: those that are required, or else the client of a login.
fn shown_keys<'a>(source: &Source, plugin: &'a ProviderPlugin) -> impl Iterator<Item = &'a ConfigKey> {
    const CLIENT: [&str; 2] = ["client_id", "client_secret"];
    let keys = plugin.keys();
    let requires_none = source.has(Grant::AuthorizationCode) && keys.iter().all(|key| !key.required);
    let has_client = CLIENT.iter().all(|name| keys.iter().any(|key| key.name == *name));
    let is_required = move |name: &str| keys.iter().any(|key| key.required && key.name == name);
    let is_shown = move |key: &&ConfigKey| {
        // Not one that another of them takes the place of.
        key.required && !key.alternatives.iter().any(|other| is_required(other))
            || requires_none && has_client && CLIENT.contains(&key.name)
    };
    keys.iter().filter(is_shown)
}

fn calls(source: &Source, plugin: &ProviderPlugin, client: &str) -> String {
    let offers = |capability| plugin.capabilities().contains(&capability);
    if !source.has(Grant::AuthorizationCode) {
        return format!(
            "let api = {client}.api({client}.credentials())?;\nlet answer = api.get(\"..\").send().await?; // a path of the API\n"
        );
    }
    let start = if source.quirks.contains(&Word(Quirk::ParRequired)) { "push().await" } else { "start()" };
    let mut text = format!(
        "let login = {client}.login(redirect_uri)?;\nlet (url, pending) = login.{start}?; // send the person to `url`\n\
         let login = login.finish(pending, callback).await?;\n"
    );
    if offers(Capability::Identity) {
        writeln!(text, "let person = {client}.identity(&login).await?;").unwrap();
    }
    text
}

/// What the client is called.
fn variable(source: &Source) -> String {
    let name = source.name.replace('-', "_");
    let is_word = name != "box" && !name.starts_with(|first: char| first.is_ascii_digit());
    if is_word { name } else { "client".to_owned() }
}

fn field(key: &ConfigKey) -> String {
    let ty = match key.kind {
        ConfigKind::Secret => "SecretString",
        ConfigKind::Text => "String",
        other => panic!("no required key is {other:?}"),
    };
    format!("    {}: {ty},\n", key.name)
}
