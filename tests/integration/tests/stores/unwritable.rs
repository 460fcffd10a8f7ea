//! A folder that cannot be written to all of a sudden. To root every folder is writable: a process of a user who is not does it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grantkit::keys::SealingKey;
use grantkit::store::FileStore;
use grantkit_integration_tests::program::copy_program;

use crate::issuer::{Issuer, Party};
use crate::other_process::other_process;
use crate::source::text;

const FOLDER: &str = "GRANTKIT_TEST_UNWRITABLE_FOLDER";
/// A user without rights here, on most systems; which one does not matter.
const OTHER_USER: u32 = 65534;
const MACHINES: &str = "machines";
const PERSONS: &str = "persons";
pub(crate) const DONE: &str = "all of it was done";

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn unwritable_folder_costs_no_token_and_no_login() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("tokens");
    fs::create_dir(&folder).unwrap();
    set_mode(&folder, 0o700);
    let mut process = other_process("unwritable::as_another_user");
    if rustix::process::geteuid().is_root() {
        // Where the other user can get at it.
        set_mode(place.path(), 0o755);
        let program = place.path().join("program");
        copy_program(&std::env::current_exe().unwrap(), &program);
        process = std::process::Command::new(program);
        process.args(["--exact", "unwritable::as_another_user", "--nocapture"]);
        chown(&folder, Some(OTHER_USER), Some(OTHER_USER)).unwrap();
        process.uid(OTHER_USER).gid(OTHER_USER);
    }
    let output = process.env(FOLDER, &folder).current_dir("/").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains(DONE), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// Of no consequence when it is run as a test: it uses the folder that the environment names, which is none then.
#[tokio::test]
async fn as_another_user() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = PathBuf::from(folder);
    let set_writable = |is_writable| {
        for name in [MACHINES, PERSONS] {
            set_mode(&folder.join(name), if is_writable { 0o700 } else { 0o500 });
        }
    };
    let errors = ["ermission denied", "chmod u+rwx"];
    goes_on_without_writing(&Unwritable { folder: &folder, set_writable: &set_writable, errors }).await;

    // A key that no user may write, its owner included.
    let (keys, store) = (folder.join("keys"), folder.join("with-key"));
    FileStore::with_key_file(&store, keys.join("key")).await.unwrap();
    set_mode(&keys.join("key"), 0o400);
    FileStore::with_key_file(&store, keys.join("key")).await.unwrap();
    println!("\n{DONE}");
}

/// A folder, and what can be done to it.
pub(crate) struct Unwritable<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) set_writable: &'a dyn Fn(bool),
    /// What errors say: what is wrong, and what cures it.
    pub(crate) errors: [&'a str; 2],
}

pub(crate) async fn goes_on_without_writing(place: &Unwritable<'_>) {
    let Unwritable { folder, set_writable, errors } = place;
    let issuer = Issuer::new();
    let open = |name| Arc::new(FileStore::open(folder.join(name), SealingKey::new([1; 32]).unwrap()).unwrap());
    let process = |party: Party, name| party.process(open(name));
    let (machine, person) = (process(issuer.machine(), MACHINES), process(issuer.person(), PERSONS));
    text(&machine).await.unwrap();
    person.put(issuer.expired_login()).await.unwrap();

    set_writable(false);
    for name in [MACHINES, PERSONS] {
        assert!(fs::write(folder.join(name).join("new"), "").is_err(), "or this shows nothing");
    }
    let requests = issuer.requests().len();
    // What can be read is read, and what would have to be written is got by each for itself.
    let headers = machine.headers().await.unwrap();
    assert_eq!(text(&process(issuer.machine(), MACHINES)).await.unwrap(), text(&machine).await.unwrap());
    machine.refresh_rejected_token(&headers).await.unwrap().unwrap();
    text(&process(issuer.machine().for_scope("other"), MACHINES)).await.unwrap();
    assert_eq!(issuer.requests().len(), requests + 2);

    // A login waits, and is told for what.
    let says_why = |error: &grantkit::Error| {
        let text = error.to_string();
        let names_it = text.contains(folder.to_str().unwrap()) && errors.iter().all(|said| text.contains(said));
        assert!(error.is_retryable() && !error.needs_login() && names_it, "{error}");
    };
    says_why(&text(&person).await.unwrap_err());
    says_why(&text(&process(issuer.person(), PERSONS)).await.unwrap_err());
    assert_eq!(issuer.refreshes(), 0, "nothing is spent whose successor could not be kept");
    // A person who logs in has the token at once, and is told that no other process has.
    let login = issuer.login();
    let logged_in = process(issuer.person(), PERSONS);
    says_why(&logged_in.put(login.clone()).await.unwrap_err());
    assert_eq!(text(&logged_in).await.unwrap(), login.access_token().secret());

    set_writable(true);
    logged_in.put(issuer.expired_login()).await.unwrap();
    let renewed = text(&logged_in).await.unwrap();
    for credentials in [person, process(issuer.person(), PERSONS)] {
        assert_eq!(text(&credentials).await.unwrap(), renewed);
    }
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}
