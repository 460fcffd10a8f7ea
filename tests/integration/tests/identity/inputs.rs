//! What there is to give, by the code that takes it: so that a table that lacks a new one fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The public functions of a file of the SDK, from `start` (a piece of its text) on, as far as `end`.
pub(crate) fn public_functions(file: &str, start: &str, end: &str) -> BTreeSet<String> {
    let text = source(file);
    let text = text.split_once(start).map_or_else(|| panic!("{file} has no {start:?}"), |(_, text)| text);
    names(text.split_once(end).map_or(text, |(text, _)| text), "pub fn ")
}

/// The functions of a trait of the SDK.
pub(crate) fn trait_functions(file: &str, name: &str) -> BTreeSet<String> {
    let text = source(file);
    let text = text.split_once(&format!("pub trait {name}")).unwrap().1;
    let text = text.split_once("\n}\n").unwrap().0;
    names(text, "\n    fn ").into_iter().chain(names(text, "\n    async fn ")).collect()
}

fn names(text: &str, before: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    text.split(before).skip(1).map(name).collect()
}

/// The setters in a folder of the repository (what takes a value by itself and gives it back), each with its type, or with the macro that
/// makes it.
pub(crate) fn setters(folder: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)) {
        let text = fs::read_to_string(&file).unwrap();
        let mut owner = String::new();
        // Functions are told from each other by the line that begins them.
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("macro_rules! ") {
                owner = format!("macro {}", word(name));
            } else if line.starts_with("impl") && !line.contains(" for ") {
                let name = line.trim_start_matches("impl").trim_start();
                let name = if line.starts_with("impl<") { name.split_once("> ").unwrap().1 } else { name };
                owner = word(name);
            }
            let Some(rest) = line.trim_start().strip_prefix("pub fn ") else { continue };
            let mut head = line.to_owned();
            while !head.ends_with('{') && lines.peek().is_some() {
                head.push_str(lines.next().unwrap().trim());
                head.push(' ');
                head.truncate(head.trim_end().len());
            }
            let takes_itself =
                ["(self)", "(self,", "(mut self)", "(mut self,"].iter().any(|taken| head.contains(taken));
            let gives_itself = head.contains("-> Self") || head.contains("-> Result<Self>");
            if takes_itself && gives_itself {
                found.insert((owner.clone(), word(rest)));
            }
        }
    }
    assert!(found.len() > 10, "{folder} has no setters: {found:?}");
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let rust = files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs"));
    rust.chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}

fn source(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/src").join(file)).unwrap()
}

pub(crate) fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}
