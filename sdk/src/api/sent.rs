use std::borrow::Cow;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST,
    USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

/// A shorter value is no secret unless it is marked as one, and occurs in every other text.
const MIN_SECRET: usize = 8;
/// What these say is no secret.
const PLAIN: [HeaderName; 8] =
    [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT];

/// What went with a request and must not be shown where the API quotes it: the token, and the values of the other headers
/// and of the query, of which any may be a key.
#[derive(Default)]
pub(super) struct Sent(Vec<HeaderValue>);

impl Sent {
    /// Costs nothing where the program added no headers.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let others = headers.iter().filter(|(name, value)| {
            **name != AUTHORIZATION && !PLAIN.contains(name) && (value.is_sensitive() || value.len() >= MIN_SECRET)
        });
        Self(others.map(|(_, value)| value.clone()).collect())
    }

    /// The values, with those of the URL that was requested and the token that went with it.
    pub(super) fn secrets<'a>(&'a self, url: &'a Url, authorization: &'a HeaderValue) -> Vec<Cow<'a, str>> {
        let header = authorization.to_str().unwrap_or_default();
        let token = header.split_once(' ').map_or(header, |(_, token)| token);
        let headers = self.0.iter().filter_map(|value| value.to_str().ok()).map(Cow::Borrowed);
        let query = url.query_pairs().map(|(_, value)| value).filter(|value| value.len() >= MIN_SECRET);
        std::iter::once(Cow::Borrowed(token)).chain(headers).chain(query).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_key_is_a_secret_and_what_is_none_is_not() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert("x-api-key", HeaderValue::from_static("CANARY-of-a-header"));
        headers.insert("x-page", HeaderValue::from_static("2"));
        let mut pin = HeaderValue::from_static("1234");
        pin.set_sensitive(true);
        headers.insert("x-pin", pin);
        let url = Url::parse("https://api.acme.dev/?page=2&key=CANARY%2Bof+a+query").unwrap();
        let sent = Sent::of(&headers);
        let authorization = HeaderValue::from_static("Bearer abc");
        let mut secrets = sent.secrets(&url, &authorization);
        secrets.sort();
        assert_eq!(secrets, ["1234", "CANARY+of a query", "CANARY-of-a-header", "abc"]);
    }
}
