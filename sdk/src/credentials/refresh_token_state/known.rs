use std::borrow::Cow;

use crate::credentials::refresh_token::{Login, Versioned};
use crate::credentials::store_backed::LocalReplica;

/// What this process knows of a login, in as little memory as it takes: most tokens of programs for themselves have none.
#[derive(Debug, Default)]
pub(super) enum Known {
    #[default]
    Nothing,
    /// That there is no login, as of this version, in this process.
    NoLogin(u64),
    Replica(Box<LocalReplica>),
}

impl Known {
    pub(super) fn of(replica: Box<LocalReplica>) -> Self {
        if replica.is_nothing() {
            return Self::Nothing;
        }
        replica.version_of_no_login().map_or_else(|| Self::Replica(replica), Self::NoLogin)
    }

    pub(super) fn into_replica(self) -> Box<LocalReplica> {
        match self {
            Self::Nothing => Box::default(),
            Self::NoLogin(version) => Box::new(LocalReplica::of_this_process(no_login(version))),
            Self::Replica(replica) => replica,
        }
    }

    pub(super) fn newest(&self) -> Option<Cow<'_, Versioned<Login>>> {
        match self {
            Self::Nothing => None,
            Self::NoLogin(version) => Some(Cow::Owned(no_login(*version))),
            Self::Replica(replica) => replica.newest().map(Cow::Borrowed),
        }
    }
}

fn no_login(version: u64) -> Versioned<Login> {
    Versioned { version, value: Login::of(None, None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::RefreshToken;

    #[test]
    fn no_login_takes_a_version_alone_and_comes_back_as_it_was() {
        let known = Known::of(Box::new(LocalReplica::of_this_process(no_login(7))));
        assert!(matches!(known, Known::NoLogin(7)), "{known:?}");
        assert_eq!(known.newest().map(|login| login.version), Some(7));
        let mut replica = known.into_replica();
        // It is here only, as it was: a store that comes later is told.
        replica.hand_over(9);
        assert_eq!(replica.newest().map(|login| login.version), Some(9));
        assert!(replica.unsaved.is_some());
    }

    #[test]
    fn whatever_else_is_known_is_kept_in_whole() {
        let useless = || {
            let mut replica = LocalReplica::of_this_process(no_login(7));
            replica.is_useless = true;
            replica
        };
        let of = |value| LocalReplica::of_this_process(Versioned { version: 7, value });
        for replica in [
            of(Login::of(Some(RefreshToken::new("refresh")), None)),
            of(Login::of(None, Some("alice".to_owned()))),
            of(Login::default()),
            LocalReplica::of_forgotten(),
            useless(),
        ] {
            let known = Known::of(Box::new(replica));
            assert!(matches!(known, Known::Replica(_)), "{known:?}");
        }
        assert!(matches!(Known::of(Box::default()), Known::Nothing));
    }
}
