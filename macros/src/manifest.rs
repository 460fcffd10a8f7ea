//! What a crate's `Cargo.toml` calls a package: as much of TOML as that needs, since a parser of all of it is larger than these macros.

mod reader;
#[cfg(test)]
mod tests;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use reader::entries;

/// The texts and words of a `Cargo.toml`, each with the keys that lead to it.
struct Manifest(Vec<(Vec<String>, String)>);

/// Another name than the package's own that the crate being compiled has for it, as Rust writes it.
pub(crate) fn renamed(package: &str) -> Option<String> {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    let manifest = Manifest::in_folder(&folder)?;
    manifest.name_of(package, || Manifest::of_workspace(&folder, &manifest))
}

impl Manifest {
    fn in_folder(folder: &Path) -> Option<Self> {
        fs::read_to_string(folder.join("Cargo.toml")).ok().map(|text| Self(entries(&text)))
    }

    /// That of the workspace: where the member says, or the first one above it.
    fn of_workspace(folder: &Path, member: &Self) -> Option<Self> {
        match member.value(&["package", "workspace"]) {
            Some(root) => Self::in_folder(&folder.join(root)),
            None => folder.ancestors().filter_map(Self::in_folder).find(Self::is_workspace),
        }
    }

    fn is_workspace(&self) -> bool {
        self.0.iter().any(|(keys, _)| keys.first().is_some_and(|key| key == "workspace"))
    }

    fn name_of(&self, package: &str, workspace: impl FnOnce() -> Option<Self>) -> Option<String> {
        let here = self.dependencies().find(|(_, key, value)| *key == "package" && *value == package);
        let name = match here {
            Some((name, ..)) => name.to_owned(),
            None => self.name_in_workspace(package, &workspace()?)?,
        };
        (name != package).then(|| name.replace('-', "_"))
    }

    /// Of the dependencies that this crate takes from the workspace, the one of this package.
    fn name_in_workspace(&self, package: &str, workspace: &Self) -> Option<String> {
        let inherited = self.dependencies().filter(|(_, key, value)| *key == "workspace" && *value == "true");
        let mut names = inherited.map(|(name, ..)| name);
        names
            .find(|name| workspace.value(&["workspace", "dependencies", name, "package"]) == Some(package))
            .map(Into::into)
    }

    /// What is said of each dependency: its name, a key and the value.
    fn dependencies(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.iter().filter_map(|(keys, value)| {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            match keys[..] {
                ["dependencies" | "dev-dependencies", name, key]
                | ["target", _, "dependencies" | "dev-dependencies", name, key] => Some((name, key, value.as_str())),
                _ => None,
            }
        })
    }

    fn value(&self, wanted: &[&str]) -> Option<&str> {
        self.0.iter().find(|(keys, _)| keys == wanted).map(|(_, value)| value.as_str())
    }
}
