//! What the pages promise: each test that they name is there, each link leads somewhere, and the README's first program runs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod peers;
mod published;
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
    let folders = ["docs", "docs/coming-from"].map(|folder| root().join(folder));
    let docs = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let pages: Vec<_> = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    assert!(!pages.is_empty(), "there are pages");
    pages
        .into_iter()
        .chain(
            [
                "README.md",
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "sdk/src/guide.md",
                "tests/servers/README.md",
            ]
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
    for (page, tests) in [("docs/standards.md", 80), ("docs/fleet.md", 20), ("SECURITY.md", 50)] {
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

#[test]
fn every_program_of_a_page_is_compiled() {
    let compiled = fs::read_to_string(root().join("examples/src/lib.rs")).unwrap();
    let with_programs = pages().into_iter().filter(|page| fs::read_to_string(page).unwrap().contains("\n```rust"));
    let of_the_repository = |page: &Path| page.strip_prefix(root()).unwrap().display().to_string();
    let pages: Vec<_> = with_programs.map(|page| of_the_repository(&page)).collect();
    assert!(pages.len() > 10, "{pages:?}");
    let forgotten: Vec<_> = pages.iter().filter(|page| !compiled.contains(&format!("\"../../{page}\""))).collect();
    assert!(forgotten.is_empty(), "not in examples/src/lib.rs: {forgotten:?}");
}

/// The rows of a page's table under this heading, without its head.
fn rows<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let section = page.split_once(heading).unwrap().1;
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    section.lines().filter(|line| line.starts_with('|')).skip(2).collect()
}

#[test]
fn every_threat_and_every_guarantee_names_its_test() {
    for (page, heading) in [("SECURITY.md", "## Threat model"), ("docs/fleet.md", "## What is guaranteed")] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let rows = rows(&text, heading);
        assert!(rows.len() > 10, "{page} has its table");
        for row in rows {
            let names_one = links(row).into_iter().any(|(_, target)| is_source(target));
            assert!(names_one, "{page}: no test is named in\n{row}");
        }
    }
}

/// The methods of the sources whose name begins with this.
fn methods(folder: &Path, prefix: &str, found: &mut std::collections::BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            methods(&path, prefix, found);
        } else if is_source(path.to_str().unwrap()) {
            let source = fs::read_to_string(&path).unwrap();
            let names = source.split("fn ").skip(1).filter(|rest| rest.starts_with(prefix));
            found.extend(names.map(|rest| rest.split(['(', '<']).next().unwrap().to_owned()));
        }
    }
}

#[test]
fn every_switch_that_gives_up_a_defence_is_among_the_defaults() {
    let page = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let defaults = page.split_once("## Defaults").unwrap().1;
    let mut switches = std::collections::BTreeSet::new();
    methods(&root().join("sdk/src"), "danger_", &mut switches);
    assert!(switches.len() > 10, "{switches:?}");
    let named: std::collections::BTreeSet<_> = defaults
        .match_indices("danger_")
        .map(|(at, _)| defaults[at..].split(|c: char| c != '_' && !c.is_ascii_lowercase()).next().unwrap().to_owned())
        .filter(|name| name != "danger_")
        .collect();
    assert_eq!(named, switches, "named in SECURITY.md, and in the sources");
}
