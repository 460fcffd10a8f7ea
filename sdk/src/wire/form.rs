use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::token::OAuthToken;

/// The parameters of a request, in order: `application/x-www-form-urlencoded` (RFC 6749 appendix B).
#[derive(Clone, Default)]
pub(crate) struct Form {
    pairs: Vec<Pair>,
    hidden: Vec<Zeroizing<String>>,
    /// What goes beside it, each value taken for a secret.
    headers: HeaderMap,
    /// The token that the request is about, for what may want to know more of it than is sent.
    subject: Option<OAuthToken>,
}

#[derive(Clone)]
struct Pair {
    name: Cow<'static, str>,
    value: Zeroizing<String>,
    secret: bool,
}

/// How many parameters a form has, and values that must not be shown.
#[derive(Clone, Copy)]
pub(crate) struct FormLength {
    pairs: usize,
    hidden: usize,
}

impl Form {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn length(&self) -> FormLength {
        FormLength { pairs: self.pairs.len(), hidden: self.hidden.len() }
    }

    /// Takes out all that was added since it had this length.
    pub(crate) fn truncate(&mut self, length: FormLength) {
        self.pairs.truncate(length.pairs);
        self.hidden.truncate(length.hidden);
    }

    /// A value that is a secret if its name says so, whether the SDK or the program sets it.
    pub(crate) fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        let secret = is_secret_by_name(&name);
        self.pairs.push(Pair { name, value: Zeroizing::new(value.into()), secret });
    }

    /// A value that must not appear in any error, not even where the server quotes it back.
    pub(crate) fn push_secret(&mut self, name: impl Into<Cow<'static, str>>, value: &str) {
        self.pairs.push(Pair { name: name.into(), value: Zeroizing::new(value.to_owned()), secret: true });
    }

    /// Headers that go with the request.
    pub(crate) fn set_headers(&mut self, headers: &HeaderMap) {
        self.headers.extend(headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Says which token the request is about.
    pub(crate) fn set_subject(&mut self, token: OAuthToken) {
        self.subject = Some(token);
    }

    pub(crate) fn subject(&self) -> Option<&OAuthToken> {
        self.subject.as_ref()
    }

    /// A secret that is in one of the values, encoded or signed: it must not appear either.
    pub(crate) fn hide(&mut self, secret: &str) {
        self.hidden.push(Zeroizing::new(secret.to_owned()));
    }

    /// Takes a parameter out, all of its values.
    /// What was a secret stays one, in whatever way it is sent now.
    pub(crate) fn remove(&mut self, name: &str) {
        self.retain(|known| known != name);
    }

    /// Keeps the parameters of these names; of the others the secrets stay secret.
    pub(crate) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        let (kept, removed) = std::mem::take(&mut self.pairs).into_iter().partition(|pair| keep(&pair.name));
        self.pairs = kept;
        let removed: Vec<Pair> = removed;
        self.hidden.extend(removed.into_iter().filter(|pair| pair.secret).map(|pair| pair.value));
    }

    /// Of a parameter that was set more than once, only the last value counts.
    pub(crate) fn keep_last(&mut self, name: &str) {
        let mut left = self.pairs.iter().filter(|pair| pair.name == name).count();
        self.pairs.retain(|pair| {
            let is_it = pair.name == name;
            left -= usize::from(is_it);
            !is_it || left == 0
        });
    }

    /// Sets a parameter, where the first of its name stands.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        match self.pairs.iter_mut().find(|pair| pair.name == name) {
            Some(pair) => pair.value = Zeroizing::new(value.into()),
            None => self.push(name, value),
        }
    }

    /// Gives a parameter another name.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        for pair in self.pairs.iter_mut().filter(|pair| pair.name == from) {
            pair.name = Cow::Owned(to.to_owned());
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|pair| pair.name == name)
    }

    /// The value of a parameter, the first where there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|pair| pair.name == name).map(|pair| pair.value.as_str())
    }

    /// The secret values, to be struck out of whatever the server says.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> + Clone {
        let sent = self.pairs.iter().filter(|pair| pair.secret).map(|pair| pair.value.as_str());
        sent.chain(self.hidden.iter().map(|secret| secret.as_str()))
    }

    /// Name, value and whether it is a secret.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.pairs.iter().map(|pair| (pair.name.as_ref(), pair.value.as_str(), pair.secret))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        // Room for the worst case, so that no half-built copy with a secret in it is left behind by growing.
        let room = self.pairs.iter().map(|pair| (pair.name.len() + pair.value.len()) * 3 + 2).sum();
        let pairs = self.pairs.iter().map(|pair| (pair.name.as_ref(), pair.value.as_str()));
        form_urlencoded::Serializer::new(String::with_capacity(room)).extend_pairs(pairs).finish().into_bytes()
    }

    /// The same parameters as a JSON object of strings, for servers that want that.
    pub(crate) fn encode_json(&self) -> Result<Vec<u8>> {
        // The worst case again: `\u001f` for a byte.
        let room = self.pairs.iter().map(|pair| (pair.name.len() + pair.value.len()) * 6 + 6).sum::<usize>() + 2;
        let mut json = serde_json::Serializer::new(Vec::with_capacity(room));
        let pairs = self.pairs.iter().map(|pair| (pair.name.as_ref(), pair.value.as_str()));
        serde::Serializer::collect_map(&mut json, pairs)
            .map_err(|_| Error::configuration("the request's parameters cannot be written as JSON"))?;
        Ok(json.into_inner())
    }
}

/// Parameters that hold a credential by the standards that define them, or by any name like theirs; `state` and `nonce` are known to
/// two parties only.
fn is_secret_by_name(name: &str) -> bool {
    const ENDINGS: [&str; 4] = ["token", "assertion", "secret", "password"];
    const NAMES: [&str; 7] = ["id_token_hint", "code", "code_verifier", "device_code", "request", "state", "nonce"];
    ENDINGS.iter().any(|ending| name.ends_with(ending)) || NAMES.contains(&name)
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |pair: &Pair| if pair.secret { "[redacted]".to_owned() } else { pair.value.to_string() };
        f.debug_map().entries(self.pairs.iter().map(|pair| (&pair.name, shown(pair)))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_a_secret_by_its_name() {
        let mut form = Form::new();
        let secrets =
            ["id_token_hint", "login_hint_token", "subject_token", "assertion", "code", "request", "api_token"];
        let plain = ["subject_token_type", "token_type_hint", "code_challenge", "grant_type", "scope", "login_hint"];
        secrets.iter().chain(&plain).for_each(|name| form.push(*name, format!("of {name}")));
        assert!(form.secrets().eq(secrets.iter().map(|name| format!("of {name}"))));
        // In whatever way it is sent.
        form.rename("id_token_hint", "hint");
        form.retain(|name| plain.contains(&name));
        assert_eq!((form.secrets().count(), form.iter().count()), (secrets.len(), plain.len()));
    }

    #[test]
    fn a_parameter_that_is_given_by_two_is_sent_once() {
        let mut form = Form::new();
        for (name, value) in [("client_id", "a"), ("x", "1"), ("client_id", "b"), ("x", "2")] {
            form.push(name, value);
        }
        form.keep_last("client_id");
        assert_eq!(form.encode(), b"x=1&client_id=b&x=2");
        form.set("x", "3");
        form.set("y", "4");
        assert_eq!(form.encode(), b"x=3&client_id=b&x=2&y=4");
    }
}
