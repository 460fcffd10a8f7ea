//! What comes from a server is read in one way each, so that no reader can forget what the others know.

use crate::{fail_with, sdk, source};

/// serde reads an array as the fields of a struct by their position, and the last of two members of one name, and stops at a byte-order mark:
/// JSON from outside is read by `lenient`, or by `provider::read_json`. These read something else, or say by themselves what they accept.
const OTHER_JSON: &[(&str, &str)] = &[
    ("sdk/src/lenient", "the readers"),
    // What the program itself wrote or configured.
    ("sdk/src/authorize/request_object.rs", "parameters of the program"),
    ("sdk/src/authorize/sealing.rs", "written by this crate"),
    ("sdk/src/credentials/store_backed/contents.rs", "written by this crate"),
    ("sdk/src/discovery/further_members.rs", "written by this crate"),
    ("sdk/src/integrations/axum/cookies.rs", "written by this crate"),
    ("sdk/src/integrations/axum/session_keeper.rs", "written by this crate"),
    ("sdk/src/provider/environment.rs", "configuration"),
    ("sdk/src/api/fields.rs", "a body that the program sends"),
    // No struct: members are asked for by their names.
    ("sdk/src/wire/successor.rs", "an answer that is no good as a whole, as far as it can be read"),
    ("sdk/src/api/sent_secrets.rs", "any JSON, of which the texts are taken"),
];

#[test]
fn json_from_outside_is_read_by_the_lenient_readers() {
    let reads = |code: &str| code.contains("serde_json::from_") || code.contains("serde_json::Deserializer");
    let is_known = |place: &str| OTHER_JSON.iter().any(|(file, _)| place.starts_with(file));
    let files: Vec<_> = sdk().into_iter().chain(source::read_folder("providers/src")).collect();
    let complaints: Vec<_> = files
        .iter()
        .flat_map(source::SourceFile::code_lines)
        .filter(|(place, code)| reads(code) && !is_known(place))
        .map(|(place, code)| {
            format!("{place}: {}: read it by `lenient` (`object`, `Members`, `member`) or `read_json`", code.trim())
        })
        .collect();
    fail_with(&complaints);
    // Nor is a file excused that has no need to be.
    let idle = OTHER_JSON.iter().filter(|(known, _)| {
        !files
            .iter()
            .flat_map(source::SourceFile::code_lines)
            .any(|(place, code)| place.starts_with(known) && reads(&code))
    });
    fail_with(&idle.map(|(file, _)| format!("{file} reads no JSON")).collect::<Vec<_>>());
}

/// `Challenge::all` is for programs: within the crate it is always known what was sent, and a server may quote it.
#[test]
fn challenges_are_read_without_the_secrets_of_their_request() {
    let complaints: Vec<_> = sdk()
        .iter()
        .flat_map(source::SourceFile::code_lines)
        .filter(|(_, code)| code.contains("Challenge::all("))
        .map(|(place, _)| format!("{place}: call `Challenge::without_secrets` with the secrets that were sent"))
        .collect();
    fail_with(&complaints);
}
