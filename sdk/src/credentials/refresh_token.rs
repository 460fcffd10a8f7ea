//! The life of a refresh token: one state machine, and one flow over whatever keeps it.

mod context;
mod in_process;
#[cfg(test)]
mod interleavings;
mod login;
mod rules;
mod spend;
mod state_machine;
mod storage;

pub(super) use context::RefreshContext;
pub(crate) use in_process::get_token_of_configured;
pub(super) use in_process::obtain;
pub(super) use login::{Login, RefreshInFlight, Versioned, version_at};
pub use rules::AfterLostResponse;
pub(super) use rules::Rules;
pub(super) use spend::{FetchedToken, fetch};
pub(super) use storage::{LoginStorage, StoreFailure};
