//! What is true of every source file of the workspace, tests and examples among them: what people read is short.

use super::{fail_with, source};

/// Longer ones are two files.
const MAX_FILE: usize = 400;
/// So that a list of failures can be read.
const MAX_TEST_NAME: usize = 70;
/// Of documentation, but for a row of a table, which cannot be broken.
const MAX_LINE: usize = 160;

/// Made from data, and read by no person.
const GENERATED: [&str; 3] = [
    "providers/src/catalogue/table.rs",
    "providers/src/services/table.rs",
    "tests/integration/tests/provider_pages/examples.rs",
];

/// All source files that people write, with their paths.
fn written() -> Vec<(String, String)> {
    let folders = ["sdk", "providers", "macros", "tests", "examples"];
    let files: Vec<_> = folders.into_iter().flat_map(source::whole_files).collect();
    assert!(files.len() > 900, "the sources are found: {}", files.len());
    files.into_iter().filter(|(path, _)| !GENERATED.contains(&path.as_str())).collect()
}

/// The names of functions with an attribute that makes them tests.
fn tests(text: &str) -> Vec<&str> {
    let mut is_test = false;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(attribute) = line.strip_prefix("#[") {
            is_test |= attribute.split(['(', ']']).next().is_some_and(|path| path.ends_with("test"));
        } else if let Some(rest) = line.trim_start_matches("async ").strip_prefix("fn ") {
            found.extend(rest.split(['(', '<']).next().filter(|_| is_test));
            is_test = false;
        }
    }
    found
}

#[test]
fn no_file_is_longer_than_one_can_read() {
    let long = written().into_iter().map(|(path, text)| (path, text.lines().count())).filter(|(_, of)| *of > MAX_FILE);
    fail_with(&long.map(|(path, lines)| format!("{path}: {lines} lines, more than {MAX_FILE}")).collect::<Vec<_>>());
}

#[test]
fn names_of_tests_are_short_and_name_their_subject() {
    let mut seen = 0;
    let mut complaints = Vec::new();
    for (path, text) in written() {
        for name in tests(&text) {
            seen += 1;
            if name.len() > MAX_TEST_NAME {
                complaints.push(format!("{path}: {name}: {} characters, more than {MAX_TEST_NAME}", name.len()));
            }
            if name.starts_with("it_") {
                complaints.push(format!("{path}: {name}: name what `it` is"));
            }
        }
    }
    assert!(seen > 2000, "the tests are found: {seen}");
    fail_with(&complaints);
}

#[test]
fn lines_of_documentation_are_broken() {
    let is_row = |line: &str| line.starts_with("/// |") || line.starts_with("//! |");
    let is_text = |line: &str| line.starts_with("//") && !is_row(line);
    let mut complaints = Vec::new();
    for (path, text) in written() {
        let lines = text.lines().enumerate();
        let long = lines.filter(|(_, line)| is_text(line.trim_start()) && line.chars().count() > MAX_LINE);
        complaints.extend(long.map(|(number, _)| format!("{path}:{}: more than {MAX_LINE} characters", number + 1)));
    }
    fail_with(&complaints);
}

/// "The caller", "the server", "the request" say who acts, and are found by a search.
#[test]
fn comments_and_names_of_tests_say_who_acts() {
    let vague = ["nobody", "whoever", "somebody", "anybody", "everybody", "whom"];
    let mut complaints = Vec::new();
    for (path, text) in written() {
        for name in tests(&text) {
            let words = vague.iter().filter(|word| name.split('_').any(|of_name| of_name == **word));
            complaints.extend(words.map(|word| format!("{path}: {name}: `{word}`: name who it is")));
        }
        for (number, line) in text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("//")) {
            // Of a program in the documentation, what is shown to a person.
            let line = line.to_lowercase().replace("\"somebody\"", "");
            let words = vague.iter().filter(|word| source::has_word(&line, word));
            complaints.extend(words.map(|word| format!("{path}:{}: `{word}`: name who it is", number + 1)));
        }
    }
    fail_with(&complaints);
}

#[test]
fn tests_are_found_by_their_attributes() {
    let text = "#[test]\nfn one() {}\nfn two() {}\n#[tokio::test(flavor = \"x\")]\n#[ignore]\nasync fn three() {}\n\
                #[cfg(test)]\nmod tests {\n    #[test]\n    fn four() {}\n}\n#[derive(Debug)]\nfn five() {}\n";
    assert_eq!(tests(text), ["one", "three", "four"]);
}
