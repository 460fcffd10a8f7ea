//! Programs that a test makes, to be run by it or by what it starts.

use std::path::Path;
use std::process::Command;

/// Writes a script that can be run. By a process of its own: a file that this one has open to write it cannot be run as long as another
/// thread's child has it, too, which is from its fork to the start of its program ("text file busy").
pub fn write_program(path: &Path, script: &str) {
    by_shell("printf %s \"$1\" > \"$2\" && chmod 755 \"$2\"", &[script.as_ref(), path.as_os_str()]);
}

/// The same for a program that there is.
pub fn copy_program(from: &Path, to: &Path) {
    by_shell("cp \"$1\" \"$2\" && chmod 755 \"$2\"", &[from.as_os_str(), to.as_os_str()]);
}

fn by_shell(commands: &str, arguments: &[&std::ffi::OsStr]) {
    // Other tests of the process may have another `PATH` just now.
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", commands, "sh"]).args(arguments).env("PATH", "/usr/bin:/bin");
    let done = shell.status();
    assert!(done.unwrap().success(), "{commands}");
}
