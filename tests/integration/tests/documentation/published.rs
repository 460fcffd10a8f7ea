//! What crates.io and docs.rs show of the published crates: their manifests, licences and pages, where no file of the repository is.

use std::fs;
use std::path::{Path, PathBuf};

use super::{links, root};

const PUBLISHED: [&str; 4] = ["macros", "providers", "sdk", "tests/testkit"];

/// Published as a program, which docs.rs does not show.
const PROGRAM: &str = "examples/cli";

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All Rust files and pages under a folder.
pub(super) fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs" || extension == "md"))
        .collect()
}

/// Whether a page elsewhere can follow it: an address, a place on the same page, or the name of an item in Rust.
fn leads_somewhere(target: &str) -> bool {
    let is_file = ["rs", "md", "toml", "svg"]
        .iter()
        .any(|ending| target.split('#').next().unwrap().ends_with(&format!(".{ending}")));
    target.contains("://") || target.starts_with('#') || !(target.contains('/') || is_file)
}

#[test]
fn a_published_crate_has_all_that_its_pages_need() {
    for package in PUBLISHED {
        let folder = root().join(package);
        let manifest = read(&folder.join("Cargo.toml"));
        for line in [
            "readme = \"README.md\"",
            "documentation = \"https://docs.rs/grantkit",
            "[package.metadata.docs.rs]",
            "all-features = true",
            "rustdoc-args = [\"--cfg\", \"docsrs\"]",
            "rust-version.workspace = true",
            "license.workspace = true",
        ] {
            assert!(manifest.contains(line), "{package}/Cargo.toml has no line `{line}`");
        }
        let source = read(&folder.join("src/lib.rs"));
        assert!(source.contains("#![cfg_attr(docsrs, feature(doc_cfg))]"), "{package} shows no features on docs.rs");
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            assert_eq!(read(&folder.join(licence)), read(&root().join(licence)), "{package}/{licence}");
        }
    }
}

#[test]
fn the_published_program_has_all_that_its_page_needs() {
    let folder = root().join(PROGRAM);
    let manifest = read(&folder.join("Cargo.toml"));
    for line in ["readme = \"README.md\"", "license.workspace = true", "rust-version.workspace = true", "[[bin]]"] {
        assert!(manifest.contains(line), "{PROGRAM}/Cargo.toml has no line `{line}`");
    }
    assert!(!manifest.contains("publish = false"));
    let version = manifest_version();
    assert!(read(&folder.join("README.md")).contains(&format!("Rust {version}")), "its page names Rust {version}");
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        assert_eq!(read(&folder.join(licence)), read(&root().join(licence)), "{PROGRAM}/{licence}");
    }
}

/// Each command has its place on the page, or it is not found.
#[test]
fn the_programs_page_names_every_command() {
    let arguments = read(&root().join(PROGRAM).join("src/arguments.rs"));
    let commands = arguments.split_once("enum Command {").unwrap().1.split_once("\n}").unwrap().0;
    let names = commands.lines().filter_map(|line| Some(line.trim().split_once('(')?.0));
    let commands: Vec<_> = names.filter(|name| !name.starts_with("#[")).map(str::to_lowercase).collect();
    assert!(commands.len() > 10 && commands.contains(&"serve".to_owned()), "{commands:?}");
    let page = read(&root().join(PROGRAM).join("README.md"));
    let is_named =
        |command: &String| page.contains(&format!("`{command}")) || page.contains(&format!("grantkit {command}"));
    let missing: Vec<_> = commands.iter().filter(|command| !is_named(command)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn manifest_version() -> String {
    let manifest = read(&root().join("Cargo.toml"));
    manifest.split_once("rust-version = \"").unwrap().1.split_once('"').unwrap().0.to_owned()
}

#[test]
fn no_published_page_links_to_a_file_of_the_repository() {
    let mut dead = Vec::new();
    for package in PUBLISHED.into_iter().chain([PROGRAM]) {
        let folder = root().join(package);
        for page in sources(&folder.join("src")).into_iter().chain([folder.join("README.md")]) {
            let is_rust = page.extension().is_some_and(|extension| extension == "rs");
            let text = read(&page);
            // In messages of the compiler, too.
            let folders = ["`docs/", "`examples/", "`tests/"];
            let pointers = text.lines().filter(|line| folders.iter().any(|folder| line.contains(folder)));
            dead.extend(pointers.map(|line| format!("{}: {}", page.display(), line.trim())));
            let comments = text.lines().filter(|line| !is_rust || line.trim_start().starts_with("//"));
            for line in comments {
                for (_, target) in links(line).into_iter().filter(|(_, target)| !leads_somewhere(target)) {
                    dead.push(format!("{}: {target}", page.display()));
                }
            }
        }
    }
    assert!(dead.is_empty(), "\n{}\n", dead.join("\n"));
}

#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let version = manifest_version();
    for page in ["README.md", "sdk/README.md", "sdk/src/lib.rs", "CONTRIBUTING.md"] {
        let page_text = read(&root().join(page));
        assert!(page_text.contains(&format!("Rust {version}")), "{page} does not name Rust {version}");
    }
}
