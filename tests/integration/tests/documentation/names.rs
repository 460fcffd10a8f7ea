//! What the pages call is there: each `method(..)`, `Type`, `Type::method` and `module::name` in their prose is declared in the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{pages, published, root};

/// Of other libraries, which a page compares with or works with.
const FOREIGN: [&str; 3] = ["buffered", "get_access_token", "get_headers"];

/// The same of types and modules, and what only looks like one.
const FOREIGN_TYPES: [&str; 9] = [
    "ArcSwap",
    "AuthClient",
    "Authlib",
    "BillingApiClient",
    "ClientTlsConfig",
    "HttpClient",
    "Stream",
    "SystemTime",
    "futures_util",
];

#[derive(Default)]
struct Declared {
    functions: BTreeSet<String>,
    /// Methods, variants, fields and constants, by their type.
    members: BTreeMap<String, BTreeSet<String>>,
    /// What stands at the top of a module's files, by the module's name.
    items: BTreeMap<String, BTreeSet<String>>,
    /// All words of the files that write declarations by a macro.
    generated: BTreeSet<String>,
    /// Types, modules, and what a file makes public of another.
    names: BTreeSet<String>,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The names that are declared after this word.
fn after<'a>(text: &'a str, keyword: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(keyword).skip(1).filter_map(|rest| words(rest).next())
}

impl Declared {
    fn read() -> Self {
        let mut declared = Self::default();
        for folder in ["sdk/src", "providers/src", "macros/src", "tests/testkit/src"] {
            let sources = published::sources(&root().join(folder));
            for path in sources.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
                declared.add(&path, &fs::read_to_string(&path).unwrap());
            }
        }
        declared
    }

    fn add(&mut self, path: &Path, text: &str) {
        self.functions.extend(after(text, "fn ").chain(after(text, "macro_rules! ")).map(str::to_owned));
        let kinds = ["struct ", "enum ", "trait ", "type ", "mod ", "macro_rules! "];
        self.names.extend(kinds.into_iter().flat_map(|kind| after(text, kind)).map(str::to_owned));
        if text.contains("macro_rules!") || text.contains("use super::service;") {
            self.generated.extend(words(text).map(str::to_owned));
        }
        let mut top = BTreeSet::new();
        let mut of = None;
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("impl") {
                let head = head.rsplit_once(" for ").map_or(head, |(_, head)| head);
                of = Some(super::implemented(head).to_owned());
            } else if line.starts_with("pub") {
                let mut names = words(line).skip_while(|word| !KINDS.contains(word));
                let name = names.find(|word| !KINDS.contains(word)).unwrap_or_default();
                of = Some(name.to_owned());
                if line.starts_with("pub ") {
                    top.insert(name.to_owned());
                }
            } else if let Some(of) = of.as_ref().filter(|_| line.starts_with(' ')) {
                let members = self.members.entry(of.clone()).or_default();
                members.extend(
                    after(line, "fn ").chain(after(line, "const ")).chain(words(line).next()).map(str::to_owned),
                );
            }
        }
        let reexported = ["pub use ", "pub(crate) use "].into_iter().flat_map(|keyword| text.split(keyword).skip(1));
        let reexported = reexported.filter_map(|rest| rest.split_once(';'));
        top.extend(reexported.flat_map(|(names, _)| words(names)).map(str::to_owned));
        self.names.extend(top.iter().cloned());
        let module = path.with_extension("");
        for name in
            module.components().rev().map_while(|part| part.as_os_str().to_str()).take_while(|name| *name != "src")
        {
            self.items.entry(name.to_owned()).or_default().extend(top.iter().cloned());
        }
    }

    /// Whether this is a type, a variant of one, or a module.
    fn has(&self, name: &str) -> bool {
        let is_declared = self.names.contains(name) || self.generated.contains(name) || self.items.contains_key(name);
        is_declared || FOREIGN_TYPES.contains(&name) || self.members.values().any(|members| members.contains(name))
    }

    /// What this code names and the sources have not.
    fn missing(&self, code: &str) -> Vec<String> {
        let mut missing = Vec::new();
        let mut letters = code.chars();
        let is_name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        if is_name && words(code).next() == Some(code) && !self.has(code) {
            missing.push(code.to_owned());
        }
        for (at, _) in code.match_indices("::") {
            let of = words(&code[..at]).last().unwrap_or_default();
            let is_path = code[..at].ends_with(of) && !code.contains("tokio::");
            let name = words(&code[at + 2..]).next().filter(|name| is_path && code[at + 2..].starts_with(name));
            let Some(name) = name else { continue };
            let is_type = of.starts_with(|c: char| c.is_ascii_uppercase());
            // A type may have the methods of the standard library's traits.
            let may_be_derived = self.generated.contains(name) || ["default", "from", "into_iter"].contains(&name);
            let names = if is_type { self.members.get(of) } else { self.items.get(of).filter(|_| of != "http") };
            let is_there = names.is_none_or(|names| names.contains(name) || is_type && may_be_derived);
            if !is_there || !of.is_empty() && !self.has(of) {
                missing.push(format!("{of}::{name}"));
            }
        }
        for (at, _) in code.match_indices('(') {
            let name = words(&code[..at]).last().filter(|name| code[..at].ends_with(name)).unwrap_or_default();
            let is_call = name.starts_with(|c: char| c.is_ascii_lowercase()) && !code[..at].contains('<');
            if is_call && !self.functions.contains(name) && !FOREIGN.contains(&name) {
                missing.push(format!("{name}(..)"));
            }
        }
        missing
    }
}

const KINDS: [&str; 12] =
    ["pub", "crate", "async", "const", "fn", "struct", "enum", "trait", "type", "mod", "static", "unsafe"];

/// What stands between backticks outside of programs: of a page for users of another library, what a call becomes here.
fn codes(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let prose: String = text.split("```").step_by(2).collect();
    let is_of_others = page.parent().is_some_and(|folder| folder.ends_with("coming-from"));
    let cell = |line: &str| line.split(" | ").nth(1).filter(|_| line.starts_with('|')).map(str::to_owned);
    let prose = if is_of_others { prose.lines().filter_map(cell).collect::<Vec<_>>().join("\n") } else { prose };
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn what_the_pages_name_is_there() {
    let declared = Declared::read();
    assert!(declared.functions.len() > 2000 && declared.members.len() > 300, "the sources are read");
    let mut seen = 0;
    let mut missing = Vec::new();
    for page in pages() {
        for code in codes(&page) {
            seen += 1;
            let name = page.strip_prefix(root()).unwrap_or(&page).display();
            missing.extend(declared.missing(&code).into_iter().map(|what| format!("{name}: {what} in `{code}`")));
        }
    }
    assert!(seen > 2000, "{seen}");
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

/// It can fail.
#[test]
fn a_name_that_is_not_there_is_seen() {
    let declared = Declared::read();
    let of_yesterday = ["RenewalPolicy", "RenewalPolicy::with_leeway", "client_state::Present"];
    let misspelt = ["discovery::discover(issuer)", "ResourceAccess::danger_accept_unannounced_pkce", "revocations()?"];
    for code in of_yesterday.into_iter().chain(misspelt) {
        assert!(!declared.missing(code).is_empty(), "{code}");
    }
    let there = ["discovery::ServerMetadata::discover(issuer)", "client.revocation()?", "RefreshPolicy::with_backoff"];
    for code in there.into_iter().chain(["RefreshPolicy", "Never", "SystemTime::now()"]) {
        assert!(declared.missing(code).is_empty(), "{code}: {:?}", declared.missing(code));
    }
}
