use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// This program once more, as the server of a benchmark: neither its processor time nor its allocations count. Ends when dropped.
#[derive(Debug)]
pub struct HelperProcess {
    child: Child,
    address: SocketAddr,
}

const ARGUMENT: &str = "--helper-process";

impl HelperProcess {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// Where it does not start, or does not say where it serves.
    pub fn start() -> io::Result<Self> {
        Self::run(&mut Command::new(std::env::current_exe()?))
    }

    /// Starts it with a path in an environment variable.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_with(variable: &str, path: &Path) -> io::Result<Self> {
        Self::run(Command::new(std::env::current_exe()?).env(variable, path))
    }

    fn run(command: &mut Command) -> io::Result<Self> {
        let mut child = command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let address = line.trim().parse().map_err(io::Error::other)?;
        Ok(Self { child, address })
    }

    /// Where it serves.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether this process is the helper, and not the benchmark.
    pub fn is_this() -> bool {
        std::env::args().nth(1).is_some_and(|argument| argument == ARGUMENT)
    }

    /// For the helper: tells the benchmark where it serves.
    ///
    /// # Errors
    ///
    /// Where the benchmark is gone.
    pub fn serves_at(address: SocketAddr) -> io::Result<()> {
        let mut output = io::stdout();
        writeln!(output, "{address}")?;
        output.flush()
    }
}

impl Drop for HelperProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
