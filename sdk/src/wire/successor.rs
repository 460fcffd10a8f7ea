use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::lenient::{as_text, wipe, without_bom};
use crate::token::RefreshToken;

/// What an answer of success says of the refresh token that it answers to.
#[derive(Debug)]
pub(crate) enum Successor {
    Given(RefreshToken),
    /// Without a new one the old one stays (RFC 6749 §6).
    SentOneStays,
}

/// The members of an answer that tell of a refresh token, read as far as the answer can be read: whatever else is wrong with it, the
/// token that was sent is spent by now.
#[derive(Default)]
pub(super) struct TokenMembers {
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) has_access_token: bool,
    /// The object has an end.
    pub(super) is_whole: bool,
}

impl TokenMembers {
    pub(super) fn read(body: &[u8]) -> Self {
        let body = without_bom(body);
        let mut members = Self::default();
        let read = |members: &mut Self, json: &str| {
            // An error ends the reading, and what was read before it stands.
            let _ = members.deserialize(&mut serde_json::Deserializer::from_str(json));
        };
        if let Ok(json) = std::str::from_utf8(body) {
            read(&mut members, json);
        } else {
            // Some servers write Latin-1. With room for all of it no copy is left behind by growing.
            let mut json = Zeroizing::new(String::with_capacity(body.len() * 2));
            json.extend(body.iter().copied().map(char::from));
            read(&mut members, &json);
        }
        members
    }
}

impl<'de> DeserializeSeed<'de> for &mut TokenMembers {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut TokenMembers {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                // Of two, the last one counts, as with most readers.
                "refresh_token" => {
                    if let Some(token) = as_text(members.next_value()?) {
                        self.refresh_token = Some(token.into());
                    }
                }
                "access_token" => {
                    let mut value: Value = members.next_value()?;
                    self.has_access_token = value.as_str().is_some_and(|token| !token.is_empty());
                    wipe(&mut value);
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        self.is_whole = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &[u8]) -> (Option<String>, bool, bool) {
        let TokenMembers { refresh_token, has_access_token, is_whole } = TokenMembers::read(body);
        (refresh_token.map(|token| token.secret().to_owned()), has_access_token, is_whole)
    }

    #[test]
    fn refresh_token_is_found_as_far_as_an_answer_can_be_read() {
        let cases: [(&[u8], bool, bool); 9] = [
            (br#"{"access_token":"x","refresh_token":"B"}"#, true, true),
            (br#"{"refresh_token":"B"}"#, false, true),
            (br#"{"refresh_token":"B","access_token":7}"#, false, true),
            (br#"{"access_token":"x","access_token":"y","refresh_token":"A","refresh_token":"B"}"#, true, true),
            (br#"{"access_token":"x","refresh_token":"B","sco"#, true, false),
            (br#"{"access_token":"x","refresh_token":"B"} <!-- cached -->"#, true, true),
            (b"\xef\xbb\xbf {\"refresh_token\":\"B\"}", false, true),
            (b"{\"name\":\"Jos\xe9\",\"refresh_token\":\"B\"}", false, true),
            (br#"{"a":{"refresh_token":"C"},"refresh_token":"B","b":[{"refresh_token":"C"}]}"#, false, true),
        ];
        for (body, has_access_token, is_whole) in cases {
            let text = String::from_utf8_lossy(body);
            assert_eq!(found(body), (Some("B".to_owned()), has_access_token, is_whole), "{text}");
        }
    }

    #[test]
    fn what_is_no_text_or_cut_off_is_no_refresh_token() {
        for (body, is_whole) in [
            (r#"{"access_token":"x"}"#, true),
            (r#"{"access_token":"x","refresh_token":null}"#, true),
            (r#"{"access_token":"x","refresh_token":""}"#, true),
            (r#"{"access_token":"x","refresh_token":["B"]}"#, true),
            (r#"{"access_token":"x","refresh_token":"B"#, false),
        ] {
            assert_eq!(found(body.as_bytes()), (None, true, is_whole), "{body}");
        }
        for body in ["", "<html>", r#"[{"refresh_token":"B"}]"#, r#""refresh_token""#, "refresh_token=B"] {
            assert_eq!(found(body.as_bytes()), (None, false, false), "{body}");
        }
    }
}
