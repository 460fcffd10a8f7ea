use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use etcetera::BaseStrategy as _;

use crate::error::{Error, Fault, Result};
use crate::store::StoreKey;

/// A folder that no other user can write to, of files that no other user can read.
///
/// On Windows that is what a user's profile gives its folders; elsewhere owner and mode, of the folder and of its files, are
/// checked at each use.
#[derive(Clone, Debug)]
pub(in crate::store) struct PrivateFolder {
    path: PathBuf,
}

/// No token is longer; what is, is not read into memory.
#[cfg(feature = "file")]
const MAX_FILE: u64 = 16 << 20;
/// Of the readable beginning of a file's name.
const MAX_HEAD: usize = 40;

impl PrivateFolder {
    /// Makes it, if it is not there.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where others could write to it.
    pub(in crate::store) fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        system::make_folder(&path).map_err(|error| failed_at_opening("cannot be made", &path, error))?;
        // A link that leads to it now is as good as its name; one that takes its place later is not.
        let path = fs::canonicalize(&path).map_err(|error| failed_at_opening("cannot be read", &path, error))?;
        let folder = Self { path };
        folder.check()?;
        Ok(folder)
    }

    /// Whether it is still what it was when it was opened: a folder, its owner's, which no other user can write to. Created again if
    /// it was removed.
    fn check(&self) -> Result<()> {
        let path = &self.path;
        let metadata = match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                system::make_folder(path).map_err(|error| failed("cannot be made", path, error))?;
                fs::symlink_metadata(path)
            }
            found => found,
        };
        let metadata = metadata.map_err(|error| failed("cannot be read", path, error))?;
        if metadata.is_symlink() {
            return Err(refused(
                path,
                "is a symbolic link, and was a folder",
                "remove it, and find out who put it there",
            ));
        }
        if !metadata.is_dir() {
            return Err(refused(path, "is not a folder", "remove it"));
        }
        system::check_folder(path, &metadata)
    }

    /// Where a program of this name keeps what is its own on this machine.
    pub(in crate::store) fn default_path(program: &str) -> Result<PathBuf> {
        let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | ' ');
        if program.is_empty() || program.starts_with('.') || !program.chars().all(is_plain) {
            return Err(Error::configuration(
                "a program's name, as part of a path, has letters, digits, `-`, `_` and `.`",
            ));
        }
        let system = etcetera::base_strategy::choose_native_strategy()
            .map_err(|error| Error::configuration("there is no home folder: set HOME").with_source(error))?;
        // On Windows what is cached is what does not roam, as a token should not.
        let folder =
            if cfg!(windows) { system.cache_dir() } else { system.state_dir().unwrap_or_else(|| system.data_dir()) };
        Ok(folder.join(program).join("tokens"))
    }

    /// What the files of a key are called: readable, and another name for each key also where case or accents make no difference.
    pub(in crate::store) fn name_of(key: &StoreKey) -> String {
        let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '-';
        let head = key.as_str().chars().take(MAX_HEAD).map(|char| if is_plain(char) { char } else { '_' });
        let digest = digest(&SHA256, key.as_str().as_bytes());
        let digest = digest.as_ref().iter().take(16).map(|byte| format!("{byte:02x}"));
        head.chain(['-']).map(String::from).chain(digest).collect()
    }

    /// The same for every path that led to it.
    pub(in crate::store) fn canonical(&self) -> &Path {
        &self.path
    }

    pub(in crate::store) fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// All that is in a file; `None` where there is none.
    #[cfg(feature = "file")]
    pub(in crate::store) fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        use io::Read as _;
        self.check()?;
        let path = self.path_of(name);
        // To read it, a file that cannot be written is good enough: of a file system that is mounted read-only, or a key file of mode 0400.
        let Some(file) = open_if_there(&path, system::open_to_read)? else {
            return Ok(None);
        };
        let mut content = Vec::new();
        file.take(MAX_FILE).read_to_end(&mut content).map_err(|error| failed("cannot be read", &path, error))?;
        Ok(Some(content))
    }

    /// Replaces a file durably and atomically: a reader sees one or the other, also after a crash. Only the holder of the key's lock
    /// does this.
    pub(in crate::store) fn replace(&self, name: &str, content: &[u8]) -> Result<()> {
        self.check()?;
        let path = self.path_of(name);
        let new = self.path_of(&format!("{name}.new"));
        let write = || {
            remove_if_there(&new)?;
            let mut file = system::create_new(&new)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            system::sync_folder(&self.path)
        };
        write().map_err(|error| failed("cannot be written", &path, error))
    }

    #[cfg(feature = "file")]
    pub(in crate::store) fn remove(&self, name: &str) -> Result<()> {
        self.check()?;
        let path = self.path_of(name);
        let remove = || {
            remove_if_there(&path)?;
            system::sync_folder(&self.path)
        };
        remove().map_err(|error| failed("cannot be removed", &path, error))
    }

    /// What the files with this ending are called without it.
    #[cfg(all(unix, feature = "file"))]
    pub(in crate::store) fn names(&self, ending: &str) -> Result<Vec<String>> {
        self.check()?;
        let files = fs::read_dir(&self.path).map_err(|error| failed("cannot be read", &self.path, error))?;
        let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
        Ok(names.filter_map(|name| Some(name.strip_suffix(ending)?.to_owned())).collect())
    }

    /// Whether a file is still the one of that name.
    pub(in crate::store) fn is_at(&self, name: &str, file: &File) -> Result<bool> {
        let path = self.path_of(name);
        system::is_at(&path, file).map_err(|error| failed("cannot be read", &path, error))
    }

    /// A file to lock, or to read and write in place; it is made if it is not there.
    pub(in crate::store) fn open_or_create(&self, name: &str) -> Result<File> {
        self.check()?;
        let path = self.path_of(name);
        loop {
            if let Some(file) = open_if_there(&path, system::open)? {
                return Ok(file);
            }
            match system::create_new(&path) {
                Ok(file) => return Ok(file),
                // Another process has created it in the meantime.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed("cannot be made", &path, error)),
            }
        }
    }
}

