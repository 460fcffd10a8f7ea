//! The examples of the providers' pages, and the file in which they are compiled.

use std::fmt::Write;

use grantkit::provider::{Capability, ConfigKey, ConfigKind, ProviderPlugin};
use grantkit_providers::catalogue::{Grant, Kind, Quirk};

use crate::source::{Source, Word, sources};
use crate::types::{plugin, type_name};
use crate::{check_generated, code_pages};

const PATH: &str = "tests/integration/tests/provider_pages/examples.rs";

const HEAD: &str = "\
//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! The examples of the pages in `docs/providers`, as they are printed.

";

/// What a page shows: each compiles as it is printed.
pub(crate) struct Example {
    /// A struct, what it makes, and what is called.
    pub by_type: String,
    /// The client by the provider's name.
    pub by_name: String,
    /// What is called, of the client by its name.
    calls: String,
}

#[test]
fn examples_are_current() {
    let mut text = HEAD.to_owned();
    for source in &sources() {
        let Some(Example { by_type, by_name, calls }) = example(source) else { continue };
        let name = source.name.replace('-', "_");
        writeln!(text, "mod by_type_{name} {{\n{by_type}}}\n\nmod by_name_{name} {{\n{by_name}\n{calls}}}\n").unwrap();
    }
    for (name, ..) in code_pages::OF_CODE {
        writeln!(text, "mod by_name_{name} {{\n{}}}\n", by_name(name, &code_pages::plugin(name).env_prefix())).unwrap();
    }
    check_generated(PATH, text.trim_end().to_owned().as_str());
}

/// The program that makes a client by the provider's name.
pub(crate) fn by_name(name: &str, prefix: &str) -> String {
    format!(
        "use grantkit::prelude::*;\nuse grantkit_providers as _; // links the providers\n\n\
         fn client() -> Result<ProviderClient> {{\n    ProviderClient::from_env(\"{name}\", \"{prefix}\", ())\n}}\n"
    )
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
    let (app, made) = if fields.is_empty() {
        // A struct would have nothing in it.
        (String::new(), format!("ProviderClient::from_env_as::<{name}>(\"{prefix}\", ())?"))
    } else {
        let attribute = format!("#[oauth(provider = {name}, env_prefix = \"{prefix}\")]");
        let app = format!("#[derive(OAuthClient)]\n{attribute}\nstruct App {{\n{fields}}}\n\n");
        (app, "App::from_env()?.connect()?".to_owned())
    };
    let calls = |made: &str| calls(source, plugin, &client, made);
    Some(Example {
        by_type: format!("{uses}{app}{}", calls(&made)),
        by_name: by_name(&source.name, &prefix),
        calls: calls("client()?"),
    })
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

/// A function that makes the client, and uses it.
fn calls(source: &Source, plugin: &ProviderPlugin, client: &str, made: &str) -> String {
    let offers = |capability| plugin.capabilities().contains(&capability);
    if !source.has(Grant::AuthorizationCode) {
        return format!(
            "async fn call() -> Result<()> {{\n    let {client} = {made};\n    let api = {client}.api({client}.credentials())?;\n    \
             let answer = api.get(\"..\").send().await?; // a path of the API\n    Ok(())\n}}\n"
        );
    }
    let start = if source.quirks.contains(&Word(Quirk::ParRequired)) { "push().await" } else { "start()" };
    let person = if offers(Capability::Identity) {
        format!("    let person = {client}.identity(&login).await?;\n")
    } else {
        String::new()
    };
    format!(
        "async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {{\n    let {client} = {made};\n    \
         let login = {client}.login(redirect_uri)?;\n    \
         let (url, pending) = login.{start}?; // send the person to `url`, who comes back with `callback`\n    \
         let login = login.finish(pending, callback).await?;\n{person}    Ok(())\n}}\n"
    )
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
