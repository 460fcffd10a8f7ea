//! What the pages promise: each test that they name is there, each link leads somewhere, and the README's first program runs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "documentation/published.rs"]
mod published;
#[path = "documentation/readme.rs"]
mod readme;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A Markdown page's links, as their text and their target.
fn links(page: &str) -> Vec<(&str, &str)> {
    page.match_indices("](")
        .filter_map(|(middle, _)| {
            let text = page[..middle].rsplit_once('[')?.1;
            let target = page[middle + 2..].split_once(')')?.0;
            Some((text, target))
        })
        .collect()
}

fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages: Vec<_> = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    assert!(!pages.is_empty(), "there are pages");
    pages
        .into_iter()
        .chain(
            ["README.md", "CONTRIBUTING.md", "sdk/src/guide.md", "tests/servers/README.md"]
                .map(|page| root().join(page)),
        )
        .collect()
}

fn is_source(target: &str) -> bool {
    Path::new(target).extension().is_some_and(|extension| extension == "rs")
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for (_, target) in links(&text) {
            let file = target.split_once('#').map_or(target, |(file, _)| file);
            if !file.contains("://") && !file.is_empty() && !page.with_file_name(file).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_test_that_a_page_names_is_one() {
    for (page, tests) in [("docs/standards.md", 80), ("docs/fleet.md", 6)] {
        let page = root().join(page);
        let text = fs::read_to_string(&page).unwrap();
        let named: Vec<_> = links(&text).into_iter().filter(|(_, target)| is_source(target)).collect();
        assert!(named.len() > tests, "the page names its tests");
        let missing: Vec<_> = named
            .iter()
            .filter(|(name, target)| {
                let source = fs::read_to_string(page.with_file_name(target)).unwrap_or_default();
                let Some(at) = source.find(&format!("fn {name}(")) else { return true };
                // Within the few lines above it, its attribute.
                !source[..at].rsplit('\n').take(4).any(|line| line.contains("test]") || line.contains("test("))
            })
            .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
