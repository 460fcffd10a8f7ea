use std::borrow::Cow;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Body;
use serde_json::Value;
use url::Url;

use crate::wire::{MIN_SECRET, may_be_secret, secrets_of_header};

/// Of a body at most so many values, the longest ones, and none of a larger body: each is looked for in all that is quoted.
const MAX_VALUES: usize = 256;
const MAX_BODY: usize = 1024 * 1024;

/// What went with a request and must not be shown where the API quotes it: the token, and the values of the other headers,
/// of the query and of the body, of which any may be a key.
#[derive(Default)]
pub(super) struct SentSecrets {
    headers: Vec<(HeaderName, HeaderValue)>,
    /// None of a stream, which is gone.
    body: Option<Body>,
}

impl SentSecrets {
    /// Costs nothing where the program added no headers.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let others = headers.iter().filter(|(name, value)| **name != AUTHORIZATION && may_be_secret(name, value));
        Self { headers: others.map(|(name, value)| (name.clone(), value.clone())).collect(), body: None }
    }

    /// With the body that went out.
    pub(super) fn add_body(&mut self, body: Option<Body>) {
        self.body = body;
    }

    /// The values, with those of the URL that was requested and the token that went with it.
    pub(super) fn secrets<'a>(&'a self, url: &'a Url, authorization: &'a HeaderValue) -> Vec<Cow<'a, str>> {
        let token = (&AUTHORIZATION, authorization);
        let headers = std::iter::once(token).chain(self.headers.iter().map(|(name, value)| (name, value)));
        let headers = headers.flat_map(|(name, value)| secrets_of_header(name, value));
        let headers = headers.map(|mut secret| Cow::Owned(std::mem::take(&mut *secret)));
        let query = url.query_pairs().map(|(_, value)| value).filter(|value| value.len() >= MIN_SECRET);
        let body = self.body.as_ref().and_then(Body::as_bytes).map(values).unwrap_or_default();
        headers.chain(query).chain(body).collect()
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
    use http::header::ACCEPT;

    use super::*;

    #[test]
    fn what_may_be_a_key_is_a_secret_and_what_is_none_is_not() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert("x-api-key", HeaderValue::from_static("CANARY-of-a-header"));
        headers.insert("x-page", HeaderValue::from_static("2"));
        headers.insert("x-auth", HeaderValue::from_static("Token CANARY-behind-a-scheme"));
        let mut pin = HeaderValue::from_static("1234");
        pin.set_sensitive(true);
        headers.insert("x-pin", pin);
        let url = Url::parse("https://api.acme.dev/?page=2&key=CANARY%2Bof+a+query").unwrap();
        let sent = SentSecrets::of(&headers);
        let authorization = HeaderValue::from_static("Bearer abc");
        let mut secrets = sent.secrets(&url, &authorization);
        secrets.sort();
        let expected = [
            "1234",
            "CANARY+of a query",
            "CANARY-behind-a-scheme",
            "CANARY-of-a-header",
            "Token CANARY-behind-a-scheme",
            "abc",
        ];
        assert_eq!(secrets, expected);
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
