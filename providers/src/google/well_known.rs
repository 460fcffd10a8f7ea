//! Where gcloud keeps what it writes.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// `$CLOUDSDK_CONFIG`, or the platform's usual place.
pub(super) fn gcloud_directory() -> Option<PathBuf> {
    if let Some(directory) = filled("CLOUDSDK_CONFIG") {
        return Some(directory.into());
    }
    if cfg!(windows) {
        return filled("APPDATA").map(|directory| PathBuf::from(directory).join("gcloud"));
    }
    filled("HOME").map(|home| PathBuf::from(home).join(".config").join("gcloud"))
}

/// The file of `gcloud auth application-default login`, whether it is there or not.
pub(super) fn credentials_file() -> Option<PathBuf> {
    gcloud_directory().map(|directory| directory.join("application_default_credentials.json"))
}

/// A path, for an error.
pub(super) fn shown(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}

pub(super) fn filled(variable: &str) -> Option<OsString> {
    env::var_os(variable).filter(|value| !value.is_empty())
}
