//! Reads `WWW-Authenticate` (RFC 9110 §11.6.1). What comes first is believed, what cannot be read is passed over.

#[cfg(test)]
mod tests;

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

use crate::error::Challenge;
use crate::text::{Secrets, ServerText};

/// A server has two or three.
const MAX_CHALLENGES: usize = 16;
/// The longest honest challenges have eight.
const MAX_PARAMETERS: usize = 32;
/// Of all header lines together; whole answers have less than that in headers.
const MAX_BYTES: usize = 16 * 1024;

impl Challenge {
    /// The challenges of an answer, in their order; what is no challenge is passed over.
    ///
    /// A server may quote what it was sent: the text of a challenge is that of the server, secrets of the request included.
    pub fn all(headers: &HeaderMap) -> Vec<Self> {
        Self::without_secrets(headers, [])
    }

    /// The same, of an answer to a request that carried these secrets: a server may quote them. This crate calls this one only.
    pub(crate) fn without_secrets<'a>(headers: &HeaderMap, secrets: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let (mut challenges, mut room) = (Vec::new(), MAX_BYTES);
        for line in headers.get_all(WWW_AUTHENTICATE) {
            let line = line.as_bytes();
            room = match room.checked_sub(line.len()) {
                Some(room) => room,
                None => break,
            };
            Line { rest: line }.read(&mut challenges);
        }
        if challenges.is_empty() {
            return Vec::new();
        }
        let secrets = Secrets::new(secrets);
        challenges.into_iter().map(|challenge| challenge.without(&secrets)).collect()
    }
}

/// A challenge as it was sent.
struct RawChallenge {
    scheme: String,
    token68: Option<String>,
    parameters: Vec<(String, String)>,
}

impl RawChallenge {
    fn without(&self, secrets: &Secrets) -> Challenge {
        let clean = |text: &str| ServerText::value(text, secrets);
        Challenge {
            scheme: clean(&self.scheme),
            token68: self.token68.as_deref().map(clean),
            parameters: self.parameters.iter().map(|(name, value)| (clean(name), clean(value))).collect(),
        }
    }
}

/// What is left of one header line.
struct Line<'a> {
    rest: &'a [u8],
}

impl<'a> Line<'a> {
    fn read(mut self, challenges: &mut Vec<RawChallenge>) {
        // Parameters before the first scheme belong to none.
        let mut current: Option<RawChallenge> = None;
        while self.next_element() {
            let word = self.take_while(is_token);
            let after_word = self.rest;
            self.skip_space();
            if self.rest.first() == Some(&b'=') && !word.is_empty() {
                if let Some(value) = self.value()
                    && let Some(challenge) = &mut current
                {
                    add(challenge, word, value);
                }
            } else {
                challenges.extend(current.take());
                if challenges.len() >= MAX_CHALLENGES {
                    return;
                }
                let stands_alone = after_word.len() != self.rest.len() || self.is_at_end();
                current = (stands_alone && !word.is_empty()).then(|| self.scheme(word));
            }
            self.skip_rest_of_element();
        }
        challenges.extend(current);
    }

    /// A scheme, with what belongs to it before the next comma.
    fn scheme(&mut self, scheme: &[u8]) -> RawChallenge {
        let mut challenge = RawChallenge { scheme: text(scheme), token68: None, parameters: Vec::new() };
        let start = self.rest;
        let is_token68 = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
        let value = self.take_while(is_token68).len();
        let padding = self.take_while(|byte| byte == b'=').len();
        self.skip_space();
        if value > 0 && self.is_at_end() {
            challenge.token68 = start.get(..value + padding).map(text);
            return challenge;
        }
        self.rest = start;
        let name = self.take_while(is_token);
        self.skip_space();
        if !name.is_empty()
            && self.rest.first() == Some(&b'=')
            && let Some(value) = self.value()
        {
            add(&mut challenge, name, value);
        }
        challenge
    }

    /// After the name of a parameter: `=`, and a token or a quoted string, which has an end.
    fn value(&mut self) -> Option<String> {
        self.rest = self.rest.strip_prefix(b"=")?;
        self.skip_space();
        if let Some(quoted) = self.rest.strip_prefix(b"\"") {
            self.rest = quoted;
            return self.quoted_string();
        }
        // Not only a token: some leave the quotes out where they belong.
        let value = self.take_while(|byte| !matches!(byte, b' ' | b'\t' | b',' | b'"'));
        Some(text(value))
    }

    /// After its opening quote (RFC 9110 §5.6.4).
    fn quoted_string(&mut self) -> Option<String> {
        let mut value = Vec::new();
        while let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'"' => return Some(text(&value)),
                b'\\' => {
                    let (&escaped, rest) = rest.split_first()?;
                    self.rest = rest;
                    value.push(escaped);
                }
                other => value.push(other),
            }
        }
        None
    }

    /// Whether there is another element of the list; empty ones count for nothing (RFC 9110 §5.6.1.2).
    fn next_element(&mut self) -> bool {
        self.take_while(|byte| matches!(byte, b' ' | b'\t' | b','));
        !self.rest.is_empty()
    }

    /// To the next comma that stands in no quotes: what is left here was not understood.
    fn skip_rest_of_element(&mut self) {
        while let Some((&byte, rest)) = self.rest.split_first() {
            if byte == b',' {
                return;
            }
            self.rest = rest;
            if byte == b'"' {
                self.quoted_string();
            }
        }
    }

    fn is_at_end(&self) -> bool {
        matches!(self.rest.first(), None | Some(b','))
    }

    fn skip_space(&mut self) {
        self.take_while(|byte| matches!(byte, b' ' | b'\t'));
    }

    fn take_while(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !belongs(*byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}

fn add(challenge: &mut RawChallenge, name: &[u8], value: String) {
    if challenge.parameters.len() < MAX_PARAMETERS {
        challenge.parameters.push((text(name), value));
    }
}

/// RFC 9110 §5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
