use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, StatusCode};

use super::headers::{MAX_RETRY_AFTER, date, retry_after};
use super::list_header::ListMember;
use crate::error::StatusClass;
use crate::text::ServerText;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The prefixes of the three headers that came before, the one that says the most first.
const TRIPLES: [&str; 4] = ["ratelimit", "x-ratelimit", "x-rate-limit", "x-rate-limit-app"];

/// A number of seconds above this is a date since 1970, and one above the second is that in milliseconds: no limit lasts for 30 years.
const EPOCH_SECONDS: f64 = 1e9;
const EPOCH_MILLISECONDS: f64 = 1e12;

/// How many more requests an API takes, and until when, as its answer says.
///
/// [`ApiResponse::rate_limit`](crate::api::ApiResponse::rate_limit) returns it. It is read from `RateLimit` and `RateLimit-Policy`
/// (draft-ietf-httpapi-ratelimit-headers, of all versions), and from `X-RateLimit-Limit`, `-Remaining` and `-Reset`, also as
/// `X-Rate-Limit-…`, with the reset as seconds or as a date since 1970.
///
/// ```
/// use grantkit::api::RateLimit;
/// use http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("ratelimit", HeaderValue::from_static(r#""hour";r=12;t=60"#));
/// headers.insert("ratelimit-policy", HeaderValue::from_static(r#""hour";q=1000;w=3600"#));
/// let limit = RateLimit::from_headers(&headers).unwrap();
/// assert_eq!((limit.remaining(), limit.limit()), (Some(12), Some(1000)));
/// assert_eq!(limit.reset_after().unwrap().as_secs(), 60);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RateLimit {
    policy: Option<ServerText>,
    limit: Option<u64>,
    remaining: Option<u64>,
    reset_after: Option<Duration>,
    window: Option<Duration>,
}

impl RateLimit {
    /// What these headers of an answer say; of several limits, the tightest. An end that is a date counts from the answer's
    /// `Date`.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let tightest = |one: &Self| (one.remaining.unwrap_or(u64::MAX), std::cmp::Reverse(one.reset_after));
        Self::standard(headers)
            .into_iter()
            .min_by_key(tightest)
            .or_else(|| TRIPLES.iter().find_map(|prefix| Self::triple(headers, prefix)))
    }

    /// The name of the policy that it belongs to, where the API has several.
    pub fn policy(&self) -> Option<&str> {
        self.policy.as_ref().map(ServerText::as_str)
    }

    /// How many requests, or other units, the API takes in a [`window`](Self::window).
    pub fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// How many are left.
    pub fn remaining(&self) -> Option<u64> {
        self.remaining
    }

    /// When there will be more, from when the answer came.
    pub fn reset_after(&self) -> Option<Duration> {
        self.reset_after
    }

    /// The time that the limit is for.
    pub fn window(&self) -> Option<Duration> {
        self.window
    }

    /// Whether none is left: another request before [`reset_after`](Self::reset_after) will be refused.
    pub fn is_exhausted(&self) -> bool {
        self.remaining == Some(0)
    }

    /// The two headers of the draft.
    fn standard(headers: &HeaderMap) -> Vec<Self> {
        if !headers.contains_key(RATE_LIMIT) {
            return Vec::new();
        }
        let policies = ListMember::all(headers, &RATE_LIMIT_POLICY);
        let members = ListMember::all(headers, &RATE_LIMIT);
        // Versions 04 to 07: one limit, its parts as members.
        let part = |name: &str| {
            members.iter().find_map(|member| member.value.strip_prefix(name)?.strip_prefix('=')?.trim().parse().ok())
        };
        if let Some(remaining) = part("remaining") {
            let reset_after = part("reset").map(Duration::from_secs);
            let window = policies.first().and_then(|policy| seconds(policy.get("w")?));
            return vec![Self { policy: None, limit: part("limit"), remaining: Some(remaining), reset_after, window }];
        }
        members.iter().filter_map(|member| Self::of_member(member, &policies)).collect()
    }

    fn of_member(member: &ListMember, policies: &[ListMember]) -> Option<Self> {
        let remaining = member.get("r")?.parse().ok()?;
        let policy = policies.iter().find(|policy| policy.value == member.value);
        Some(Self {
            policy: Some(ServerText::new(&member.value)),
            limit: policy.and_then(|policy| policy.get("q")?.parse().ok()),
            remaining: Some(remaining),
            reset_after: member.get("t").and_then(seconds),
            window: policy.and_then(|policy| seconds(policy.get("w")?)),
        })
    }

    /// Three headers, one for each part.
    fn triple(headers: &HeaderMap, prefix: &str) -> Option<Self> {
        let get = |part: &str| headers.get(format!("{prefix}-{part}"))?.to_str().ok().map(str::trim);
        let remaining = get("remaining")?.parse().ok()?;
        // `100, 100;w=60` in versions up to 06.
        let limit = get("limit").and_then(|limit| limit.split([',', ';']).next()?.trim().parse().ok());
        let after = get("reset-after").and_then(seconds);
        let reset_after = after.or_else(|| get("reset").and_then(|reset| until(reset, headers)));
        Some(Self { policy: None, limit, remaining: Some(remaining), reset_after, window: None })
    }
}

