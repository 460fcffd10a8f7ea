//! Which parts of a request's headers an answer must not be quoted with: any header may hold a key, unless it is known to be plain.

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST,
    PROXY_AUTHORIZATION, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

/// A shorter value is no secret unless it is marked as one, and occurs in every other text.
pub(crate) const MIN_SECRET: usize = 8;
/// What these say is no secret, unless it is marked as one.
static PLAIN: [HeaderName; 8] =
    [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT];
/// What these say is a secret, however short it is.
static CREDENTIALS: [HeaderName; 3] = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE];

/// Whether a header is to be kept for [`secrets_of_header`].
pub(crate) fn may_be_secret(name: &HeaderName, value: &HeaderValue) -> bool {
    least(name, value).is_some_and(|least| value.len() >= least)
}

/// All that is secret in these headers.
pub(crate) fn header_secrets(headers: &HeaderMap) -> Vec<Zeroizing<String>> {
    headers.iter().flat_map(|(name, value)| secrets_of_header(name, value)).collect()
}

/// What is secret in a header: the value, what stands behind its scheme (`Bearer`), and its parameters, each of which a server may quote
/// without the rest.
pub(crate) fn secrets_of_header(name: &HeaderName, value: &HeaderValue) -> Vec<Zeroizing<String>> {
    let Some(least) = least(name, value) else { return Vec::new() };
    // A header can hold any bytes; those of other encodings are not found either.
    let Ok(text) = std::str::from_utf8(value.as_bytes()) else { return Vec::new() };
    let behind_scheme = text.trim().split_once(' ').map(|(_, rest)| rest.trim());
    // There the first word is always the scheme (RFC 9110 §11.4), and no secret: texts and challenges have it, too.
    let has_scheme = behind_scheme.is_some() && [AUTHORIZATION, PROXY_AUTHORIZATION].contains(name);
    let whole = (!has_scheme).then_some(text);
    let is_long = |text: &&str| text.len() >= MIN_SECRET;
    let parameters = text.split([',', ';']).filter_map(|item| Some(item.split_once('=')?.1.trim().trim_matches('"')));
    let found = whole.into_iter().chain(behind_scheme).filter(|text| !text.is_empty() && text.len() >= least);
    found.chain(parameters.filter(is_long)).map(|text| Zeroizing::new(text.to_owned())).collect()
}

/// How long a secret in this header is at least; `None` where there is none.
fn least(name: &HeaderName, value: &HeaderValue) -> Option<usize> {
    if value.is_sensitive() || CREDENTIALS.contains(name) {
        Some(1)
    } else {
        (!PLAIN.contains(name)).then_some(MIN_SECRET)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(name: &'static str, value: &'static str) -> Vec<String> {
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
        header_secrets(&headers).iter().map(|secret| secret.to_string()).collect()
    }

    #[test]
    fn a_value_is_a_secret_and_so_is_what_stands_behind_its_scheme() {
        for (name, value, expected) in [
            ("authorization", "Bearer k", &["k"][..]),
            ("authorization", "k", &["k"]),
            ("cookie", "sid=CANARY-1; b=2", &["sid=CANARY-1; b=2", "b=2", "CANARY-1"]),
            ("x-auth", "Token CANARY-1", &["Token CANARY-1", "CANARY-1"]),
            ("x-auth", "Token  token=\"CANARY-1\"", &["Token  token=\"CANARY-1\"", "token=\"CANARY-1\"", "CANARY-1"]),
            ("x-api-key", "CANARY-1", &["CANARY-1"]),
            ("x-page", "2", &[]),
            ("metadata-flavor", "Google", &[]),
            ("accept", "application/json", &[]),
            ("user-agent", "a program of a long name", &[]),
        ] {
            assert_eq!(secrets(name, value), expected, "{name}: {value}");
        }
    }

    #[test]
    fn header_value_marked_sensitive_is_a_secret_however_short() {
        let mut pin = HeaderValue::from_static("1234");
        pin.set_sensitive(true);
        for name in [HeaderName::from_static("x-pin"), USER_AGENT] {
            assert!(may_be_secret(&name, &pin), "{name}");
            assert_eq!(secrets_of_header(&name, &pin).len(), 1, "{name}");
        }
    }
}
