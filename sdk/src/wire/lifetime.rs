use std::time::Duration;

use http::HeaderMap;
use http::header::{AGE, CACHE_CONTROL};

/// Where the server says nothing.
const USUAL: Duration = Duration::from_hours(1);
/// A document that is "not to be stored" is stored all the same: without it every token would cost a request.
const MIN_LIFETIME: Duration = Duration::from_mins(5);
/// After a day at the latest what was taken out of it, a key or an endpoint, is not believed any more.
const MAX_LIFETIME: Duration = Duration::from_hours(24);

/// How long an answer may be kept, by its `Cache-Control` and `Age` (RFC 9111 §4.2), within our own bounds.
pub(crate) fn lifetime(headers: &HeaderMap) -> Duration {
    let mut granted = None;
    for header in headers.get_all(CACHE_CONTROL) {
        for directive in header.to_str().unwrap_or_default().split(',') {
            match directive.trim().to_ascii_lowercase().as_str() {
                "no-store" | "no-cache" => return MIN_LIFETIME,
                other => granted = granted.or_else(|| seconds(other.strip_prefix("max-age=")?)),
            }
        }
    }
    let age = headers.get(AGE).and_then(|age| seconds(age.to_str().ok()?)).unwrap_or_default();
    granted.map_or(USUAL, |granted| granted.saturating_sub(age).clamp(MIN_LIFETIME, MAX_LIFETIME))
}

fn seconds(text: &str) -> Option<Duration> {
    text.trim().trim_matches('"').parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cache_control_is_honoured_within_bounds() {
        let cases = [
            (&[][..], 3600),
            (&[("cache-control", "public, max-age=7200")], 7200),
            (&[("cache-control", "Max-Age=\"7200\"")], 7200),
            (&[("cache-control", "public"), ("cache-control", "max-age=7200")], 7200),
            (&[("cache-control", "max-age=7200"), ("age", "1000")], 6200),
            (&[("cache-control", "max-age=7200"), ("age", "9999")], 300),
            (&[("cache-control", "max-age=0")], 300),
            (&[("cache-control", "max-age=7200, no-store")], 300),
            (&[("cache-control", "max-age=18446744073709551615")], 24 * 3600),
            (&[("cache-control", "max-age=99999999999999999999999")], 3600),
            (&[("cache-control", "max-age=-1")], 3600),
            (&[("cache-control", "max-age")], 3600),
        ];
        for (headers, expected) in cases {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(*name, value.parse().unwrap());
            }
            assert_eq!(lifetime(&map).as_secs(), expected, "{headers:?}");
        }
    }
}
