//! A real browser without a window.

mod tab;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use url::Url;

use crate::program::write_program;
pub use tab::Tab;

/// Nothing of it leaves this machine, and nothing of it is kept.
const OPTIONS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser at a page. It ends with this value.
pub struct Chromium {
    process: Child,
    _profile: TempDir,
}

impl Chromium {
    pub fn open(url: &Url) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command.args(OPTIONS).arg(profile_option(profile.path())).arg(url.as_str());
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { process, _profile: profile }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The same as the `$BROWSER` of a desktop: a program that a URL is given to. What it started ends with this value.
pub struct DesktopBrowser {
    folder: TempDir,
}

impl DesktopBrowser {
    pub fn install() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = format!(
            "#!/bin/sh\necho $$ > '{pid}'\nexec '{program}' {options} '{profile}' \"$1\"\n",
            pid = folder.path().join("pid").display(),
            program = program().display(),
            options = OPTIONS.join(" "),
            profile = profile_option(&folder.path().join("profile")),
        );
        let browser = Self { folder };
        write_program(&browser.program(), &script);
        browser
    }

    pub fn program(&self) -> PathBuf {
        self.folder.path().join("browser")
    }
}

impl Drop for DesktopBrowser {
    fn drop(&mut self) {
        if let Ok(pid) = std::fs::read_to_string(self.folder.path().join("pid")) {
            let _ = Command::new("kill").arg(pid.trim()).status();
        }
    }
}

fn profile_option(folder: &Path) -> String {
    format!("--user-data-dir={}", folder.display())
}

/// `$CHROMIUM`, or the one on the `PATH`. A test that cannot run fails.
fn program() -> PathBuf {
    if let Some(given) = std::env::var_os("CHROMIUM") {
        return given.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mut found = names.iter().flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    found.find(|program| program.is_file()).unwrap_or_else(|| {
        panic!("there is no Chromium: run `tests/run` (or `tests/servers/install`), which installs it, or set CHROMIUM")
    })
}
