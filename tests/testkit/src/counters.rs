//! What was asked of the servers, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// Defines a snapshot struct for users and the atomic struct that it is taken from.
macro_rules! counters {
    ($(#[$outer:meta])* $snapshot:ident from $tally:ident { $($(#[$doc:meta])* $field:ident,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $snapshot { $($(#[$doc])* pub $field: u64,)* }

        #[derive(Debug, Default)]
        pub(crate) struct $tally { $(pub(crate) $field: Counter,)* }

        impl $tally {
            pub(crate) fn snapshot(&self) -> $snapshot {
                $snapshot { $($field: self.$field.get(),)* }
            }
        }
    };
}

counters! {
    /// What the authorization server was asked, and what came of it, so far.
    ///
    /// Requests are counted when they have arrived, also those that a [`Fault`](crate::Fault) then answers or drops:
    /// the number of requests that a client really sent.
    Counters from Tally {
        /// Requests to `/token`, of every grant.
        token_requests,
        /// Of these: `grant_type=client_credentials`.
        client_credentials,
        /// Of these: `grant_type=authorization_code`.
        authorization_code,
        /// Of these: `grant_type=refresh_token`.
        refresh_token,
        /// Of these: the polls of devices (RFC 8628).
        device_code,
        /// Of these: the polls of clients that ask a user elsewhere (CIBA).
        backchannel,
        /// Of these: token exchanges (RFC 8693).
        token_exchange,
        /// Of these: assertions (RFC 7523).
        jwt_bearer,
        /// Requests to `/bc-authorize`.
        backchannel_authentications,
        /// Requests to `/par`.
        pushed_requests,
        /// Requests to `/register`.
        registrations,
        /// Sessions that were ended at `/end_session`.
        logouts,
        /// Requests to `/device_authorization`.
        device_authorizations,
        /// Requests to `/authorize`.
        authorization_requests,
        /// Requests to `/revoke`.
        revocations,
        /// Requests to `/introspect`.
        introspections,
        /// Requests to `/userinfo`.
        userinfo,
        /// Requests to either metadata document.
        discovery,
        /// Requests to `/jwks`.
        jwks,
        /// Requests that a fault was applied to.
        faults_applied,
        /// Access tokens issued.
        access_tokens_issued,
        /// Refresh tokens issued.
        refresh_tokens_issued,
        /// Refresh tokens that were sent again after they had been rotated.
        reused_refresh_tokens,
        /// Refresh tokens that were sent again within the grace period, and exchanged.
        refresh_tokens_in_grace,
        /// Authorization codes that were sent again after they had been redeemed.
        reused_codes,
        /// Families of tokens (all that came of one login) that were revoked, for reuse or by request.
        revoked_families,
    }
}

counters! {
    /// What the protected API was asked, and what it answered, so far.
    ApiCounters from ApiTally {
        /// Requests that have arrived, also those that a [`Fault`](crate::Fault) then answers or drops.
        requests,
        /// Requests whose token was good.
        accepted,
        /// Requests that were answered 401 or 403 for their token's sake.
        rejected,
        /// Requests that a fault was applied to.
        faults_applied,
    }
}

/// A number that only goes up.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn bump(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
