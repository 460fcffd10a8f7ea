//! Rust source as far as this needs it: comments, strings and tests taken away, paths found.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of a crate, without what is no code.
pub(crate) struct SourceFile {
    path: String,
    /// Line by line; lines of comments, strings and tests are empty or shortened.
    code: Vec<String>,
    /// As it stands there.
    text: String,
}

/// One module names another.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) line: usize,
    /// `file:line`, for people and editors.
    pub(crate) place: String,
}

/// All source files under a folder of the workspace, those of tests left out.
pub(crate) fn read_folder(folder: &str) -> Vec<SourceFile> {
    let files = files(folder, |name| !name.starts_with("test") && name != "snapshots");
    files.iter().map(|(path, text)| SourceFile::new(path, text)).collect()
}

/// All source files under a folder of the workspace, each as it stands there, with its path.
pub(crate) fn whole_files(folder: &str) -> Vec<(String, String)> {
    files(folder, |name| name != "target" && name != "node_modules")
}

fn files(folder: &str, is_wanted: fn(&str) -> bool) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let mut paths = Vec::new();
    collect(&root.join(folder), is_wanted, &mut paths);
    paths.sort();
    let relative = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    paths.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

fn collect(folder: &Path, is_wanted: fn(&str) -> bool, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !is_wanted(path.file_name().unwrap().to_str().unwrap()) {
            continue;
        }
        if path.is_dir() {
            collect(&path, is_wanted, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

impl SourceFile {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let code = without_strings_and_comments(text);
        let mut code: Vec<_> = code.lines().map(str::to_owned).collect();
        // Tests stand last in their file.
        let is_module = |lines: &[String]| lines[0].trim() == "#[cfg(test)]" && lines[1].trim_end().ends_with('{');
        if let Some(tests) = code.windows(2).position(is_module) {
            code.truncate(tests);
        }
        Self { path: path.to_owned(), code, text: text.to_owned() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The folder or file below `src`.
    pub(crate) fn module(&self) -> &str {
        self.modules().next().unwrap()
    }

    pub(crate) fn code_lines(&self) -> Vec<(String, String)> {
        let place = |number: usize| format!("{}:{}", self.path, number + 1);
        self.code.iter().enumerate().map(|(number, line)| (place(number), line.clone())).collect()
    }

    /// The lines that ask whether the feature is on, each with whether it stands at an item of the file, and not within one.
    pub(crate) fn feature_gates(&self, feature: &str) -> Vec<(String, bool)> {
        let asks = format!("feature = \"{feature}\"");
        let lines = self.code_lines().into_iter().zip(self.text.lines());
        // In code that is formatted only the file's own items begin at the margin.
        lines
            .filter(|((_, code), text)| has_word(code, "feature") && text.contains(&asks))
            .map(|((place, _), text)| (place, text.starts_with("#[")))
            .collect()
    }

    /// The public types that are structs.
    pub(crate) fn public_structs(&self) -> impl Iterator<Item = &str> {
        self.code.iter().filter_map(|line| line.strip_prefix("pub struct ").map(identifier))
    }

    /// The public methods, each with its type; what is hidden from the documentation is none. A macro that makes some is one, with its `!`.
    pub(crate) fn public_methods(&self) -> Vec<(&str, String)> {
        let (mut owner, mut is_hidden, mut found) = (None, false, Vec::new());
        // In code that is formatted only the file's own items begin at the margin, and only their members one step from it.
        for line in &self.code {
            if line.trim() == "#[doc(hidden)]" {
                is_hidden = true;
            } else if line.trim().is_empty() {
                // Of comments nothing is left.
            } else if let Some(member) = line.strip_prefix("    ").filter(|member| !member.starts_with([' ', '#', '}']))
            {
                if let (Some(owner), Some(name)) = (owner.filter(|_| !is_hidden), method(member)) {
                    found.push((owner, name));
                }
                is_hidden = false;
            } else if line.starts_with(|c: char| c.is_alphabetic() || c == '}') && !line.starts_with("where") {
                owner = line.strip_prefix("impl").filter(|_| !is_hidden).map(|line| identifier(without_generics(line)));
                is_hidden = false;
            }
        }
        found
    }

    /// Everything that is named by a path from the crate's root.
    pub(crate) fn imports(&self) -> Vec<Import> {
        let text = self.code.join("\n");
        // From `a::b`, two `super` lead to the root.
        let to_root = "super::".repeat(self.modules().count());
        let mut found = Vec::new();
        for root in ["crate::", &to_root] {
            for (at, _) in text.match_indices(root) {
                let before = text[..at].chars().next_back();
                // `$crate::` is the crate root as macros see it; `super::super::` is found once, from its start.
                if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | ':')) {
                    continue;
                }
                // Within a module in the file, `super` leads to the file.
                if root != "crate::" && is_in_a_module(&text[..at]) {
                    continue;
                }
                let line = text[..at].matches('\n').count() + 1;
                found.extend(first_segments(&text[at + root.len()..]).map(|to| self.import(to, line)));
            }
        }
        found.sort_by_key(|import| import.line);
        found
    }

    fn import(&self, to: &str, line: usize) -> Import {
        Import { from: self.module().to_owned(), to: to.to_owned(), line, place: format!("{}:{line}", self.path) }
    }

    fn modules(&self) -> impl Iterator<Item = &str> {
        self.path.split_once("src/").unwrap().1.trim_end_matches(".rs").split('/')
    }
}

/// Whether a module that began before this, in the same file, has not ended yet.
fn is_in_a_module(before: &str) -> bool {
    before.lines().fold(false, |inside, line| {
        let begins = (line.starts_with("mod ") || line.starts_with("pub mod ")) && line.trim_end().ends_with('{');
        begins || inside && line != "}"
    })
}

/// `a` of `a::b`, or `a` and `c` of `{a::b, c}`.
fn first_segments(path: &str) -> std::vec::IntoIter<&str> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)].into_iter() };
    let (mut depth, mut start, mut segments) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        let ends = depth == 0 && matches!(c, ',' | '}');
        if ends {
            segments.push(identifier(group[start..at].trim_start()));
            start = at + 1;
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ => {}
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments.into_iter()
}

