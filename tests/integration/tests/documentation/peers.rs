//! The pages for users of a Python library: every public member of the library has its row, and every row is of a member.
//!
//! A heading names the modules; a row's first cell their members: `Class`, `.member` of the class before it, `Class.*` for a class
//! that is nothing but data, with its fields.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::root;

const PAGES: [(&str, &[&str], usize); 4] = [
    ("requests_oauth2client", &["requests_oauth2client"], 400),
    ("httpx-oauth", &["httpx_oauth"], 150),
    ("google-auth", &["google_auth"], 500),
    ("qci-client-and-q2-sdk", &["qci_client", "q2_sdk"], 300),
];

/// The members of a library, by their full name, with what they are.
fn members(library: &str) -> BTreeMap<String, String> {
    let list = root().join(format!("tests/integration/tests/documentation/peers/{library}.txt"));
    let text = fs::read_to_string(list).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap()).map(|(kind, name)| (name.to_owned(), kind.to_owned())).collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The members that a page's rows name, and what is wrong with the rows.
fn rows(page: &str, members: &BTreeMap<String, String>) -> (BTreeSet<String>, Vec<String>) {
    let (mut named, mut wrong, mut modules) = (BTreeSet::new(), Vec::new(), Vec::new());
    for line in page.lines() {
        if line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') {
            modules = quoted(line).collect();
        } else if line.starts_with("| `") && !modules.is_empty() {
            let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            if cells.len() < 2 || cells[1].is_empty() {
                wrong.push(format!("says not what it becomes: {line}"));
            }
            let mut class = "";
            for name in quoted(cells[0]) {
                let name = name.split('(').next().unwrap();
                let member = name.strip_prefix('.').map(|member| format!("{class}.{member}"));
                if member.is_none() {
                    class = name.trim_end_matches(".*");
                }
                let member = member.unwrap_or_else(|| name.to_owned());
                let found = modules
                    .iter()
                    .flat_map(|module| of_one(&format!("{module}.{member}"), members))
                    .collect::<Vec<_>>();
                if found.is_empty() {
                    wrong.push(format!("no member `{member}` of {}: {line}", modules.join(", ")));
                }
                named.extend(found);
            }
        }
    }
    (named, wrong)
}

/// The member of this name; of a class that is nothing but data, with all its fields.
fn of_one(name: &str, members: &BTreeMap<String, String>) -> Vec<String> {
    let Some(class) = name.strip_suffix(".*") else {
        return members.contains_key(name).then(|| name.to_owned()).into_iter().collect();
    };
    let fields =
        members.iter().filter(|(field, _)| field.strip_prefix(class).is_some_and(|rest| rest.starts_with('.')));
    let (data, other): (Vec<_>, Vec<_>) = fields.partition(|(_, kind)| ["field", "value"].contains(&kind.as_str()));
    assert!(other.is_empty(), "{class} is more than data: {other:?}");
    data.into_iter()
        .map(|(field, _)| field.clone())
        .chain(members.contains_key(class).then(|| class.to_owned()))
        .collect()
}

#[test]
fn every_public_member_of_the_python_libraries_has_its_row() {
    let mut mistakes = Vec::new();
    for (page, libraries, at_least) in PAGES {
        let members: BTreeMap<_, _> = libraries.iter().flat_map(|library| members(library)).collect();
        assert!(members.len() >= at_least, "{page} has its list");
        let text = fs::read_to_string(root().join(format!("docs/coming-from/{page}.md"))).unwrap();
        let (named, wrong) = rows(&text, &members);
        mistakes.extend(wrong.iter().map(|what| format!("{page}: {what}")));
        let missing = members.keys().filter(|member| !named.contains(*member));
        mistakes.extend(missing.map(|member| format!("{page}: no row for {member}")));
    }
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}
