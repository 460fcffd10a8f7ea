//! The types in `providers/src/services/table.rs`, made from the data files and from what the providers say of themselves by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use grantkit::provider::{Capability, ConfigKey, ConfigKind, ProviderPlugin, providers};
use grantkit_providers::catalogue::Kind;

use crate::check_generated;
use crate::source::{Source, Word, sources};

const TABLE: &str = "providers/src/services/table.rs";
const LIST: &str = "tests/integration/tests/catalogue/every_service.rs";

const TABLE_HEAD: &str = "\
//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! `GRANTKIT_UPDATE=1 cargo test -p grantkit-integration-tests --test catalogue` writes it.
#![allow(clippy::doc_markdown, reason = \"names of services are no code\")]

use std::collections::BTreeMap;

use grantkit::SecretString;
use grantkit::provider::ConfigKey;

use super::service;

";

const KEYS_HEAD: &str = "\
/// A line for each key, however long.
#[rustfmt::skip]
mod keys {
    use super::{BTreeMap, ConfigKey, SecretString};

";

const LIST_HEAD: &str = "\
//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.

/// Calls a macro with each service that has a type: the type and the name.
macro_rules! every_service {
    ($each:ident) => {
        $each! {
";

const LIST_END: &str = "        }
    };
}
pub(crate) use every_service;
";

#[test]
fn types_are_current() {
    let sources = sources();
    let services: Vec<_> = sources.iter().filter(|source| is_of_the_table(source)).collect();
    let mut keys = Keys::default();
    let types: String = services.iter().map(|source| service(source, &mut keys)).collect();
    check_generated(TABLE, &format!("{TABLE_HEAD}{}{types}", keys.constants()));
    let mut list = LIST_HEAD.to_owned();
    for source in sources.iter().filter(|source| source.kind != Word(Kind::OpenId2)) {
        writeln!(list, "            {} = {:?},", type_name(source), source.name).unwrap();
    }
    check_generated(LIST, &(list + LIST_END));
}

#[test]
fn each_service_has_a_type_name_of_its_own() {
    let mut seen = BTreeSet::new();
    for source in sources() {
        let name = type_name(&source);
        let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.chars().all(|char| char.is_ascii_alphanumeric());
        assert!(is_name, "{}: {name:?} is no name of a type: set `type_name`", source.name);
        // What every program has, by Rust's prelude or in its hand.
        let taken =
            ["Box", "Err", "None", "Ok", "Option", "Result", "Service", "ServiceConfig", "Some", "String", "Vec"];
        assert!(!taken.contains(&name.as_str()), "{}: {name} is another type: set `type_name`", source.name);
        assert!(seen.insert(name.clone()), "{}: another service is called {name}", source.name);
    }
}

/// Whether its type is made here: those with code of their own have one, and those of another protocol would have one that is of no use.
fn is_of_the_table(source: &Source) -> bool {
    source.rust_type.is_none() && source.kind != Word(Kind::OpenId2)
}

/// The name of the service's type: as the service writes itself where that is the provider's name, else the provider's name.
pub(crate) fn type_name(source: &Source) -> String {
    if let Some(name) = source.type_name.as_ref().or(source.rust_type.as_ref()) {
        return name.clone();
    }
    let title = source.title.split('(').next().unwrap_or_default();
    let written: String = title.split(|char: char| !char.is_alphanumeric()).map(capitalised).collect();
    if written.to_lowercase() == source.name.replace('-', "") {
        return written;
    }
    source.name.split('-').map(capitalised).collect()
}

/// A word with its first letter in upper case; an abbreviation as a word.
fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    let is_abbreviation = !rest.is_empty() && !word.chars().any(char::is_lowercase);
    first.to_uppercase() + &if is_abbreviation { rest.to_lowercase() } else { rest.to_owned() }
}

pub(crate) fn plugin(source: &Source) -> &'static ProviderPlugin {
    let all = providers();
    let found = all.into_iter().find(|plugin| plugin.name() == source.name);
    found.unwrap_or_else(|| panic!("{} is not registered", source.name))
}

fn service(source: &Source, keys: &mut Keys) -> String {
    let name = type_name(source);
    let plugin = plugin(source);
    let capabilities: Vec<_> = plugin.capabilities().iter().map(|capability| format!("{capability:?}")).collect();
    let constants: Vec<_> = plugin.keys().iter().map(|key| keys.constant(key)).collect();
    let mut text = format!("\nservice! {{\n    /// {}: {}.\n    ///\n", source.title, source.purpose);
    writeln!(text, "    /// Provider `{}`. Keys: {}.", source.name, key_list(plugin.keys())).unwrap();
    writeln!(text, "    {name} = {:?} offers [{}] with [", source.name, capabilities.join(", ")).unwrap();
    for line in constants.chunks(6) {
        writeln!(text, "        {},", line.join(", ")).unwrap();
    }
    text.push_str("    ]\n}\n");
    text
}

