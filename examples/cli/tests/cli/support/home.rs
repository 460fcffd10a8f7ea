use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::{Server, browse};

/// A home folder of its own: profiles, key file and tokens.
pub(crate) struct Home {
    folder: TempDir,
    /// The D-Bus that the keyring is on.
    bus: Option<String>,
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    #[track_caller]
    pub(crate) fn json(self) -> Value {
        let out = self.ok();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// The error on standard error, of `--json`.
    #[track_caller]
    pub(crate) fn error(self, code: i32) -> Value {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{self:?}");
        let error: Value = serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {}", self.err));
        assert!(code == 2 || error["next"].is_string(), "nothing is said of what to type next: {error}");
        error
    }

    /// Failed with this exit code, and said all of these, and what to type next; where the command line is wrong, that is said.
    #[track_caller]
    pub(crate) fn failed(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        let next = if code == 2 { "" } else { "next: " };
        for text in said.iter().chain([&next]) {
            assert!(self.err.contains(text), "no {text:?} in {self:?}");
        }
    }
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), bus: None }
    }

    /// At a machine with a keyring, on the D-Bus of this address.
    pub(crate) fn with_keyring(bus: &str) -> Self {
        Self { bus: Some(bus.to_owned()), ..Self::new() }
    }

    /// One with the profile `test` of the server.
    pub(crate) fn with_profile(server: &Server) -> Self {
        let home = Self::new();
        home.add_profile(server);
        home
    }

    /// The profile `test` of the server.
    pub(crate) fn add_profile(&self, server: &Server) {
        self.run(&["profiles", "add", "test", "--issuer", &server.issuer, "--client-id", "cli", "--api", &server.api])
            .ok();
    }

    /// One where Alice has logged in, too.
    pub(crate) fn logged_in(server: &Server) -> Self {
        let home = Self::with_profile(server);
        home.log_in_with_device("test");
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn profiles(&self) -> PathBuf {
        self.path().join("config/grantkit/profiles.toml")
    }

    /// The environment of a person, at a machine without a keyring unless there is one.
    pub(crate) fn environment(&self, command: &mut Command) {
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "BROWSER", "DBUS_SESSION_BUS_ADDRESS", "KUBERNETES_EXEC_INFO"] {
            command.env_remove(variable);
        }
        std::env::vars()
            .filter(|(name, _)| name.starts_with("GRANTKIT_"))
            .for_each(|(name, _)| _ = command.env_remove(name));
        if let Some(bus) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", bus);
        }
        command.env("HOME", self.path()).env("XDG_CONFIG_HOME", self.path().join("config"));
        command.env("XDG_STATE_HOME", self.path().join("state")).env("XDG_RUNTIME_DIR", self.path());
        // Nothing that a test starts leaves this machine.
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0").env("no_proxy", "*");
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        self.environment(&mut command);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments), "")
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        ran(self.command(arguments), input)
    }

    /// On another device: a person opens the address that the program prints.
    pub(crate) fn log_in_with_device(&self, profile: &str) -> Value {
        let mut child = self.command(&["login", profile, "--device", "--json"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let code: Value = serde_json::from_str(&lines.next().expect("a device code").unwrap()).unwrap();
        assert_eq!(browse(code["verification_uri_complete"].as_str().unwrap()).status, 200);
        let login = lines.next().expect("a login").unwrap();
        assert!(child.wait().unwrap().success());
        serde_json::from_str(&login).unwrap()
    }

    /// The text of all files, to look for what must not be there.
    pub(crate) fn all_files(&self) -> Vec<u8> {
        fn read(folder: &Path, all: &mut Vec<u8>) {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                match entry.file_type().unwrap() {
                    kind if kind.is_dir() => read(&entry.path(), all),
                    kind if kind.is_file() => all.extend(fs::read(entry.path()).unwrap()),
                    _ => {}
                }
            }
        }
        let mut all = Vec::new();
        read(self.path(), &mut all);
        all
    }
}

pub(crate) fn program() -> &'static str {
    env!("CARGO_BIN_EXE_grantkit")
}

impl Ran {
    /// Of any command, with this on its standard input.
    pub(crate) fn of(command: Command, input: &str) -> Self {
        ran(command, input)
    }
}

fn ran(mut command: Command, input: &str) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    // A program that reads none of it closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}
