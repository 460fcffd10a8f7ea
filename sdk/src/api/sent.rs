use std::borrow::Cow;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST,
    USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Request};
use serde_json::Value;
use url::Url;

/// A shorter value is no secret unless it is marked as one, and occurs in every other text.
const MIN_SECRET: usize = 8;
/// What these say is no secret.
const PLAIN: [HeaderName; 8] =
    [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT];

/// Of a body at most so many values, the longest ones, and none of a larger body: each is looked for in all that is quoted.
const MAX_VALUES: usize = 256;
const MAX_BODY: usize = 1024 * 1024;

/// What went with a request and must not be shown where the API quotes it: the token, and the values of the other headers,
/// of the query and of the body, of which any may be a key.
#[derive(Default)]
pub(super) struct Sent {
    headers: Vec<HeaderValue>,
    /// None of a stream, which is gone.
    body: Option<Body>,
}

impl Sent {
    /// Costs nothing where the program added no headers.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let others = headers.iter().filter(|(name, value)| {
            **name != AUTHORIZATION && !PLAIN.contains(name) && (value.is_sensitive() || value.len() >= MIN_SECRET)
        });
        Self { headers: others.map(|(_, value)| value.clone()).collect(), body: None }
    }

    /// With the body of this copy of the request.
    pub(super) fn add_body(&mut self, copy: Option<Request>) {
        self.body = copy.and_then(|mut copy| copy.body_mut().take());
    }

    /// The values, with those of the URL that was requested and the token that went with it.
    pub(super) fn secrets<'a>(&'a self, url: &'a Url, authorization: &'a HeaderValue) -> Vec<Cow<'a, str>> {
        let header = authorization.to_str().unwrap_or_default();
        let token = header.split_once(' ').map_or(header, |(_, token)| token);
        let headers = self.headers.iter().filter_map(|value| value.to_str().ok()).map(Cow::Borrowed);
        let query = url.query_pairs().map(|(_, value)| value).filter(|value| value.len() >= MIN_SECRET);
        let body = self.body.as_ref().and_then(Body::as_bytes).map(values).unwrap_or_default();
        std::iter::once(Cow::Borrowed(token)).chain(headers).chain(query).chain(body).collect()
    }
}

/// The texts in a body: those of JSON, of a form, or all of it.
fn values(body: &[u8]) -> Vec<Cow<'_, str>> {
    let mut found = Vec::new();
    let Some(text) = std::str::from_utf8(body).ok().filter(|text| text.len() <= MAX_BODY) else { return found };
    if let Ok(json) = serde_json::from_str(text) {
        texts(json, &mut found);
    } else {
        // Where it is no form, there is one name without a value.
        found.extend(form_urlencoded::parse(body).map(|(_, value)| value));
        found.push(Cow::Borrowed(text.trim()));
    }
    found.retain(|text| text.len() >= MIN_SECRET);
    found.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    found.dedup();
    found.truncate(MAX_VALUES);
    found
}

fn texts(json: Value, found: &mut Vec<Cow<'_, str>>) {
    match json {
        Value::String(text) => found.push(Cow::Owned(text)),
        Value::Array(values) => values.into_iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.into_iter().for_each(|(_, value)| texts(value, found)),
        _ => {}
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

    #[test]
    fn the_texts_of_a_body_are_secrets() {
        let of = |body: &'static str| values(body.as_bytes());
        assert_eq!(of(r#"{"a":"CANARY-\u0031","b":[{"c":"CANARY-22"},"short",12345678]}"#), ["CANARY-22", "CANARY-1"]);
        assert_eq!(of("a=CANARY%2D1&b=short"), ["a=CANARY%2D1&b=short", "CANARY-1"]);
        assert_eq!(of(" CANARY of a text\n"), ["CANARY of a text"]);
        assert!(of("").is_empty() && values(&[0xff, 0xfe, 0xff]).is_empty());
        let many = serde_json::to_vec(&(0..10_000).map(|n| format!("number {n}")).collect::<Vec<_>>()).unwrap();
        assert_eq!(values(&many).len(), MAX_VALUES);
    }
}