/// How long the API asks a request that it refused to wait: `Retry-After`, or until the limit that is used up is so no more; an hour at
/// the most.
pub(crate) fn wait_asked_for(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let by_limit = || match StatusClass::of(status) {
        // GitHub says so by 403.
        StatusClass::RateLimited | StatusClass::Unavailable | StatusClass::Forbidden => {
            let wait = RateLimit::from_headers(headers).filter(RateLimit::is_exhausted)?.reset_after?;
            Some(wait.min(MAX_RETRY_AFTER))
        }
        _ => None,
    };
    retry_after(headers).or_else(by_limit)
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

/// A number of seconds, or a date since 1970.
fn until(text: &str, headers: &HeaderMap) -> Option<Duration> {
    let number: f64 = text.parse().ok()?;
    let end = if number >= EPOCH_MILLISECONDS {
        number / 1000.0
    } else if number >= EPOCH_SECONDS {
        number
    } else {
        return Duration::try_from_secs_f64(number).ok();
    };
    Some(Duration::try_from_secs_f64(end).ok()?.saturating_sub(date(headers)?))
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("policy", &self.policy())
            .field("limit", &self.limit)
            .field("remaining", &self.remaining)
            .field("reset_after", &self.reset_after)
            .field("window", &self.window)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&'static str, &str)]) -> Option<RateLimit> {
        let headers =
            pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect();
        RateLimit::from_headers(&headers)
    }

    type Parts = (Option<u64>, Option<u64>, Option<u64>, Option<u64>);

    fn parts(pairs: &[(&'static str, &str)]) -> Option<Parts> {
        let limit = of(pairs)?;
        let seconds = |time: Option<Duration>| time.map(|time| time.as_secs());
        Some((limit.limit(), limit.remaining(), seconds(limit.reset_after()), seconds(limit.window())))
    }

    #[test]
    fn each_version_of_the_draft_is_read() {
        // Version 10, §4.
        let two = [
            ("ratelimit", r#""default";r=50;t=30, "daily";r=7;t=3600;pk=:sdfjLJUOUH==:"#),
            ("ratelimit-policy", r#""default";q=100;w=10;qu="requests", "daily";q=1000;w=86400"#),
        ];
        assert_eq!(parts(&two), Some((Some(1000), Some(7), Some(3600), Some(86400))));
        assert_eq!(of(&two).unwrap().policy(), Some("daily"));
        assert_eq!(parts(&[("ratelimit", r#""default";r=999"#)]), Some((None, Some(999), None, None)));
        // Version 07.
        let old = [("ratelimit", "limit=100, remaining=50, reset=5"), ("ratelimit-policy", "100;w=60")];
        assert_eq!(parts(&old), Some((Some(100), Some(50), Some(5), Some(60))));
        // Version 06.
        let older = [("ratelimit-limit", "100, 100;w=60"), ("ratelimit-remaining", "9"), ("ratelimit-reset", "50")];
        assert_eq!(parts(&older), Some((Some(100), Some(9), Some(50), None)));
    }

    #[test]
    fn what_was_there_before_the_draft_is_read() {
        let old = [("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "90")];
        assert_eq!(parts(&old), Some((Some(60), Some(0), Some(90), None)));
        assert!(of(&old).unwrap().is_exhausted());
        // GitHub's and Okta's resets are dates: of 2001-09-09 and later.
        let date = ("date", "Sun, 09 Sep 2001 01:46:40 GMT");
        for (reset, expected) in [("1000000060", 60), ("1000000060000", 60), ("1000000000", 0), ("12.5", 12)] {
            let okta =
                [("x-rate-limit-limit", "600"), ("x-rate-limit-remaining", "599"), ("x-rate-limit-reset", reset), date];
            assert_eq!(parts(&okta), Some((Some(600), Some(599), Some(expected), None)), "{reset}");
        }
        let discord = [("x-ratelimit-remaining", "4"), ("x-ratelimit-reset", "1"), ("x-ratelimit-reset-after", "64.5")];
        assert_eq!(parts(&discord), Some((None, Some(4), Some(64), None)));
    }

    #[test]
    fn a_refused_request_waits_until_the_limit_is_reset() {
        let headers = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
        };
        let exhausted: HeaderMap = headers(&[("ratelimit", "\"a\";r=0;t=30")]);
        for (status, expected) in [(429, Some(30)), (503, Some(30)), (403, Some(30)), (404, None), (500, None)] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(wait_asked_for(status, &exhausted), expected.map(Duration::from_secs), "{status}");
        }
        let status = StatusCode::TOO_MANY_REQUESTS;
        for (pairs, expected) in [
            (&[("ratelimit", "\"a\";r=0;t=30"), ("retry-after", "7")][..], Some(7)),
            (&[("ratelimit", "\"a\";r=0;t=999999")], Some(3600)),
            (&[("ratelimit", "\"a\";r=1;t=30")], None),
            (&[], None),
        ] {
            assert_eq!(wait_asked_for(status, &headers(pairs)), expected.map(Duration::from_secs), "{pairs:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for pairs in [
            &[][..],
            &[("ratelimit", "")],
            &[("ratelimit", "\"a\"")],
            &[("ratelimit", "\"a\";r=-1")],
            &[("ratelimit", "\"a;r=1")],
            &[("x-ratelimit-remaining", "many")],
            &[("x-ratelimit-limit", "60")],
        ] {
            assert_eq!(of(pairs), None, "{pairs:?}");
        }
        let endless = of(&[("ratelimit", "\"a\";r=1;t=1e300"), ("ratelimit-policy", "\"a\";q=x;w=-1")]).unwrap();
        assert_eq!((endless.limit(), endless.reset_after(), endless.window()), (None, None, None));
    }
}
