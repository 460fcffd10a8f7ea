//! The life of a refresh token: one state machine, and one flow over whatever keeps it.

mod in_process;
#[cfg(test)]
mod interleavings;
mod login;
mod machine;
mod rules;
mod spend;
mod storage;

pub(crate) use in_process::get_token_of_configured;
pub(super) use in_process::obtain;
pub(super) use login::{Login, Spending, Versioned, first_version};
pub use rules::AfterLostAnswer;
pub(super) use rules::Rules;
pub(super) use spend::{Flow, Got, fetch};
pub(super) use storage::{LoginStorage, Trouble};
