//! Which module of the SDK may import which, and how long a file may be: what the compiler does not check.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::{Import, SourceFile};

/// The modules of the SDK in the order in which they stand on each other, each with those that it may import.
const ROOMS: &[(&str, &[&str])] = &[
    // What is quoted of others: below the error, which takes nothing else.
    ("text", &[]),
    ("error", &["text"]),
    // What is told of everything to those who run the program; it knows nobody.
    ("telemetry", &["text", "error"]),
    // The readers for whatever JSON a server sends.
    ("lenient", &["error"]),
    ("time", &["error"]),
    ("random", &["error"]),
    ("runtime", &["error"]),
    // What is fetched once for all and kept.
    ("single_flight_cache", &["error", "telemetry", "time"]),
    ("token", &["text", "error", "lenient", "time"]),
    ("fingerprint", &[]),
    // What happens right before a request leaves, between those who send and those who have to know.
    ("sending", &["error"]),
    // What a refresh tells of itself, from below, to those who keep the refresh token.
    ("refresh_progress", &["error", "token", "sending"]),
    ("http_client", &["error", "sending"]),
    ("wire", &["text", "error", "lenient", "time", "token", "fingerprint"]),
    (
        "transport",
        &["text", "error", "lenient", "runtime", "sending", "telemetry", "token", "fingerprint", "http_client", "wire"],
    ),
    (
        "keys",
        &[
            "text",
            "error",
            "lenient",
            "telemetry",
            "time",
            "random",
            "single_flight_cache",
            "token",
            "fingerprint",
            "wire",
            "transport",
        ],
    ),
    (
        "client_auth",
        &[
            "text",
            "error",
            "lenient",
            "telemetry",
            "time",
            "random",
            "token",
            "fingerprint",
            "wire",
            "transport",
            "keys",
        ],
    ),
    ("discovery", PROTOCOL),
    ("oidc", PROTOCOL_ON_METADATA),
    // A userinfo answer may be signed, and is verified as an ID token is.
    ("endpoint", PROTOCOL_WITH_OIDC),
    // A grant by which a person logs in ends in the verification of the ID token …
    ("grant", PROTOCOL_WITH_OIDC),
    // … and a login by the browser in the exchange of its code as well.
    ("authorize", LOGIN),
    // The client metadata of one that registers names redirect URIs.
    ("registration", REGISTRATION),
    // Only the error, tokens with the key that they are bound to, and fingerprints: it knows no grant, no provider and no
    // network.
    (
        "credentials",
        &["text", "error", "runtime", "telemetry", "time", "token", "fingerprint", "keys", "refresh_progress"],
    ),
    ("store", &["text", "error", "runtime", "time", "random", "token", "fingerprint", "keys", "credentials"]),
    // `wire` for what it says of an answer that is too long or holds secrets, `http_client` for its own way out, or
    // `transport` for the same one as the authorization server.
    (
        "api",
        &[
            "text",
            "error",
            "runtime",
            "telemetry",
            "token",
            "fingerprint",
            "keys",
            "credentials",
            "wire",
            "http_client",
            "transport",
        ],
    ),
    // Where grants meet credentials.
    ("client", CLIENT),
    // What a provider offers: clients, logins, an API.
    ("provider", PROVIDER),
    // From an API's URL to a client for it.
    ("resource_access", RESOURCE_ACCESS),
];

const PROTOCOL: &[&str] = &[
    "text",
    "error",
    "lenient",
    "telemetry",
    "time",
    "random",
    "single_flight_cache",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "client_auth",
];
const PROTOCOL_ON_METADATA: &[&str] = &[
    "text",
    "error",
    "lenient",
    "telemetry",
    "time",
    "random",
    "single_flight_cache",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "client_auth",
    "discovery",
];
const PROTOCOL_WITH_OIDC: &[&str] = &[
    "text",
    "error",
    "lenient",
    "telemetry",
    "time",
    "random",
    "single_flight_cache",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "client_auth",
    "discovery",
    "oidc",
    "refresh_progress",
];
const LOGIN: &[&str] = &[
    "text",
    "error",
    "lenient",
    "telemetry",
    "time",
    "random",
    "single_flight_cache",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "client_auth",
    "discovery",
    "oidc",
    "grant",
];
const REGISTRATION: &[&str] =
    &["text", "error", "lenient", "telemetry", "time", "token", "wire", "transport", "discovery", "authorize"];
const CLIENT: &[&str] = &[
    "text",
    "error",
    "lenient",
    "time",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "client_auth",
    "discovery",
    "oidc",
    "grant",
    "endpoint",
    "authorize",
    "registration",
    "credentials",
];
const PROVIDER: &[&str] = &[
    "text",
    "error",
    "lenient",
    "telemetry",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "grant",
    "endpoint",
    "authorize",
    "credentials",
    "api",
    "client",
];
const RESOURCE_ACCESS: &[&str] = &[
    "text",
    "error",
    "lenient",
    "time",
    "token",
    "fingerprint",
    "wire",
    "transport",
    "keys",
    "client_auth",
    "discovery",
    "oidc",
    "grant",
    "endpoint",
    "authorize",
    "registration",
    "credentials",
    "client",
];

