//! What is asked for in one place: clocks, random numbers, the kind of an error, the feature `oidc`.

use super::source::{self, SourceFile};
use super::{fail_with, sdk};

/// How often the feature `oidc` may be asked for outside of its modules.
const MAX_OIDC_GATES: usize = 10;

/// A chain of questions is a classification of its own, which forgets the kind that comes next.
#[test]
fn errors_are_told_apart_by_their_kind() {
    let questions = ["needs_login()", "is_denied()", "is_configuration()", "is_security()", "is_retryable()"];
    let complaints: Vec<_> = ["sdk/src/integrations", "examples"]
        .into_iter()
        .flat_map(source::read_folder)
        .flat_map(|file| file.code_lines())
        .filter(|(_, code)| code.contains("else if ") && questions.iter().any(|question| code.contains(question)))
        .map(|(place, code)| format!("{place}: {}: match on `error.kind()`", code.trim()))
        .collect();
    fail_with(&complaints);
}

/// A clock that a program gives, and the rule for one that is wrong, hold where there is one place to ask.
#[test]
fn the_wall_clock_and_random_numbers_are_asked_for_in_one_module_each() {
    let of = [("SystemTime::now", "time"), ("rand::fill", "random")];
    let complaints: Vec<_> = sdk()
        .iter()
        .flat_map(|file| {
            let foreign = of.iter().filter(|(_, module)| file.module() != *module);
            foreign.flat_map(|(call, module)| {
                let lines = file.code_lines().into_iter().filter(move |(_, code)| code.contains(call));
                lines.map(move |(place, code)| format!("{place}: {}: ask the module `{module}`", code.trim()))
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
        // When an answer came that does not say when it was made.
        "src/transport.rs",
        "src/api/attempt.rs",
        // Until when a store may forget a record, and how long a lease is held: agreed with other processes.
        "src/credentials/store_backed/heartbeat.rs",
        "src/credentials/store_backed/store_client.rs",
        "src/store/memory.rs",
        "src/store/redis.rs",
        "src/store/file/sweep.rs",
        "src/store/local/lease.rs",
        // Model-checked tests.
        "src/credentials/refresh_token/interleavings/",
    ];
    let calls = ["wall_clock()", "unix_time()", "unix_time)", "Time::System."];
    let complaints: Vec<_> = sdk()
        .iter()
        .filter(|file| file.module() != "time")
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
fn the_feature_oidc_is_asked_for_in_its_modules_and_of_whole_modules_only() {
    let gates: Vec<_> = sdk()
        .iter()
        .filter(|file| !["oidc", "keys", "lib"].contains(&file.module()))
        .flat_map(|file| file.feature_gates("oidc"))
        .collect();
    let within = gates.iter().filter(|(_, at_an_item)| !at_an_item);
    let complaints: Vec<_> = within.map(|(place, _)| format!("{place}: ask `oidc::SignedMessages` instead")).collect();
    fail_with(&complaints);
    assert!(gates.len() <= MAX_OIDC_GATES, "{} gates, more than {MAX_OIDC_GATES}: {gates:#?}", gates.len());
}
