use std::fmt;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// For a machine that is very busy; a server is there within a second or two.
const LOCK_TIMEOUT: Duration = Duration::from_mins(2);

/// A server's process. It ends with this value, and with the test's process: its standard input is closed then.
pub(super) struct Process {
    child: Child,
    complaints: Receiver<String>,
}

impl Process {
    /// Starts it and waits for the line `listening <issuer>`; gives the issuer, too.
    pub(super) fn start(mut command: Command) -> (Self, String) {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("{} cannot be started ({error}): run `tests/run`, which installs it", name(&command))
        });
        let lines = lines_of(child.stdout.take().unwrap());
        let complaints = lines_of(child.stderr.take().unwrap());
        let process = Self { child, complaints };
        loop {
            match lines.recv_timeout(LOCK_TIMEOUT) {
                Ok(line) => {
                    if let Some(issuer) = line.strip_prefix("listening ") {
                        return (process, issuer.to_owned());
                    }
                }
                Err(error) => panic!("{} did not begin to listen ({error})", name(&command)),
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, and there is nothing to be done about a process that cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            for line in &self.complaints {
                eprintln!("server: {line}");
            }
        }
    }
}

fn name(command: &Command) -> impl fmt::Display {
    command.get_program().display()
}

/// Reads on even after the receiver is dropped, so that the server never waits for its reader.
fn lines_of(output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    lines
}
