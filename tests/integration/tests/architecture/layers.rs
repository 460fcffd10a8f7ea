//! The modules of the SDK in layers: imports run one way.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{self, Import, SourceFile};
use super::{fail_with, sdk};

type Modules = Vec<&'static str>;

fn modules(names: &'static str) -> Modules {
    names.split(' ').collect()
}

fn with(base: &[&'static str], more: &'static str) -> Modules {
    [base, &modules(more)].concat()
}

/// The modules in the order in which they stand on each other, each with those that it may import.
fn layers() -> Vec<(&'static str, Modules)> {
    // What a request and an answer are made of.
    let messages = modules("text error lenient token fingerprint wire");
    // How they are sent.
    let exchanges = with(&messages, "telemetry time random transport");
    let protocol = with(&exchanges, "single_flight_cache keys client_auth");
    let on_metadata = with(&protocol, "discovery");
    let with_oidc = with(&on_metadata, "oidc refresh_progress");
    // What a client puts together.
    let flows = with(&messages, "time transport keys client_auth discovery oidc grant endpoint authorize");
    let client = with(&flows, "telemetry registration credentials");
    vec![
        // What is quoted of others: below the error, which takes nothing else.
        ("text", vec![]),
        ("error", modules("text")),
        // What operators see of everything; it imports none of it.
        ("telemetry", modules("text error")),
        // The readers for whatever JSON a server sends.
        ("lenient", modules("error")),
        ("time", modules("error")),
        ("random", modules("error")),
        ("runtime", modules("error")),
        // What is kept in bounds.
        ("lru_cache", vec![]),
        // What is fetched once for all and kept.
        ("single_flight_cache", modules("error runtime telemetry time lru_cache")),
        ("token", modules("text error lenient time")),
        ("fingerprint", vec![]),
        // What happens right before a request leaves, between those who send and those who have to know.
        ("sending", modules("error")),
        // What a refresh tells of itself, from below, to those who keep the refresh token.
        ("refresh_progress", modules("error token sending")),
        ("http_client", modules("error lru_cache sending")),
        // Pure: it knows no clock.
        ("wire", modules("text error lenient token fingerprint")),
        ("transport", with(&messages, "telemetry time runtime lru_cache sending http_client")),
        ("keys", with(&exchanges, "single_flight_cache")),
        ("client_auth", with(&exchanges, "keys")),
        ("discovery", protocol),
        ("oidc", on_metadata.clone()),
        // A userinfo answer may be signed, and is verified as an ID token is.
        ("endpoint", with_oidc.clone()),
        // A grant by which a person logs in ends in the verification of the ID token …
        ("grant", with_oidc),
        // … and a login by the browser in the exchange of its code as well.
        ("authorize", with(&on_metadata, "oidc grant")),
        // The client metadata of one that registers names redirect URIs.
        ("registration", modules("text error lenient telemetry time token wire transport discovery authorize")),
        // Only the error, tokens with the key that they are bound to, and fingerprints: it knows no grant, no provider and no
        // network.
        ("credentials", modules("text error runtime telemetry time lru_cache token fingerprint keys refresh_progress")),
        ("store", modules("text error runtime time random token fingerprint keys credentials")),
        // `wire` for what it says of an answer that is too long or holds secrets, `http_client` for its own way out, or
        // `transport` for the same one as the authorization server.
        (
            "api",
            modules(
                "text error lenient time random runtime telemetry token fingerprint keys credentials wire http_client transport",
            ),
        ),
        // Where grants meet credentials.
        ("client", client.clone()),
        // What a provider offers: clients, logins, an API.
        ("provider", with(&messages, "telemetry transport keys grant endpoint authorize credentials api client")),
        // From an API's URL to a client for it.
        ("resource_access", with(&client, "client")),
        // Other libraries' and programs' terms for all of it, and for a web login; no module imports it.
        (
            "integrations",
            modules(
                "text error telemetry time random token wire keys oidc grant endpoint authorize credentials store api provider",
            ),
        ),
    ]
}

/// Imports between modules; the crate root, which imports them all, is none.
fn imports(files: &[SourceFile]) -> Vec<Import> {
    files
        .iter()
        .filter(|file| file.module() != "lib")
        .flat_map(SourceFile::imports)
        .filter(|one| one.from != one.to)
        .collect()
}

#[test]
fn imports_run_one_way() {
    let layers = layers();
    let allowed: BTreeMap<_, _> = layers.iter().map(|(module, imported)| (*module, imported)).collect();
    let complaints: Vec<_> = imports(&sdk())
        .iter()
        .filter_map(|import| {
            let Import { from, to, place, .. } = import;
            match allowed.get(from.as_str()) {
                None => Some(format!("{place}: the module `{from}` is not in the table of {}", file!())),
                // A macro stands at the root, wherever it is written.
                Some(_) if to == "__register_provider" => None,
                Some(_) if !allowed.contains_key(to.as_str()) => {
                    Some(format!("{place}: `crate::{to}` is no module; the crate root is imported by none"))
                }
                Some(modules) if !modules.contains(&to.as_str()) => {
                    Some(format!("{place}: `{from}` must not import `{to}`"))
                }
                Some(_) => None,
            }
        })
        .collect();
    fail_with(&complaints);
}

#[test]
fn the_table_itself_runs_one_way() {
    let layers = layers();
    for (number, (module, imported)) in layers.iter().enumerate() {
        for other in imported {
            let above = layers.iter().position(|(name, _)| name == other).expect("a module of the table");
            assert!(above < number, "`{module}` imports `{other}`, which stands below it in the table");
        }
    }
}

#[test]
fn there_are_no_circles() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for import in imports(&sdk()) {
        edges.entry(import.from).or_default().insert(import.to);
    }
    // Takes away what imports nothing that is left, until nothing moves.
    let mut left: BTreeSet<_> = edges.keys().cloned().collect();
    while let Some(free) = left.iter().find(|module| edges[*module].is_disjoint(&left)).cloned() {
        left.remove(&free);
    }
    assert!(left.is_empty(), "these modules import each other in circles: {left:?}");
}

#[test]
fn what_serves_every_grant_and_provider_names_none() {
    let grants = ["ClientCredentials", "AuthorizationCode", "DeviceAuthorization"].as_slice();
    let providers = ["Auth0", "Google", "Github", "grantkit_providers"].as_slice();
    let named = |modules: &[&str], words: &[&str]| -> Vec<_> {
        sdk()
            .iter()
            .filter(|file| modules.contains(&file.module()))
            .flat_map(SourceFile::code_lines)
            .filter(|(_, code)| words.iter().any(|word| source::has_word(code, word)))
            .map(|(place, code)| format!("{place}: {}", code.trim()))
            .collect()
    };
    fail_with(&named(&["credentials", "api", "store"], grants));
    fail_with(&named(&["credentials", "api", "store", "provider"], providers));
}

#[test]
fn no_grant_names_the_cache() {
    let complaints: Vec<_> = sdk()
        .iter()
        .filter(|file| ["grant", "authorize", "endpoint", "oidc"].contains(&file.module()))
        .flat_map(SourceFile::code_lines)
        .filter(|(_, code)| ["Credentials", "CredentialCache", "moka"].iter().any(|word| source::has_word(code, word)))
        .map(|(place, code)| format!("{place}: {}", code.trim()))
        .collect();
    fail_with(&complaints);
}
