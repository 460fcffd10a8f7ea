use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderValue;

use super::headers::{AuthorizationHeaders, request_not_known};
use super::policy::RefreshPolicy;
use super::sync::AtomicU64;
use crate::error::Result;
use crate::telemetry::Age;
use crate::time::{self, ClockReading, Time};
use crate::token::{OAuthToken, TokenType};

/// A token that can be handed out, and until when.
///
/// What a reader needs comes first, so that it lies on as few cache lines as can be.
#[repr(C)]
pub(super) struct CachedToken {
    expires: Deadline,
    /// Nanoseconds of the monotonic clock at which a reader looks whether the token is to be renewed.
    refresh_at: AtomicU64,
    /// What `Authorization` says; none where that takes a proof of possession, too.
    header: Option<HeaderValue>,
    token: OAuthToken,
    copies: Copies,
    age: Age,
    /// Nanoseconds of the monotonic clock at which a quarter of its life is over.
    first_quarter: u64,
}

/// What a look at the clock says of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    /// Still good, but it is time to think about the next one.
    Stale,
    Expired,
}

/// A point of both clocks, in nanoseconds.
#[derive(Clone, Copy)]
struct Deadline {
    monotonic: u64,
    wall: u64,
}

const NEVER: u64 = u64::MAX;

impl CachedToken {
    /// A token of this client whose life counts from `received`.
    pub(super) fn new(client: &str, token: OAuthToken, received: ClockReading, policy: &RefreshPolicy) -> Self {
        let (expires, first_quarter, refresh_at) = match lifetime(&token, received) {
            None => (Deadline { monotonic: NEVER, wall: NEVER }, NEVER, NEVER),
            Some(lifetime) => {
                let usable = policy.expire_after(lifetime);
                let renew = policy.renew_after(lifetime, fastrand::f64());
                let expires = Deadline {
                    monotonic: nanos(received.monotonic.saturating_add(usable)),
                    wall: nanos(received.wall.saturating_add(usable)),
                };
                let at = |age| nanos(received.monotonic.saturating_add(age));
                (expires, at(lifetime / 4), at(renew))
            }
        };
        let age = Age::new(client, received.monotonic);
        let (refresh_at, header, copies) = (AtomicU64::new(refresh_at), header_of(&token), Copies::default());
        Self { expires, refresh_at, header, token, copies, age, first_quarter }
    }

    /// The same token, which is handed out no more.
    pub(super) fn withdrawn(&self) -> Self {
        let Self { expires: _, refresh_at, header, token, copies: _, age, first_quarter } = self;
        Self {
            expires: Deadline { monotonic: 0, wall: 0 },
            refresh_at: AtomicU64::new(refresh_at.load(Ordering::Relaxed)),
            header: header.clone(),
            token: token.clone(),
            copies: Copies::default(),
            age: age.clone(),
            first_quarter: *first_quarter,
        }
    }

    pub(super) fn is_good(&self, now: ClockReading) -> bool {
        self.freshness(now) != Freshness::Expired
    }

    #[inline]
    pub(super) fn freshness(&self, now: ClockReading) -> Freshness {
        let monotonic = nanos(now.monotonic);
        if monotonic >= self.expires.monotonic || nanos(now.wall) >= self.expires.wall {
            Freshness::Expired
        } else if monotonic >= self.refresh_at.load(Ordering::Relaxed) {
            Freshness::Stale
        } else {
            Freshness::Fresh
        }
    }

    /// Whether more than a quarter of its life is over.
    pub(super) fn has_lived_a_while(&self, now: ClockReading) -> bool {
        nanos(now.monotonic) >= self.first_quarter
    }

    /// Keeps readers on the short way until then: a renewal is on its way, or has failed.
    pub(super) fn schedule_refresh(&self, at: Duration) {
        self.refresh_at.store(nanos(at), Ordering::Relaxed);
    }

    /// No reader needs to look until the token has expired.
    pub(super) fn suspend_refresh(&self) {
        self.refresh_at.store(NEVER, Ordering::Relaxed);
    }

    /// Whether this is the token.
    pub(super) fn holds(&self, token: &OAuthToken) -> bool {
        self.token.access_token() == token.access_token()
    }

    /// Whether the token ends before this one.
    pub(super) fn outlives(&self, token: &OAuthToken) -> bool {
        token.expires_at().zip(self.token.expires_at()).is_some_and(|(its_end, end)| its_end < end)
    }

    /// How long until a reader would look whether the token is to be renewed; `None` where none would.
    pub(super) fn time_until_refresh(&self, now: ClockReading) -> Option<Duration> {
        let refresh_at = self.refresh_at.load(Ordering::Relaxed);
        (refresh_at != NEVER).then(|| Duration::from_nanos(refresh_at.saturating_sub(nanos(now.monotonic))))
    }

