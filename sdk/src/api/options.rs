use super::RetryPolicy;
use super::progress::Progress;

/// What few requests have of their own.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// In place of the client's.
    pub(super) retry: Option<RetryPolicy>,
    /// The program says so.
    pub(super) is_idempotent: bool,
    pub(super) upload: Option<Progress>,
    pub(super) download: Option<Progress>,
}

/// How a request is sent, beside what it says itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct SendOptions<'a> {
    /// What can be read, unless the request or the client says what it accepts. It is no header before the request is sent: of a request
    /// without headers no copy need be kept.
    pub(super) accept: &'static str,
    pub(super) rare: Option<&'a Options>,
}
