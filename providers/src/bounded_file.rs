//! Files of a few KiB that are read for a configuration, or while tokens are got.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Of a file with a key in it: one of RSA has some 3 KiB, and one in a chain of certificates comes with some 10 KiB of them.
pub(crate) const MAX_KEY_FILE: u64 = 256 * 1024;

/// Windows editors and PowerShell write it; it belongs to no JSON, PEM or token.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The content of a regular file, of at most this many bytes: a pipe or a device could have no end, or keep the reader waiting. A
/// byte-order mark is left out.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    // Before it is opened, as that waits for the other end of a pipe.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let file = File::open(path)?;
    let length = file.metadata()?.len().min(limit);
    // With the room up front the vector does not grow, and leaves no unwiped copy behind.
    let mut content = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1));
    file.take(limit + 1).read_to_end(&mut content)?;
    if content.len() as u64 > limit {
        return Err(io::Error::other(format!("it is longer than {} KiB: it holds something else", limit / 1024)));
    }
    if content.starts_with(BYTE_ORDER_MARK) {
        content.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(content)
}

/// The same on a thread that may wait.
pub(crate) async fn read_apart(path: impl Into<PathBuf>, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    let path = path.into();
    tokio::task::spawn_blocking(move || read(&path, limit)).await.map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_short_regular_file_is_refused() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let length = fs::metadata(&own).unwrap().len();
        assert_eq!(read(&own, length).unwrap().len() as u64, length);
        assert!(read(&own, length - 1).unwrap_err().to_string().contains("it is longer than"));
        assert!(read(Path::new("."), 2048).unwrap_err().to_string().contains("no regular file"));
        assert_eq!(read(Path::new("/nowhere/file"), 1).unwrap_err().kind(), io::ErrorKind::NotFound);
        let marked = std::env::temp_dir().join(format!("grantkit-providers-{}", std::process::id()));
        fs::write(&marked, "\u{feff}token").unwrap();
        let content = read(&marked, 64);
        fs::remove_file(&marked).unwrap();
        assert_eq!(content.unwrap().as_slice(), b"token");
        #[cfg(unix)]
        assert!(read(Path::new("/dev/zero"), 1).unwrap_err().to_string().contains("no regular file"));
    }
}
