//! The file of profiles: `~/.config/grantkit/profiles.toml`, or what `GRANTKIT_CONFIG` names.

mod change;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use etcetera::BaseStrategy as _;
use serde::Deserialize;
use url::Url;

use self::change::Change;
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
        Failure::configuration("this user has no home folder").caused_by(&error).or_next("export HOME=<a folder>")
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
        Self::read_from(path()?)
    }

    /// The file, to be changed.
    pub(crate) fn change() -> Result<Change, Failure> {
        Change::begin(path()?)
    }

    /// The file at this place, to be changed.
    #[cfg(test)]
    pub(crate) fn change_at(path: PathBuf) -> Result<Change, Failure> {
        Change::begin(path)
    }

    pub(crate) fn read_from(path: PathBuf) -> Result<Self, Failure> {
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(Failure::configuration(format!("{} cannot be read", path.display()))
                    .caused_by(&error)
                    .or_next(format!(
                        "make {} readable, or name another file: GRANTKIT_CONFIG=<a file>",
                        path.display()
                    )));
            }
        };
        let contents = toml::from_str(&text).map_err(|error: toml::de::Error| broken(&path, &text, error.span()))?;
        let file = Self { path, text, contents };
        let named = file.contents.profiles.keys().try_for_each(|name| check_name(name));
        named.map_err(|failure| {
            Failure::configuration(failure.message()).or_next(format!("mend {}", file.path.display()))
        })?;
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

    /// Whether a profile's tokens are of this issuer.
    pub(crate) fn has_issuer(&self, issuer: &str) -> bool {
        self.contents.profiles.values().any(|profile| profile.issuer() == Some(issuer))
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
}

/// The parser's own error quotes the line, in which a secret may stand by mistake.
fn broken(path: &Path, text: &str, place: Option<Range<usize>>) -> Failure {
    let before = place.and_then(|place| text.get(..place.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    Failure::configuration(format!("{} is not a file of profiles: line {line} cannot be read", path.display()))
        .or_next(format!("mend {}", path.display()))
}

fn add(name: &str) -> String {
    format!("grantkit profiles add {name} --issuer https://.. --client-id .. (or --provider ..)")
}
