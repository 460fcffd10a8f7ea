//! Changes of the file of profiles: one copy of the program at a time, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process;

use toml_edit::{DocumentMut, Item, Table, TomlError, value};

use super::{Contents, ProfileFile, broken};
use crate::failure::Failure;
use crate::profile::Profile;

/// The file as it is now, which no other copy of the program changes while this lives.
#[derive(Debug)]
pub(crate) struct Change {
    file: ProfileFile,
    /// Where the text stands: behind links, as people keep the files of their home in a folder of their own.
    target: PathBuf,
    _lock: File,
}

impl Deref for Change {
    type Target = ProfileFile;

    fn deref(&self) -> &ProfileFile {
        &self.file
    }
}

impl Change {
    /// Waits for other copies that change the file, and reads it then.
    pub(super) fn begin(path: PathBuf) -> Result<Self, Failure> {
        let target = behind_links(&path);
        let lock = create_private(folder_of(&target)).and_then(|()| lock(&target));
        let lock = lock.map_err(|error| unwritable(&path, &error))?;
        Ok(Self { file: ProfileFile::read_from(path)?, target, _lock: lock })
    }

    /// Adds the profile, or replaces the one of that name.
    pub(crate) fn put(self, name: &str, profile: &Profile) -> Result<(), Failure> {
        let text =
            toml::to_string(profile).map_err(|error| Failure::general("the profile is no TOML").caused_by(&error))?;
        let table: DocumentMut = text.parse().map_err(|error: TomlError| broken(self.path(), &text, error.span()))?;
        let mut table = table.as_table().clone();
        unplace(&mut table);
        let is_there = |contents: &Contents| contents.profiles.get(name) == Some(profile);
        self.write(is_there, |document| {
            let profiles = document.entry("profiles").or_insert_with(|| {
                let mut profiles = Table::new();
                profiles.set_implicit(true);
                Item::Table(profiles)
            });
            profiles[name] = Item::Table(table);
        })
    }

    pub(crate) fn remove(self, name: &str) -> Result<(), Failure> {
        let is_gone = |contents: &Contents| !contents.profiles.contains_key(name);
        self.write(is_gone, |document| {
            if let Some(profiles) = document.get_mut("profiles").and_then(Item::as_table_like_mut) {
                profiles.remove(name);
            }
            if document.get("default").and_then(Item::as_str) == Some(name) {
                document.remove("default");
            }
        })
    }

    pub(crate) fn set_default(self, name: &str) -> Result<(), Failure> {
        let is_set = |contents: &Contents| contents.default.as_deref() == Some(name);
        self.write(is_set, |document| document["default"] = value(name))
    }

    /// A copy of the program that reads at the same time finds the old file or the new one. It is replaced by one alone that can be
    /// read, and then is what it is to be.
    fn write(
        self,
        is_right: impl FnOnce(&Contents) -> bool,
        change: impl FnOnce(&mut DocumentMut),
    ) -> Result<(), Failure> {
        let text = &self.file.text;
        let mut document: DocumentMut =
            text.parse().map_err(|error: TomlError| broken(self.path(), text, error.span()))?;
        change(&mut document);
        let text = document.to_string();
        if !toml::from_str(&text).is_ok_and(|contents| is_right(&contents)) {
            let unread = format!(
                "{} would not say what it is to say after the change, and stays as it was",
                self.path().display()
            );
            return Err(Failure::general(unread).or_next(format!("change {} by hand", self.path().display())));
        }
        let draft = sibling(&self.target, &format!("{}.draft", process::id()));
        let written = File::create(&draft).and_then(|mut file| {
            if let Ok(before) = fs::metadata(&self.target) {
                file.set_permissions(before.permissions())?;
            }
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&draft, &self.target)
        });
        written.map_err(|error| {
            let _ = fs::remove_file(&draft);
            unwritable(self.path(), &error)
        })
    }
}

/// Takes out where the tables stood in a text of their own: in the file they would stand there among those of other profiles.
fn unplace(table: &mut Table) {
    table.set_position(None);
    table.iter_mut().filter_map(|(_, item)| item.as_table_mut()).for_each(unplace);
}

/// The lock is beside the file, which is replaced by each change. It ends with the process at the latest. On a file system that has no
/// locks there is none.
fn lock(target: &Path) -> io::Result<File> {
    let lock = File::options().create(true).truncate(false).write(true).open(sibling(target, "lock"))?;
    match lock.lock() {
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(lock),
    }
}

/// What a link leads to, also where that is not there yet.
fn behind_links(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match fs::read_link(path) {
        Ok(target) => folder_of(path).join(target),
        Err(_) => path.to_owned(),
    })
}

fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{suffix}"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// For its owner alone: the key file may stand there.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::configuration(format!("{} cannot be written", path.display()))
        .caused_by(error)
        .or_next(format!("make {} writable, or name another file: GRANTKIT_CONFIG=<a file>", path.display()))
}
