//! The life of a refresh token: one state machine, and one flow over whatever keeps it.

mod in_process;
#[cfg(test)]
mod interleavings;
mod login;
mod rules;
mod spend;
mod state_machine;
mod storage;

pub(crate) use in_process::get_token_of_configured;
pub(super) use in_process::obtain;
pub(super) use login::{Login, RefreshInFlight, Versioned, version_at};
pub use rules::AfterLostResponse;
pub(super) use rules::Rules;
pub(super) use spend::{FetchedToken, RefreshContext, fetch};
pub(super) use storage::{LoginStorage, StoreFailure};
