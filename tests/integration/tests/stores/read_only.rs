//! A file system that is mounted read-only while tokens are kept on it (EROFS): by a process with mounts of its own.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use grantkit::store::FileStore;

use crate::issuer::Issuer;
use crate::unwritable::{DONE, Unwritable, goes_on_without_writing};

const MOUNT: &str = "GRANTKIT_TEST_READ_ONLY_MOUNT";
/// What a machine has to allow for this test.
const ALLOW: &str = "this test mounts a file system in namespaces of its own (`unshare --map-root-user --mount`). Where the kernel \
                     forbids that: `sysctl kernel.apparmor_restrict_unprivileged_userns=0` (Ubuntu), `sysctl \
                     kernel.unprivileged_userns_clone=1` (Debian), `sysctl user.max_user_namespaces=1000` (Red Hat); in a container \
                     `--cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined`";

#[test]
fn file_system_that_becomes_read_only_costs_no_token_and_no_login() {
    let place = tempfile::tempdir().unwrap();
    let mut process = Command::new("unshare");
    process.args(["--map-root-user", "--mount", "--"]).arg(std::env::current_exe().unwrap());
    process.args(["--exact", "read_only::this_program_has_mounts_of_its_own", "--nocapture"]);
    let output = process.env(MOUNT, place.path()).output();
    let output = output.unwrap_or_else(|error| panic!("`unshare` (util-linux) cannot be started ({error}); {ALLOW}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains(DONE), "{said}{errors}\n{ALLOW}");
}

fn mount(arguments: &[&str], at: &Path) {
    let status = Command::new("mount").args(arguments).arg(at).status();
    assert!(status.is_ok_and(|status| status.success()), "`mount {arguments:?}` failed; {ALLOW}");
}

/// Of no consequence when it is run as a test: it mounts where the environment says, which is nowhere then.
#[tokio::test]
async fn this_program_has_mounts_of_its_own() {
    let Ok(place) = std::env::var(MOUNT) else { return };
    let place = PathBuf::from(place);
    mount(&["-t", "tmpfs", "tokens"], &place);
    let key_file = place.join("keys").join("key");
    fs::create_dir(place.join("keys")).unwrap();
    fs::set_permissions(place.join("keys"), Permissions::from_mode(0o700)).unwrap();
    let store = FileStore::with_key_file(place.join("with-key"), &key_file).await.unwrap();
    let issuer = Issuer::new();
    let login = issuer.login();
    issuer.person().process(store).put(login.clone()).await.unwrap();

    let set_writable = |is_writable| mount(&["-o", if is_writable { "remount,rw" } else { "remount,ro" }], &place);
    let errors = ["ead-only file system", "mount its file system for writing"];
    goes_on_without_writing(&Unwritable { folder: &place, set_writable: &set_writable, errors }).await;

    // A program that starts now finds the key, and the login.
    set_writable(false);
    let store = FileStore::with_key_file(place.join("with-key"), &key_file).await.unwrap();
    let found = issuer.person().process(store).token().await.unwrap();
    assert_eq!(found.access_token(), login.access_token());
    println!("\n{DONE}");
}
