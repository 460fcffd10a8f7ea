//! What went wrong, and what to type next.

use std::error::Error as StdError;
use std::io;

use grantkit::error::ErrorKind;

use crate::exit_code::Code;

/// An error as it is shown: one sentence, its causes, and the next command.
#[derive(Debug)]
pub(crate) struct Failure {
    code: Code,
    message: String,
    causes: Vec<String>,
    next: Option<String>,
    is_closed_pipe: bool,
}

impl Failure {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), causes: Vec::new(), next: None, is_closed_pipe: false }
    }

    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self::new(Code::General, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    pub(crate) fn login(message: impl Into<String>) -> Self {
        Self::new(Code::Login, message)
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(Code::Configuration, message)
    }

    pub(crate) fn temporary(message: impl Into<String>) -> Self {
        Self::new(Code::Temporary, message)
    }

    pub(crate) fn security(message: impl Into<String>) -> Self {
        Self::new(Code::Security, message)
    }

    pub(crate) fn api(message: impl Into<String>) -> Self {
        Self::new(Code::Api, message)
    }

    /// Adds the error that it came of.
    pub(crate) fn caused_by(mut self, cause: &dyn StdError) -> Self {
        self.causes.push(cause.to_string());
        self.causes.extend(chain(cause.source()));
        self
    }

    /// Sets what to type next, unless there is something already.
    pub(crate) fn or_next(mut self, next: impl Into<String>) -> Self {
        self.next.get_or_insert_with(|| next.into());
        self
    }

    /// What to type next where it is about a login or the configuration of this profile.
    pub(crate) fn of_profile(self, profile: &str) -> Self {
        match self.code {
            Code::Login => self.or_next(format!("grantkit login {profile}")),
            Code::Configuration => self.or_next(format!("grantkit profiles show {profile}")),
            _ => self,
        }
    }

    pub(crate) fn exit_code(&self) -> Code {
        self.code
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn causes(&self) -> &[String] {
        &self.causes
    }

    pub(crate) fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Whether the reader of the output has gone, as `head` does: no error.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }
}

/// Deeper ones say nothing new.
const MAX_CAUSES: usize = 6;

/// A cause often ends in what its own cause says.
fn chain(first: Option<&(dyn StdError + 'static)>) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    let mut next = first;
    while let Some(cause) = next.filter(|_| causes.len() < MAX_CAUSES) {
        let text = cause.to_string();
        if causes.last().is_none_or(|last| !last.contains(&text)) {
            causes.push(text);
        }
        next = cause.source();
    }
    causes
}

impl From<grantkit::Error> for Failure {
    fn from(error: grantkit::Error) -> Self {
        let code = match error.kind() {
            ErrorKind::LoginRequired | ErrorKind::Denied => Code::Login,
            ErrorKind::Configuration => Code::Configuration,
            ErrorKind::Security => Code::Security,
            ErrorKind::Temporary => Code::Temporary,
            _ => Code::General,
        };
        let mut failure = Self::new(code, error.to_string());
        failure.causes = chain(error.source());
        if code == Code::Temporary {
            failure.next = Some("the same command again, in a while".to_owned());
        }
        failure
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { is_closed_pipe, ..Self::general(error.to_string()) }
    }
}