/// How often the feature `oidc` may be asked for outside of its rooms.
const MAX_OIDC_GATES: usize = 10;

/// Longer ones are two files.
const MAX_FILE: usize = 450;

/// Made from data, and read by nobody.
const GENERATED: [&str; 2] = ["providers/src/catalogue/table.rs", "providers/src/services/table.rs"];

fn sdk() -> Vec<SourceFile> {
    let files = source::read_folder("sdk/src");
    assert!(files.len() > 80, "the source is found");
    files
}

/// Imports between rooms; the front door, which imports them all, is none.
fn imports(files: &[SourceFile]) -> Vec<Import> {
    files
        .iter()
        .filter(|file| file.room() != "lib")
        .flat_map(SourceFile::imports)
        .filter(|one| one.from != one.to)
        .collect()
}

fn fail_with(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn imports_run_one_way() {
    let allowed: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let complaints: Vec<_> = imports(&sdk())
        .iter()
        .filter_map(|import| {
            let Import { from, to, place, .. } = import;
            match allowed.get(from.as_str()) {
                None => Some(format!("{place}: the room `{from}` is not in the table of tests/architecture.rs")),
                // A macro stands at the root, wherever it is written.
                Some(_) if to == "__register_provider" => None,
                Some(_) if !allowed.contains_key(to.as_str()) => {
                    Some(format!("{place}: `crate::{to}` is no room; nothing imports the front door"))
                }
                Some(rooms) if !rooms.contains(&to.as_str()) => {
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
    for (number, (room, imported)) in ROOMS.iter().enumerate() {
        for other in *imported {
            let above = ROOMS.iter().position(|(name, _)| name == other).expect("a room of the table");
            assert!(above < number, "`{room}` imports `{other}`, which stands below it in the table");
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
    while let Some(free) = left.iter().find(|room| edges[*room].is_disjoint(&left)).cloned() {
        left.remove(&free);
    }
    assert!(left.is_empty(), "these rooms import each other in circles: {left:?}");
}

#[test]
fn what_serves_every_grant_and_provider_names_none() {
    let grants = ["ClientCredentials", "AuthorizationCode", "DeviceAuthorization"].as_slice();
    let providers = ["Auth0", "Google", "Github", "grantkit_providers"].as_slice();
    let named = |rooms: &[&str], words: &[&str]| -> Vec<_> {
        sdk()
            .iter()
            .filter(|file| rooms.contains(&file.room()))
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
        .filter(|file| ["grant", "authorize", "endpoint", "oidc"].contains(&file.room()))
        .flat_map(SourceFile::code_lines)
        .filter(|(_, code)| ["Credentials", "CredentialCache", "moka"].iter().any(|word| source::has_word(code, word)))
        .map(|(place, code)| format!("{place}: {}", code.trim()))
        .collect();
    fail_with(&complaints);
}

/// A clock that a program gives, and the rule for one that is wrong, hold where there is one place to ask.
#[test]
fn the_wall_clock_and_random_numbers_are_asked_for_in_one_room_each() {
    let of = [("SystemTime::now", "time"), ("rand::fill", "random")];
    let complaints: Vec<_> = sdk()
        .iter()
        .flat_map(|file| {
            let foreign = of.iter().filter(|(_, room)| file.room() != *room);
            foreign.flat_map(|(call, room)| {
                let lines = file.code_lines().into_iter().filter(move |(_, code)| code.contains(call));
                lines.map(move |(place, code)| format!("{place}: {}: ask the room `{room}`", code.trim()))
            })
        })
        .collect();
    fail_with(&complaints);
}

/// What a client signs, and what is signed for it, goes by the client's clock: where this machine's is asked instead, there is no
/// client, and this list says so.
#[test]
fn the_machines_clock_is_asked_only_where_there_is_no_client() {
    let without_a_client = [
        // A deadline in text, and the end of a token in the machine's time.
        "src/token.rs",
        "src/token/response.rs",
        "src/credentials/cached_token.rs",
        "src/wire/headers.rs",
        // Until when a store may forget a record, and how long a lease is held: agreed with other processes.
        "src/credentials/store_backed/store_client.rs",
        "src/store/memory.rs",
        "src/store/redis.rs",
        "src/store/local/lease.rs",
        // Model-checked tests.
        "src/credentials/refresh_token/interleavings/",
    ];
    let calls = ["wall_clock()", "unix_time()", "unix_time)", "Time::System."];
    let complaints: Vec<_> = sdk()
        .iter()
        .filter(|file| file.room() != "time")
        .flat_map(SourceFile::code_lines)
        .filter(|(place, code)| {
            calls.iter().any(|call| code.contains(call)) && !without_a_client.iter().any(|file| place.contains(file))
        })
        .map(|(place, code)| format!("{place}: {}: ask the client's clock (`Time`)", code.trim()))
        .collect();
    fail_with(&complaints);
}

/// What the feature `oidc` adds stands behind `oidc::SignedMessages`, which has a twin for builds without it: all else asks neither
/// whether it is on, nor for more than that.
#[test]
fn the_feature_oidc_is_asked_for_in_its_rooms_and_of_whole_modules_only() {
    let gates: Vec<_> = sdk()
        .iter()
        .filter(|file| !["oidc", "keys", "lib"].contains(&file.room()))
        .flat_map(|file| file.feature_gates("oidc"))
        .collect();
    let within = gates.iter().filter(|(_, at_an_item)| !at_an_item);
    let complaints: Vec<_> = within.map(|(place, _)| format!("{place}: ask `oidc::SignedMessages` instead")).collect();
    fail_with(&complaints);
    assert!(gates.len() <= MAX_OIDC_GATES, "{} gates, more than {MAX_OIDC_GATES}: {gates:#?}", gates.len());
}

/// The reader of that test sees what it is to see.
#[test]
fn a_feature_is_seen_wherever_it_is_asked_for() {
    let text = r#"
// #[cfg(feature = "oidc")]
#[cfg(feature = "oidc")]
mod a;
#[cfg(feature = "redis")]
mod b;
struct C {
    #[cfg(feature = "oidc")]
    d: u8,
}
fn e() -> bool {
    cfg!(not(feature = "oidc")) || "feature = \"oidc\"".is_empty()
}
#[cfg_attr(not(feature = "oidc"), path = "f.rs")]
mod f;
#[cfg(test)]
mod tests {
    #[cfg(feature = "oidc")]
    mod g {}
}
"#;
    let seen = SourceFile::new("sdk/src/api/path.rs", text).feature_gates("oidc");
    let expected = [(3, true), (8, false), (12, false), (14, true)];
    assert_eq!(seen, expected.map(|(line, at_an_item)| (format!("sdk/src/api/path.rs:{line}"), at_an_item)));
}

#[test]
fn no_file_is_longer_than_one_can_read() {
    let complaints: Vec<_> = ["sdk/src", "providers/src", "macros/src", "tests/testkit/src"]
        .into_iter()
        .flat_map(source::read_folder)
        // Generated; what people read is `providers/catalogue`.
        .filter(|file| !GENERATED.iter().any(|generated| file.path().ends_with(generated)))
        .filter(|file| file.lines() > MAX_FILE)
        .map(|file| format!("{}: {} lines, more than {MAX_FILE}", file.path(), file.lines()))
        .collect();
    fail_with(&complaints);
}

/// The reader of this test reads what it is to read: the test can fail.
#[test]
fn every_way_to_import_a_room_is_seen() {
    let text = r#"
use crate::grant::{ClientCredentials, TokenEndpoint};
use crate::{
    wire::{Form, excerpt},
    error::Error,
    transport,
};
use super::super::api::ApiClient;
use super::token_entry::TokenEntry;
/// Not this: [`Client`](crate::client::Client).
fn f() -> crate::oidc::Claims { // crate::endpoint
    let text = "crate::discovery";
    $crate::provider::provider()
}
#[cfg(feature = "oidc")]
use crate::keys;
pub(in crate::client_auth) fn g() {}
use crate::Credentials;

#[cfg(test)]
mod tests {
    use crate::authorize;
}
"#;
    let file = SourceFile::new("sdk/src/credentials/handle.rs", text);
    let seen: Vec<_> = file.imports().into_iter().map(|import| (import.to, import.line)).collect();
    let expected = [
        ("grant", 2),
        ("wire", 3),
        ("error", 3),
        ("transport", 3),
        ("api", 8),
        ("oidc", 11),
        ("keys", 16),
        ("client_auth", 17),
        ("Credentials", 18),
    ];
    assert_eq!(seen, expected.map(|(to, line)| (to.to_owned(), line)));
    assert_eq!(file.room(), "credentials");
}

/// What stands at the root is what most programs name; all else is in its room. A new name here is a decision.
#[test]
fn the_root_has_the_names_that_most_programs_need() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../sdk/src/lib.rs")).unwrap();
    let statements: String = text
        .lines()
        .take_while(|line| !line.starts_with("pub mod prelude"))
        .filter(|line| !line.trim_start().starts_with("//") && !line.starts_with('#') && !line.contains("mod "))
        .collect();
    let mut names = BTreeSet::new();
    for statement in statements.split(';').filter_map(|statement| statement.trim().strip_prefix("pub use ")) {
        let (_, imported) = statement.rsplit_once("::{").or_else(|| statement.rsplit_once("::")).expect("a path");
        names.extend(imported.trim_end_matches('}').split(',').map(|name| name.trim().to_owned()));
    }
    let expected = [
        "ApiClient",
        "AuthorizationCode",
        "Client",
        "Credentials",
        "Error",
        "OAuthClient",
        "OAuthToken",
        "ProviderClient",
        "Result",
        "SecretString",
        "api",
    ];
    assert_eq!(names, expected.map(str::to_owned).into());
}
