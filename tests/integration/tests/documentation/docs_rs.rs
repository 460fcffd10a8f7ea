//! Pages of `docs` that docs.rs shows as modules of the SDK: without the files of the repository, which are not there.
//!
//! `GRANTKIT_UPDATE=1 cargo test -p grantkit-integration-tests --test documentation` writes them.

use std::fs;

use super::{is_source, links, root};

/// Each `docs/NAME.md` is `sdk/src/NAME.md`, and the module `grantkit::NAME`.
const PAGES: [&str; 2] = ["fleet", "observability"];

/// The column that names tests.
const TESTS: &str = "shown by";

/// The page as docs.rs shows it: no test is named, and links lead to other pages there.
fn published(page: &str) -> String {
    let text = without_named_tests(&without_test_columns(page));
    PAGES.iter().fold(text, |text, name| {
        text.replace(&format!("]({name}.md"), &format!("](https://docs.rs/grantkit/latest/grantkit/{name}/index.html"))
    })
}

/// Leaves the last column out of each table in which it names tests.
fn without_test_columns(page: &str) -> String {
    let (mut text, mut is_dropped) = (String::new(), false);
    for line in page.lines() {
        let row = line.strip_prefix('|').and_then(|row| row.strip_suffix('|'));
        is_dropped &= row.is_some();
        is_dropped |= row.is_some_and(|row| row.trim_end().ends_with(&format!("| {TESTS}")));
        let cells = line.trim_end_matches('|').rsplit_once('|').filter(|_| is_dropped);
        text.push_str(cells.map_or(line, |(kept, _)| kept));
        text.push_str(if is_dropped { "|\n" } else { "\n" });
    }
    text
}

/// Leaves out what names nothing but tests in brackets: ` ([one](one.rs), [other](other.rs))`.
fn without_named_tests(page: &str) -> String {
    let mut text = page.to_owned();
    let mut from = 0;
    while let Some(at) = text[from..].find("([").map(|at| from + at) {
        let Some(end) = text[at..].find("))").map(|end| at + end + 2) else { break };
        let named = links(&text[at + 1..end - 1]);
        let others = named.iter().fold(text[at + 1..end - 1].to_owned(), |rest, (name, target)| {
            rest.replacen(&format!("[{name}]({target})"), "", 1)
        });
        let is_of_tests = !named.is_empty() && named.iter().all(|(_, target)| is_source(target));
        if is_of_tests && others.chars().all(|c| c == ',' || c.is_whitespace()) {
            let start = text[..at].trim_end().len();
            text.replace_range(start..end, "");
            from = start;
        } else {
            from = at + 2;
        }
    }
    text
}

#[test]
fn pages_of_docs_rs_are_those_of_docs_without_files() {
    for name in PAGES {
        let (of_docs, of_sdk) = (root().join(format!("docs/{name}.md")), root().join(format!("sdk/src/{name}.md")));
        let wanted = published(&fs::read_to_string(of_docs).unwrap());
        let dead: Vec<_> =
            links(&wanted).into_iter().filter(|(_, to)| !to.contains("://") && !to.starts_with('#')).collect();
        assert!(dead.is_empty(), "docs/{name}.md: docs.rs has no such file: {dead:?}");
        if std::env::var_os("GRANTKIT_UPDATE").is_some() {
            fs::write(&of_sdk, &wanted).unwrap();
        }
        let is = fs::read_to_string(&of_sdk).unwrap_or_default();
        assert!(is == wanted, "sdk/src/{name}.md is not what docs/{name}.md says; GRANTKIT_UPDATE=1 writes it");
        let front_page = fs::read_to_string(root().join("sdk/src/lib.rs")).unwrap();
        assert!(front_page.contains(&format!("pub mod {name} {{}}")), "sdk/src/lib.rs has no module `{name}`");
    }
}

#[test]
fn published_page_drops_tests_and_keeps_the_rest() {
    let page = "Kept ([a](../a.rs),\n[b](../b.rs)), (see [there](fleet.md#x)) and ([c](https://c.example)).\n\n\
                | x | shown by |\n|---|---|\n| 1 | [a](../a.rs) |\n\n| y |\n|---|\n| 2 |\n";
    let wanted = "Kept, (see [there](https://docs.rs/grantkit/latest/grantkit/fleet/index.html#x)) and \
                  ([c](https://c.example)).\n\n| x |\n|---|\n| 1 |\n\n| y |\n|---|\n| 2 |\n";
    assert_eq!(published(page), wanted);
}
