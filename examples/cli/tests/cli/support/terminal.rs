use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::Home;
use super::home::program;

/// A real terminal, with the program in it.
pub(crate) struct Terminal<'a> {
    home: &'a Home,
}

impl<'a> Terminal<'a> {
    /// Starts the program in a terminal of this many columns. What follows it on the screen is its exit code: `[exit 0]`.
    pub(crate) fn start(home: &'a Home, columns: u16, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        Self::start_line(home, columns, variables, arguments, "")
    }

    /// The same, with its standard error in a file.
    pub(crate) fn start_with_errors(home: &'a Home, columns: u16, file: &Path, arguments: &[&str]) -> Self {
        Self::start_line(home, columns, &[], arguments, &format!("2>'{}'", file.display()))
    }

    fn start_line(
        home: &'a Home,
        columns: u16,
        variables: &[(&str, &str)],
        arguments: &[&str],
        redirection: &str,
    ) -> Self {
        let quoted: Vec<_> = arguments.iter().map(|argument| format!("'{argument}'")).collect();
        let words = quoted.join(" ");
        let line = format!("trap : INT; {} {words} {redirection}; printf '[exit %s]' $?; sleep 600", program());
        let terminal = Self { home };
        let mut command = terminal.tmux();
        command.envs(variables.iter().copied());
        command.args([
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            &columns.to_string(),
            "-y",
            "70",
            "sh",
            "-c",
            &line,
        ]);
        let status = command.status().expect("tmux can be run; tests/servers/install installs it");
        assert!(status.success(), "tmux does not start");
        terminal
    }

    fn tmux(&self) -> Command {
        let mut command = Command::new("tmux");
        self.home.environment(&mut command);
        command.env_remove("TMUX").env("LC_ALL", "C.UTF-8").args(["-S"]).arg(self.home.path().join("tmux"));
        command
    }

    /// What stands on the screen; with the escape sequences of colours where wanted.
    fn screen(&self, with_colours: bool) -> String {
        let mut command = self.tmux();
        command.args(["capture-pane", "-p"]);
        if with_colours {
            command.arg("-e");
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The screen, once this stands there.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) -> String {
        self.poll(text, false)
    }

    /// The same, with escape sequences.
    #[track_caller]
    pub(crate) fn wait_for_with_colours(&self, text: &str) -> String {
        self.poll(text, true)
    }

    #[track_caller]
    fn poll(&self, text: &str, with_colours: bool) -> String {
        let end = Instant::now() + Duration::from_mins(1);
        loop {
            if self.screen(false).contains(text) {
                return self.screen(with_colours);
            }
            assert!(Instant::now() < end, "no {text:?} on the screen:\n{}", self.screen(false));
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until what is typed is not shown: a question stands there a moment before.
    #[track_caller]
    pub(crate) fn wait_for_no_echo(&self) {
        let pane = self.tmux().args(["display-message", "-p", "#{pane_tty}"]).output().unwrap();
        let device = String::from_utf8(pane.stdout).unwrap();
        let end = Instant::now() + Duration::from_mins(1);
        loop {
            let settings = Command::new("stty").args(["-a", "-F", device.trim()]).output().unwrap();
            let settings = String::from_utf8(settings.stdout).unwrap();
            if settings.split_whitespace().any(|setting| setting == "-echo") {
                return;
            }
            assert!(Instant::now() < end, "what is typed is shown: {settings}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn type_keys(&self, keys: &[&str]) {
        assert!(self.tmux().arg("send-keys").args(keys).status().unwrap().success());
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        let _ = self.tmux().arg("kill-server").status();
    }
}
