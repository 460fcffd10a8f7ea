//! A real Secret Service, GNOME Keyring, on a D-Bus of its own, run by the test that asks for it; see `tests/servers/README.md`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyring_core::CredentialStore;
use tempfile::TempDir;

/// For a machine that is very busy; it is there within half a second.
const LOCK_TIMEOUT: Duration = Duration::from_mins(1);

/// An unlocked keyring. It ends with this value.
pub struct SecretService {
    folder: TempDir,
    bus: Process,
    _keyring: Process,
    address: String,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // There is nothing to be done about a process that cannot be ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl SecretService {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (bus, address) = bus(folder.path());
        let mut command = within(folder.path(), "gnome-keyring-daemon");
        command.args(["--unlock", "--foreground", "--components=secrets"]).env(ADDRESS, &address);
        let mut keyring = start(command.stdin(Stdio::piped()).stdout(Stdio::null()));
        keyring.0.stdin.take().unwrap().write_all(b"the password of the login").unwrap();
        let service = Self { folder, bus, _keyring: keyring, address };
        let gives_up = Instant::now() + LOCK_TIMEOUT;
        while !service.is_there() {
            assert!(Instant::now() < gives_up, "there is no Secret Service on the bus");
            std::thread::sleep(Duration::from_millis(20));
        }
        service
    }

    /// What finds it, for this process or another one.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where it keeps what it is given, and room for more.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn credentials(&self) -> Arc<CredentialStore> {
        credentials(&self.address)
    }

    /// As when the person logs out.
    pub fn end_session(&mut self) {
        self.bus.0.kill().unwrap();
        self.bus.0.wait().unwrap();
    }

    fn is_there(&self) -> bool {
        let Ok(credentials) = connect(&self.address) else { return false };
        let credentials: Arc<CredentialStore> = credentials;
        credentials.build("grantkit-tests", "is it there", None).unwrap().set_password("yes").is_ok()
    }
}

pub const ADDRESS: &str = "DBUS_SESSION_BUS_ADDRESS";

/// The keyring on the bus of this address.
pub fn credentials(address: &str) -> Arc<CredentialStore> {
    connect(address).unwrap()
}

fn connect(address: &str) -> keyring_core::Result<Arc<zbus_secret_service_keyring_store::Store>> {
    temp_env::with_var(ADDRESS, Some(address), zbus_secret_service_keyring_store::Store::new)
}

/// Of a bus that starts no services by itself: a second keyring, which is locked, could come first.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow receive_sender="*" eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

fn bus(folder: &Path) -> (Process, String) {
    let settings = folder.join("bus.conf");
    std::fs::write(&settings, BUS).unwrap();
    let mut command = within(folder, "dbus-daemon");
    command.arg("--config-file").arg(settings).args(["--nofork", "--print-address=1"]);
    let mut bus = start(command.stdout(Stdio::piped()));
    let mut address = String::new();
    BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (bus, address.trim().to_owned())
}

fn within(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_RUNTIME_DIR", folder).stderr(Stdio::null());
    command
}

fn start(command: &mut Command) -> Process {
    let program = command.get_program().display().to_string();
    Process(command.spawn().unwrap_or_else(|error| {
        panic!("{program} cannot be started ({error}): run `tests/run` (or `tests/servers/install`), which installs it")
    }))
}