/// The name that a line makes public, or the macro that it calls.
fn method(line: &str) -> Option<String> {
    let public = line.strip_prefix("pub ").map(|line| line.trim_start_matches("const ").trim_start_matches("async "));
    match public {
        Some(line) => line.strip_prefix("fn ").map(|line| identifier(line).to_owned()),
        None => line
            .split_once("!(")
            .map(|(name, _)| name)
            .filter(|name| identifier(name) == *name)
            .map(|name| format!("{name}!")),
    }
}

/// `Client<E>` of `<E: State> Client<E>`.
fn without_generics(text: &str) -> &str {
    let mut depth = 0;
    let end = text.replace("->", "  ").find(|c: char| {
        depth += match c {
            '<' => 1,
            '>' => -1,
            _ => 0,
        };
        depth == 0 && !c.is_whitespace()
    });
    let text = end.map_or("", |end| &text[end..]);
    text.trim_start_matches('>').trim_start()
}

fn identifier(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// Whether a line of code has this identifier.
pub(crate) fn has_word(code: &str, word: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

/// The same lines, with nothing left of comments and of what stands within quotation marks.
fn without_strings_and_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => end_of_string(rest),
            'r' if rest.starts_with("r\"") || rest.starts_with("r#") => end_of_raw_string(rest),
            '\'' if rest.starts_with("'\"'") => 3,
            '\'' if rest.starts_with("'\\") => rest[2..].find('\'').map_or(2, |end| end + 3),
            _ => 0,
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
            rest = &rest[skipped..];
        }
    }
    code
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// 0 where it is `r#type` or the end of a word, and no string.
fn end_of_raw_string(text: &str) -> usize {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    text[2 + hashes..].find(&end).map_or(text.len(), |at| 2 + hashes + at + end.len())
}
