//! What the pages promise: each test that they name is there, each link leads somewhere, and the README's first program runs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod docs_rs;
mod lists;
mod names;
mod peers;
mod published;
mod readme;

use std::collections::BTreeSet;
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
                "examples/cli/README.md",
                "macros/README.md",
                "providers/README.md",
                "providers/catalogue/README.md",
                "sdk/README.md",
                "sdk/src/guide.md",
                "tests/servers/README.md",
                "tests/testkit/README.md",
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
    let pages =
        [("docs/standards.md", 80), ("docs/fleet.md", 20), ("docs/coming-from/requests.md", 150), ("SECURITY.md", 50)];
    for (page, tests) in pages {
        let page = root().join(page);
        let text = fs::read_to_string(&page).unwrap();
        let named: Vec<_> = links(&text).into_iter().filter(|(_, target)| is_source(target)).collect();
        assert!(named.len() > tests, "the page names its tests");
        let missing: Vec<_> = named
            .iter()
            .filter(|(name, target)| {
                let source = fs::read_to_string(page.with_file_name(target)).unwrap_or_default();
                let Some(at) = source.find(&format!("fn {name}(")) else { return true };
                if target.ends_with("each_server.rs") {
                    // Listed there for the program of each server.
                    return !source.contains(&format!("            {name},\n"));
                }
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

#[test]
fn every_example_is_named_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let entries = fs::read_dir(root().join("examples")).unwrap();
    let names = entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    // `src` only compiles the pages' programs.
    let programs: Vec<_> = names.filter(|name| !["Cargo", "src", "cli"].contains(&name.as_str())).collect();
    assert!(programs.len() > 10, "{programs:?}");
    let is_named =
        |program: &String| readme.contains(&format!("`{program}`")) || readme.contains(&format!("--example {program}"));
    let missing: Vec<_> = programs.iter().filter(|program| !is_named(program)).collect();
    assert!(missing.is_empty(), "not in README.md: {missing:?}");
}

/// What is not compiled is wrong one day.
#[test]
fn no_program_is_ignored() {
    let root = root();
    let folders = ["sdk/src", "providers/src", "macros/src", "tests/testkit/src", "examples"];
    let sources = folders.iter().flat_map(|folder| published::sources(&root.join(folder)));
    let ignored: Vec<_> = sources
        .chain(pages())
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            let mut fences =
                text.lines().filter_map(|line| line.trim_start_matches(['/', '!', ' ']).strip_prefix("```"));
            fences.any(|info| info.split(',').any(|word| word.trim().starts_with("ignore")))
        })
        .collect();
    assert!(ignored.is_empty(), "{ignored:?}");
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

/// The public methods of the sources whose name begins with this, each with its type: `Type::method`.
fn methods(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            methods(&path, prefix, found);
        } else if is_source(path.to_str().unwrap()) {
            let (source, mut of) = (fs::read_to_string(path).unwrap(), String::new());
            for line in source.lines() {
                if let Some(head) = line.strip_prefix("impl") {
                    implemented(head).clone_into(&mut of);
                }
                let declared = line.trim().strip_prefix("pub ").and_then(|line| line.split_once("fn "));
                if let Some((_, name)) = declared.filter(|(_, name)| name.starts_with(prefix)) {
                    found.insert(format!("{of}::{}", name.split(['(', '<']).next().unwrap()));
                }
            }
        }
    }
}

/// `Client` of `<E> Client<E> {`.
fn implemented(head: &str) -> &str {
    let depth_of = |depth: i32, c: char| depth + i32::from(c == '<') - i32::from(c == '>');
    let mut depth = 0;
    let is_generics = head.starts_with('<');
    let end = head.find(|c: char| {
        depth = depth_of(depth, c);
        is_generics && depth == 0
    });
    let rest = end.filter(|_| is_generics).map_or(head, |end| &head[end + 1..]);
    rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap()
}

#[test]
fn every_switch_that_gives_up_a_defence_is_among_the_defaults() {
    let page = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let defaults = page.split_once("## Defaults").unwrap().1;
    let mut switches = BTreeSet::new();
    methods(&root().join("sdk/src"), "danger_", &mut switches);
    assert!(switches.len() > 20 && switches.contains("Client::danger_resource_owner_password"), "{switches:?}");
    let on_page = defaults.split('`').skip(1).step_by(2).filter(|code| code.contains("danger_") && *code != "danger_");
    let on_page: BTreeSet<_> = on_page.map(str::to_owned).collect();
    assert_eq!(on_page, switches, "named in SECURITY.md by type and method, and in the sources");
}
