//! The file of profiles: `~/.config/grantkit/profiles.toml`, or what `GRANTKIT_CONFIG` names.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use etcetera::BaseStrategy as _;
use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, TomlError, value};
use url::Url;

use crate::failure::Failure;
use crate::profile::{Profile, check_name};

/// The file as it was read. Changes are made in its text, so that comments stay.
#[derive(Debug)]
pub(crate) struct ProfileFile {
    path: PathBuf,
    text: String,
    contents: Contents,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    default: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

/// The folder of the file, and of the key file where there is no keyring.
pub(crate) fn folder() -> Result<PathBuf, Failure> {
    let home = etcetera::choose_base_strategy().map_err(|error| {
        Failure::configuration("this user has no home folder: set HOME, or GRANTKIT_CONFIG=<a file>").caused_by(&error)
    })?;
    Ok(home.config_dir().join("grantkit"))
}

fn path() -> Result<PathBuf, Failure> {
    match env::var_os("GRANTKIT_CONFIG").filter(|path| !path.is_empty()) {
        Some(path) => Ok(path.into()),
        None => Ok(folder()?.join("profiles.toml")),
    }
}

impl ProfileFile {
    pub(crate) fn read() -> Result<Self, Failure> {
        let path = path()?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(Failure::configuration(format!("{} cannot be read", path.display())).caused_by(&error));
            }
        };
        let contents = toml::from_str(&text).map_err(|error: toml::de::Error| broken(&path, &text, error.span()))?;
        let file = Self { path, text, contents };
        file.contents.profiles.keys().try_for_each(|name| check_name(name))?;
        Ok(file)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn profiles(&self) -> &BTreeMap<String, Profile> {
        &self.contents.profiles
    }

    /// The one that is used where none is named: the only one, or the default.
    pub(crate) fn default_name(&self) -> Option<&str> {
        match self.contents.profiles.first_key_value() {
            Some((only, _)) if self.contents.profiles.len() == 1 => Some(only),
            _ => self.contents.default.as_deref(),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Result<&Profile, Failure> {
        self.contents.profiles.get(name).ok_or_else(|| {
            let failure = Failure::configuration(match self.names().as_str() {
                "" => format!("there is no profile {name:?}, and no other in {}", self.path.display()),
                names => format!("there is no profile {name:?} in {}; there are: {names}", self.path.display()),
            });
            failure.or_next(add(name))
        })
    }

    /// The profile that was named, or the one that is used unless one is.
    pub(crate) fn choose(&self, name: Option<&str>) -> Result<(&str, &Profile), Failure> {
        let name = match name.or(self.default_name()) {
            Some(name) => name,
            None if self.contents.profiles.is_empty() => {
                let empty = format!("there is no profile yet in {}", self.path.display());
                return Err(Failure::configuration(empty).or_next(add("work")));
            }
            None => {
                let several = format!("which profile? There are: {}", self.names());
                return Err(Failure::usage(several)
                    .or_next("the same with `--profile <name>`, or: grantkit profiles default <name>"));
            }
        };
        self.get(name)?;
        let (name, profile) = self
            .contents
            .profiles
            .get_key_value(name)
            .ok_or_else(|| Failure::configuration(format!("there is no profile {name:?}")))?;
        Ok((name, profile))
    }

    /// The profile whose API has this URL, unless one was named.
    pub(crate) fn choose_for(&self, name: Option<&str>, url: Option<&Url>) -> Result<(&str, &Profile), Failure> {
        let Some(url) = url.filter(|_| name.is_none()) else { return self.choose(name) };
        let covering: Vec<_> = self.contents.profiles.iter().filter(|(_, profile)| profile.covers(url)).collect();
        match covering.as_slice() {
            [(name, profile)] => Ok((name, profile)),
            _ => self.choose(None),
        }
    }

    fn names(&self) -> String {
        self.contents.profiles.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Adds the profile, or replaces the one of that name.
    pub(crate) fn put(&self, name: &str, profile: &Profile) -> Result<(), Failure> {
        let text =
            toml::to_string(profile).map_err(|error| Failure::general("the profile is no TOML").caused_by(&error))?;
        let table: DocumentMut = text.parse().map_err(|error: TomlError| broken(&self.path, &text, error.span()))?;
        self.edit(|document| {
            let profiles = document.entry("profiles").or_insert_with(|| {
                let mut profiles = Table::new();
                profiles.set_implicit(true);
                Item::Table(profiles)
            });
            profiles[name] = Item::Table(table.as_table().clone());
        })
    }

    pub(crate) fn remove(&self, name: &str) -> Result<(), Failure> {
        self.edit(|document| {
            if let Some(profiles) = document.get_mut("profiles").and_then(Item::as_table_like_mut) {
                profiles.remove(name);
            }
            if document.get("default").and_then(Item::as_str) == Some(name) {
                document.remove("default");
            }
        })
    }

    pub(crate) fn set_default(&self, name: &str) -> Result<(), Failure> {
        self.edit(|document| document["default"] = value(name))
    }

    /// Whole or not at all: a copy of the program that reads at the same time finds the old file or the new one.
    fn edit(&self, change: impl FnOnce(&mut DocumentMut)) -> Result<(), Failure> {
        let mut document: DocumentMut =
            self.text.parse().map_err(|error: TomlError| broken(&self.path, &self.text, error.span()))?;
        change(&mut document);
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unwritable = |error: std::io::Error| {
            Failure::configuration(format!("{} cannot be written", self.path.display())).caused_by(&error)
        };
        create_private(folder).map_err(unwritable)?;
        let draft = folder.join(format!(".profiles.{}.toml", process::id()));
        let written = fs::File::create(&draft).and_then(|mut file| {
            file.write_all(document.to_string().as_bytes())?;
            file.sync_all()?;
            fs::rename(&draft, &self.path)
        });
        written.map_err(|error| {
            let _ = fs::remove_file(&draft);
            unwritable(error)
        })
    }
}

/// For its owner alone: the key file may stand there.
fn create_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The parser's own error quotes the line, in which a secret may stand by mistake.
fn broken(path: &Path, text: &str, place: Option<Range<usize>>) -> Failure {
    let before = place.and_then(|place| text.get(..place.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    Failure::configuration(format!("{} is no file of profiles: line {line} cannot be read", path.display()))
        .or_next(format!("mend {}", path.display()))
}

fn add(name: &str) -> String {
    format!("grantkit profiles add {name} --issuer https://.. --client-id .. (or --provider ..)")
}