fn key_list(keys: &[ConfigKey]) -> String {
    let name = |key: &ConfigKey| match (key.required, key.alternatives) {
        (true, []) => format!("`{}` (required)", key.name),
        (true, others) => {
            let others: Vec<_> = others.iter().map(|other| format!("`{other}`")).collect();
            format!("`{}` (required, or {})", key.name, others.join(" or "))
        }
        (false, _) => format!("`{}`", key.name),
    };
    keys.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The keys of all services, each once.
#[derive(Default)]
struct Keys(BTreeMap<String, String>);

impl Keys {
    /// The name of the key's constant.
    fn constant(&mut self, key: &ConfigKey) -> String {
        let value = expression(key);
        let name = key.name.to_uppercase();
        let name = match (key.required, key.alternatives.len(), key.kind) {
            (true, 0, _) | (false, _, ConfigKind::List | ConfigKind::Json | ConfigKind::Flag) => name,
            (true, 1 | 2, _) => format!("{name}_OR_ANOTHER"),
            (true, others, _) => format!("{name}_OR_ONE_OF_{others}"),
            (false, ..) => format!("{name}_IF_GIVEN"),
        };
        let known = self.0.entry(name.clone()).or_insert_with(|| value.clone());
        assert_eq!(*known, value, "two keys are called {name}");
        name
    }

    fn constants(&self) -> String {
        let mut lines = String::new();
        for (name, value) in &self.0 {
            writeln!(lines, "    pub(super) const {name}: ConfigKey = {value};").unwrap();
        }
        format!("{KEYS_HEAD}{lines}}}\n")
    }
}

fn expression(key: &ConfigKey) -> String {
    let field = match key.kind {
        ConfigKind::Text => "String",
        ConfigKind::Secret => "SecretString",
        ConfigKind::Flag => "bool",
        ConfigKind::Number => "u64",
        ConfigKind::List => "Vec<String>",
        ConfigKind::Json => "BTreeMap<String, String>",
        other => panic!("{other:?} has no type"),
    };
    let is_optional = !key.required && !matches!(key.kind, ConfigKind::List | ConfigKind::Json);
    let field = if is_optional { format!("Option<{field}>") } else { field.to_owned() };
    let unless = if key.alternatives.is_empty() { String::new() } else { format!(".unless(&{:?})", key.alternatives) };
    format!("ConfigKey::new::<{field}>({:?}, {:?}){unless}", key.name, key.description)
}

/// What the compiler knows of a service.
struct Facts {
    name: &'static str,
    plugin: ProviderPlugin,
    capabilities: Vec<Capability>,
}

mod probe {
    //! Whether a type has a trait, as a constant: that of the type itself goes before that of the trait.

    use std::marker::PhantomData;

    use grantkit::provider::{
        OffersApi, OffersCredentials, OffersDeviceLogin, OffersIdentity, OffersLogin, OffersRevocation,
    };

    pub(super) struct Probe<P>(PhantomData<P>);

    pub(super) trait Lacks {
        const CREDENTIALS: bool = false;
        const LOGIN: bool = false;
        const DEVICE_LOGIN: bool = false;
        const IDENTITY: bool = false;
        const REVOCATION: bool = false;
        const API: bool = false;
    }
    impl<P> Lacks for Probe<P> {}

    impl<P: OffersCredentials> Probe<P> {
        pub(super) const CREDENTIALS: bool = true;
    }
    impl<P: OffersLogin> Probe<P> {
        pub(super) const LOGIN: bool = true;
    }
    impl<P: OffersDeviceLogin> Probe<P> {
        pub(super) const DEVICE_LOGIN: bool = true;
    }
    impl<P: OffersIdentity> Probe<P> {
        pub(super) const IDENTITY: bool = true;
    }
    impl<P: OffersRevocation> Probe<P> {
        pub(super) const REVOCATION: bool = true;
    }
    impl<P: OffersApi> Probe<P> {
        pub(super) const API: bool = true;
    }
}

macro_rules! facts {
    ($($service:ident = $name:literal,)*) => {
        vec![$({
            #[allow(unused_imports, reason = "of a service that has all")]
            use probe::Lacks as _;
            use probe::Probe;
            use grantkit_providers::services::$service;
            let has = [
                (Capability::Credentials, Probe::<$service>::CREDENTIALS),
                (Capability::Login, Probe::<$service>::LOGIN),
                (Capability::DeviceLogin, Probe::<$service>::DEVICE_LOGIN),
                (Capability::Identity, Probe::<$service>::IDENTITY),
                (Capability::Revocation, Probe::<$service>::REVOCATION),
                (Capability::Api, Probe::<$service>::API),
            ];
            let capabilities = has.into_iter().filter_map(|(capability, has)| has.then_some(capability)).collect();
            Facts { name: $name, plugin: ProviderPlugin::of::<$service>(), capabilities }
        }),*]
    };
}

/// Both ways: each trait that a type has is a capability by name, and the other way round. What the capabilities by name are worth is
/// tested with a client of each.
#[test]
fn types_offer_and_take_what_the_providers_do_by_name() {
    let all: Vec<Facts> = crate::every_service::every_service!(facts);
    assert!(all.len() > 170, "{}", all.len());
    let by_name = providers();
    for facts in all {
        let name = facts.name;
        let plugin = by_name.iter().find(|plugin| plugin.name() == name).unwrap();
        assert_eq!(facts.plugin.name(), name);
        assert_eq!(facts.plugin.capabilities(), plugin.capabilities(), "{name}");
        assert_eq!(facts.capabilities, plugin.capabilities(), "{name}");
        let keys = |plugin: &ProviderPlugin| plugin.keys().iter().map(expression).collect::<Vec<_>>();
        assert_eq!(keys(&facts.plugin), keys(plugin), "{name}");
    }
}