/// What went wrong with a file in use. It is the store that cannot be used, and may be again (a disk that is full, a folder that
/// was remounted read-only, a mode that was changed): clients that can do without it go on.
pub(super) fn failed(what: &str, path: &Path, error: io::Error) -> Error {
    let cure = match error.kind() {
        io::ErrorKind::PermissionDenied => {
            ": let its owner read and write it, and its folder (`chmod u+rwx` of the folder)"
        }
        io::ErrorKind::ReadOnlyFilesystem => ": mount its file system for writing, or choose another folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ": make room on its disk",
        io::ErrorKind::IsADirectory => ": remove the folder that is in its place",
        _ => "",
    };
    Error::temporary(format!("{} {what}: {error}{cure}", path.display())).with_source(error)
}

/// The same of a folder that is opened: whether trying again may help depends on what it was.
fn failed_at_opening(what: &str, path: &Path, error: io::Error) -> Error {
    use io::ErrorKind::{
        AlreadyExists, IsADirectory, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem, Unsupported,
    };
    let message = format!("{} {what}: {error}", path.display());
    match error.kind() {
        AlreadyExists | IsADirectory | NotADirectory | NotFound | PermissionDenied | ReadOnlyFilesystem
        | Unsupported => Error::configuration(message).with_source(error),
        _ => failed(what, path, error),
    }
}

fn open_if_there(path: &Path, open: impl FnOnce(&Path) -> io::Result<File>) -> Result<Option<File>> {
    // A link is not followed, and is not "not there" either.
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => return Err(refused(path, "is a symbolic link", "remove it")),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("cannot be read", path, error)),
    }
    let file = match open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("cannot be opened", path, error)),
    };
    let metadata = file.metadata().map_err(|error| failed("cannot be read", path, error))?;
    if !metadata.is_file() {
        return Err(refused(path, "is not a file", "remove it"));
    }
    system::check_file(path, &metadata)?;
    Ok(Some(file))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn refused(path: &Path, what: &str, cure: &str) -> Error {
    Error::new(Fault::Security, format!("{} {what}; tokens are neither read nor written there: {cure}", path.display()))
}

#[cfg(unix)]
mod system {
    use std::fs::{DirBuilder, File, Metadata};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
    use std::path::Path;

    use rustix::fs::{Mode, OFlags};
    use rustix::io::Errno;
    use rustix::process::geteuid;

