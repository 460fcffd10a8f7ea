//! What a script reads.

/// The exit codes, as the manual lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Anything else.
    General = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A person has to log in, or has refused to.
    Login = 3,
    /// The profile, the machine or the client at the server has to be set up.
    Configuration = 4,
    /// The server or the network: the same command may succeed later.
    Temporary = 5,
    /// Going on would be unsafe.
    Security = 6,
    /// The API answered with an error.
    Api = 7,
}

impl Code {
    /// What it is called in `--json`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Usage => "usage",
            Self::Login => "login_required",
            Self::Configuration => "configuration",
            Self::Temporary => "temporary",
            Self::Security => "security",
            Self::Api => "api",
        }
    }
}

impl Code {
    /// What to type next where the error itself does not say.
    pub(crate) fn usual_next(self) -> &'static str {
        match self {
            Self::Usage => "grantkit help",
            Self::General => "grantkit help, for what the commands do",
            Self::Login => "grantkit login",
            Self::Configuration => "grantkit profiles show",
            Self::Temporary => "the same command again, in a while",
            Self::Security => "do not repeat it; ask the operator of the server, or the administrator of this machine",
            Self::Api => "the same command with --include",
        }
    }
}

impl From<Code> for std::process::ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}

/// The table for `--help` and the manual.
pub(crate) const HELP: &str = "Exit codes:
  0  done
  1  any other error
  2  the command line is wrong
  3  a login is needed, or was refused
  4  the profile, the machine or the client's registration has to be set up
  5  the server or the network failed; try again later
  6  refused, as it would be unsafe
  7  the API answered with an error (call)
  130  ended by Ctrl-C";
