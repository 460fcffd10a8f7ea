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