    use super::refused;
    use crate::error::Result;

    pub(super) fn make_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    pub(super) fn check_folder(path: &Path, metadata: &Metadata) -> Result<()> {
        // What root owns, root could change anyway.
        if metadata.uid() != geteuid().as_raw() && metadata.uid() != 0 {
            return Err(refused(path, "belongs to another user", "choose another folder"));
        }
        if metadata.mode() & 0o022 != 0 {
            return Err(refused(path, "can be written to by others", "choose another folder, or `chmod go-w` it"));
        }
        Ok(())
    }

    pub(super) fn check_file(path: &Path, metadata: &Metadata) -> Result<()> {
        if metadata.uid() != geteuid().as_raw() {
            return Err(refused(path, "belongs to another user", "remove it, and find out who put it there"));
        }
        if metadata.mode() & 0o077 != 0 {
            let cure = "`chmod 600` it, and check whether another user has read it";
            return Err(refused(path, "can be read or written by others", cure));
        }
        Ok(())
    }

    pub(super) fn open(path: &Path) -> io::Result<File> {
        open_for(OFlags::RDWR, path)
    }

    #[cfg(feature = "file")]
    pub(super) fn open_to_read(path: &Path) -> io::Result<File> {
        open_for(OFlags::RDONLY, path)
    }

    /// Not through a link, and not to wait for the other end of a pipe.
    fn open_for(access: OFlags, path: &Path) -> io::Result<File> {
        let flags = access | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
    }

    pub(super) fn create_new(path: &Path) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::CREATE | OFlags::EXCL;
        Ok(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?.into())
    }

    pub(super) fn is_at(path: &Path, file: &File) -> io::Result<bool> {
        let (opened, there) = (file.metadata()?, std::fs::symlink_metadata(path));
        match there {
            Ok(there) => Ok((there.dev(), there.ino()) == (opened.dev(), opened.ino())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Some file systems (FUSE, SMB, 9p) cannot sync a folder: what was renamed is as durable there as it gets.
    pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all().or_else(|error| if cannot_be_synced(&error) { Ok(()) } else { Err(error) })
    }

    pub(super) fn cannot_be_synced(error: &io::Error) -> bool {
        let unsupported = [Errno::INVAL, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS];
        error.raw_os_error().is_some_and(|code| unsupported.iter().any(|errno| errno.raw_os_error() == code))
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    use crate::error::Result;

    pub(super) fn make_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).create(path)
    }

    #[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn check_folder(_path: &Path, _metadata: &Metadata) -> Result<()> {
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn check_file(_path: &Path, _metadata: &Metadata) -> Result<()> {
        Ok(())
    }

    pub(super) fn open(path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).open(path)
    }

    #[cfg(feature = "file")]
    pub(super) fn open_to_read(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    pub(super) fn create_new(path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    /// No locked file is deleted there.
    #[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn is_at(_path: &Path, _file: &File) -> io::Result<bool> {
        Ok(true)
    }

    /// A folder cannot be synced by itself there; renaming is a step of the file system's journal.
    #[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_away_and_says_what_to_do() {
        use io::ErrorKind::{IsADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let cures = [
            (PermissionDenied, "chmod u+rwx"),
            (ReadOnlyFilesystem, "mount its file system for writing"),
            (StorageFull, "make room"),
            (QuotaExceeded, "make room"),
            (IsADirectory, "remove the folder"),
        ];
        for (kind, cure) in cures {
            let error = failed("cannot be written", Path::new("/tokens/a.token"), kind.into());
            assert!(error.is_retryable() && !error.is_configuration() && !error.needs_login(), "{kind}: {error}");
            let text = error.to_string();
            assert!(text.starts_with("/tokens/a.token cannot be written: ") && text.contains(cure), "{kind}: {text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_its_file_system_cannot_sync_is_no_failure() {
        use rustix::io::Errno;
        let is_none = |errno: Errno| system::cannot_be_synced(&io::Error::from_raw_os_error(errno.raw_os_error()));
        assert!([Errno::INVAL, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS].into_iter().all(is_none));
        assert!(![Errno::IO, Errno::NOSPC, Errno::DQUOT, Errno::ROFS].into_iter().any(is_none));
    }
}
