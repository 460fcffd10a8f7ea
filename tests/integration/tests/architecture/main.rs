//! Which module of the SDK may import which, and what the compiler does not check of a source file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod blocking;
mod files;
mod foreign;
mod layers;
mod one_place;
mod source;
mod source_reader;

use std::collections::BTreeSet;

use source::SourceFile;

fn sdk() -> Vec<SourceFile> {
    let files = source::read_folder("sdk/src");
    assert!(files.len() > 80, "the source is found");
    files
}

fn fail_with(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What stands at the root is what most programs name; all else is in its module. A new name here is a decision.
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
