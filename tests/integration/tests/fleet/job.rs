//! What a process is told to do, and what it says.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use grantkit::keys::SealingKey;
use grantkit::store::{FileStore, RedisStore, TokenStore};
use serde::{Deserialize, Serialize};

/// What a process is told, as JSON in its environment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) place: Place,
    pub(crate) issuer: String,
    pub(crate) work: Work,
    pub(crate) after_lost_response: AfterLostResponse,
}

/// For a machine on which dozens of processes start.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Where the tokens are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Place {
    Redis {
        url: String,
        /// Waits long for its answers.
        is_patient: bool,
    },
    /// With as many replicas as one, which is waited for.
    ReplicatedRedis {
        url: String,
        /// Waits long for it, too.
        is_patient: bool,
    },
    File(PathBuf),
}

/// What users have, or never to send a refresh token again: then the server sees nothing that comes twice, and what is marked as
/// spent for nothing costs a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AfterLostResponse {
    Default,
    Never,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Uses the machine's client and the person's login, whose tokens live so long, with so many tasks, until the standard input ends.
    Serve { tasks: u32, lifetime: Duration },
    /// Tries to get a token of this login until the standard input ends.
    Try { login: String },
    /// Gets one token of each of these logins; is killed at a step, if there is one.
    Once { logins: Vec<String>, killed_at: Option<(usize, When)> },
    /// Uses this login and refreshes it again and again, until the standard input ends.
    Use { login: String },
    /// Uses this login, and logs out when the standard input ends.
    LogOut { login: String },
    /// Logs in with this scope, and has that be the login when the standard input ends.
    LogIn { login: String, scope: String },
}

/// Where in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum When {
    Before,
    After,
    /// After it, and it was an error.
    Failed,
}

/// Whose token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// By client credentials.
    Machine,
    /// By a login, with a refresh token that rotates.
    Person,
}

pub(crate) const KINDS: [Kind; 2] = [Kind::Machine, Kind::Person];

/// What a process says, a line each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Event {
    /// A call of the store, or of the server: about to be made, or done. `mark` is the put that says that a refresh token is
    /// being spent.
    Step { call: String, key: String, number: usize, when: When },
    /// It has been handed a token that it had not had.
    Token { kind: Kind, token: String },
    /// What calls come to is no longer what it was.
    Turned { kind: Kind, to: Verdict },
    /// What calls for a token of the login come to is no longer what it was: the token, or what is said of the error.
    Served(Result<ServedToken, Verdict>),
    /// It waits for the standard input to end.
    Ready,
    /// Something that must never be.
    Wrong(String),
    /// What became of a login that was used once: the token, or what is said of the error.
    Outcome { login: String, token: Result<String, Verdict> },
    /// It has come to its end, after so many calls.
    Ended { calls: usize },
}

/// Its scope says of which login it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ServedToken {
    pub(crate) scope: String,
    pub(crate) token: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Verdict {
    Good,
    Retryable,
    /// The token had expired by the time that it came: the machine stood still, or it was held back until Redis was there to take the
    /// refresh token that came with it.
    TooLate,
    NeedsLogin,
    Other(String),
}

impl Verdict {
    pub(crate) fn of(error: &grantkit::Error) -> Self {
        match error {
            _ if error.needs_login() => Self::NeedsLogin,
            _ if error.to_string().contains("had expired when it arrived") => Self::TooLate,
            _ if error.is_retryable() => Self::Retryable,
            _ => Self::Other(format!("{error:?}")),
        }
    }
}

impl Place {
    pub(crate) fn open(&self) -> Arc<dyn TokenStore> {
        let key = SealingKey::new([7; 32]).unwrap();
        match self {
            Self::Redis { url, is_patient } => {
                let mut store = RedisStore::builder(url, key);
                if *is_patient {
                    store = store.connect_timeout(PATIENCE).response_timeout(PATIENCE);
                }
                Arc::new(store.build().unwrap())
            }
            Self::ReplicatedRedis { url, is_patient } => {
                let store = RedisStore::builder(url, key).connect_timeout(PATIENCE).response_timeout(PATIENCE);
                let limit = if *is_patient { PATIENCE } else { Duration::from_millis(500) };
                Arc::new(store.wait_for_replicas(1, limit).build().unwrap())
            }
            Self::File(folder) => Arc::new(FileStore::open(folder, key).unwrap()),
        }
    }
}