    /// Whether this is the token that the headers are of.
    pub(super) fn is_of(&self, headers: &AuthorizationHeaders) -> bool {
        headers.are_of(&self.token)
    }

    /// The token, for immediate use.
    #[inline]
    pub(super) fn token(&self, now: ClockReading) -> OAuthToken {
        self.age.used(now.monotonic);
        self.copies.of_this_thread(&self.token).unwrap_or(&self.token).clone()
    }

    /// The value of `Authorization`, for immediate use.
    #[inline]
    pub(super) fn header(&self, now: ClockReading) -> Result<HeaderValue> {
        self.age.used(now.monotonic);
        let header = match self.copies.of_this_thread(&self.token) {
            None => self.header.clone(),
            Some(copy) => header_of(copy),
        };
        header.ok_or_else(request_not_known)
    }
}

#[inline]
fn header_of(token: &OAuthToken) -> Option<HeaderValue> {
    match token.token_type() {
        TokenType::Bearer => Some(token.authorization_header()),
        TokenType::DPoP => None,
    }
}

/// How long the token lives from `received` on.
pub(super) fn lifetime(token: &OAuthToken, received: ClockReading) -> Option<Duration> {
    match (token.expires_in(), token.expires_at()) {
        // Its whole life, less what has passed of it: it may have been kept somewhere before it came here.
        (Some(whole), Some(end)) => Some(whole.min(since_epoch(end).saturating_sub(received.wall))),
        (None, Some(end)) => Some(since_epoch(end).saturating_sub(received.wall)),
        (whole, None) => whole,
    }
}

/// A token that has come, with its end by this clock. Where that was reckoned from a lifetime it is by the machine's clock, as no
/// answer knows the clock of who reads it; a point in time that was given stays.
pub(super) fn by_clock(token: OAuthToken, time: &Time) -> OAuthToken {
    let (Some(_), Some(whole), Some(end)) = (time.given(), token.expires_in(), token.expires_at()) else {
        return token;
    };
    let left = end.duration_since(time::wall_clock()).unwrap_or_default().min(whole);
    let received = UNIX_EPOCH.checked_add(time.now().wall.saturating_add(left).saturating_sub(whole));
    received.into_iter().fold(token, |token, received| token.with_lifetime(whole, received))
}

fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[inline]
fn nanos(duration: Duration) -> u64 {
    // 584 years fit.
    duration.as_secs().saturating_mul(1_000_000_000).saturating_add(u64::from(duration.subsec_nanos()))
}

/// More threads than this share copies with each other.
const COPIES: usize = 16;
/// A token that is read less often by others than its first reader is not worth the memory of copies.
const READS_WORTH_A_COPY: u32 = 1000;

/// A copy of the token for each thread: a reference count that two threads bump costs them twice as much as the rest of
/// the way. The thread that comes first uses the original, so that a token with one reader has no copies.
#[derive(Default)]
#[repr(C)]
struct Copies {
    first_reader: AtomicU32,
    reads_by_others: AtomicU32,
    others: OnceLock<Box<[OnceLock<OAuthToken>; COPIES]>>,
}

impl Copies {
    /// The copy of this thread; `None` where it uses the original.
    #[inline]
    fn of_this_thread(&self, original: &OAuthToken) -> Option<&OAuthToken> {
        let thread = thread_number();
        if self.first_reader.load(Ordering::Relaxed) == thread { None } else { self.for_another(thread, original) }
    }

    #[inline]
    fn for_another(&self, thread: u32, original: &OAuthToken) -> Option<&OAuthToken> {
        let copy = self.others.get().and_then(|others| others.get(place_of(thread))?.get());
        copy.or_else(|| self.without_a_copy(thread, original))
    }

    #[cold]
    fn without_a_copy(&self, thread: u32, original: &OAuthToken) -> Option<&OAuthToken> {
        let is_first = self.first_reader.compare_exchange(0, thread, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if is_first || self.reads_by_others.fetch_add(1, Ordering::Relaxed) < READS_WORTH_A_COPY {
            return None;
        }
        let others = self.others.get_or_init(Box::default);
        Some(others.get(place_of(thread))?.get_or_init(|| original.unshared()))
    }
}

#[inline]
fn place_of(thread: u32) -> usize {
    thread as usize % COPIES
}

/// A small number for each thread, from 1.
#[inline]
fn thread_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    thread_local!(static NUMBER: Cell<u32> = const { Cell::new(0) });
    NUMBER.with(|number| {
        if number.get() == 0 {
            number.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        number.get()
    })
}

impl fmt::Debug for CachedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedToken").field("token", &self.token).finish_non_exhaustive()
    }
}
