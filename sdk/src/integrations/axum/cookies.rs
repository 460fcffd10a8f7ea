use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::addresses::Addresses;
use super::session::digest_text;
use crate::error::{Error, Result};
use crate::keys::SealingKey;
use crate::wire::cookies;

/// Browsers keep 4096 bytes of a cookie, name and attributes included.
pub(super) const MAX_VALUE: usize = 3800;
/// Proxies take header lines of 8 KiB as a rule, and all cookies are one line: this is what a session takes of it, and the logins under
/// way have 3 KiB.
const MAX_LONG: usize = 4608;
const MAX_PARTS: usize = MAX_LONG.div_ceil(MAX_VALUE);
/// Characters of a digest: enough to tell the few logins of one host apart.
const TAG: usize = 8;

/// The cookies of a web login: sealed, by names that other hosts cannot set, and read by this application alone.
pub(super) struct Cookies {
    key: SealingKey,
    /// What each is sealed for: a cookie of another application with the same key is none.
    owner: String,
    /// Of the owner, in the names: another login of this host has cookies of its own.
    tag: String,
    /// By `__Host-..` browsers take a cookie from this host alone, over TLS, with `Secure`, `Path=/` and no `Domain`.
    prefix: &'static str,
    suffix: String,
    is_secure: bool,
}

/// Which requests from other sites a cookie goes with.
#[derive(Clone, Copy)]
pub(super) enum SameSite {
    /// Those by which the browser's window comes here.
    Lax,
    /// A form that the server's page posts as well.
    None,
}

impl Cookies {
    pub(super) fn new(key: SealingKey, owner: String, addresses: &Addresses) -> Self {
        let prefix = if addresses.is_secure { "__Host-" } else { "" };
        let suffix = addresses.port.map(|port| format!("-{port}")).unwrap_or_default();
        let tag = digest_text(&["cookies", &owner]).chars().take(TAG).collect();
        Self { key, owner, tag, prefix, suffix, is_secure: addresses.is_secure }
    }

    /// The name of a cookie, where it goes by a name of its own among those of a kind.
    pub(super) fn name(&self, kind: &str, one: &str) -> String {
        let Self { prefix, tag, suffix, .. } = self;
        let name = format!("{prefix}{kind}-{tag}{suffix}");
        if one.is_empty() { name } else { format!("{name}.{one}") }
    }

    /// # Errors
    ///
    /// [`is_retryable`](Error::is_retryable) where the machine's cryptography fails.
    pub(super) fn seal(&self, kind: &str, content: &impl Serialize) -> Result<String> {
        let failed = || Error::temporary("a cookie cannot be sealed: the machine's cryptography failed");
        let json = Zeroizing::new(serde_json::to_vec(content).map_err(|_| failed())?);
        Ok(URL_SAFE_NO_PAD.encode(self.key.seal(&self.context(kind), &json).ok_or_else(failed)?))
    }

    /// `None` for whatever was not sealed here for this.
    pub(super) fn open<T: DeserializeOwned>(&self, kind: &str, sealed: &str) -> Option<T> {
        let opened = self.key.open(&self.context(kind), &URL_SAFE_NO_PAD.decode(sealed).ok()?)?;
        serde_json::from_slice(&opened).ok()
    }

    /// What it is, so that no cookie is taken for another one that the same key sealed.
    fn context(&self, kind: &str) -> Vec<u8> {
        [b"grantkit web ", kind.as_bytes(), b" 1\0", self.owner.as_bytes()].concat()
    }

    /// A `Set-Cookie`, for as many seconds; none removes it.
    pub(super) fn set(&self, name: &str, value: &str, seconds: u64, same_site: SameSite) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let same_site = match same_site {
            // Only a `Secure` cookie can be for other sites.
            SameSite::None if self.is_secure => "None",
            SameSite::Lax | SameSite::None => "Lax",
        };
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}{secure}; HttpOnly; SameSite={same_site}");
        let mut cookie = HeaderValue::try_from(cookie).ok()?;
        cookie.set_sensitive(true);
        Some(cookie)
    }

    pub(super) fn remove(&self, name: &str) -> Option<HeaderValue> {
        self.set(name, "", 0, SameSite::Lax)
    }

    /// The value of a cookie that may have been set in parts.
    pub(super) fn long(&self, headers: &HeaderMap, kind: &str) -> Option<String> {
        let (parts, first) = value(headers, &self.name(kind, ""))?.split_once('.')?;
        let parts: usize = parts.parse().ok().filter(|parts| (1..=MAX_PARTS).contains(parts))?;
        let mut whole = first.to_owned();
        for part in 1..parts {
            whole.push_str(value(headers, &self.name(kind, &part.to_string()))?);
        }
        Some(whole)
    }

    /// Sets a cookie that may be longer than one can be, in parts; those that there may be of a longer one are removed.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is longer than all parts.
    pub(super) fn set_long(&self, to: &mut HeaderMap, kind: &str, sealed: &str, seconds: u64) -> Result<()> {
        if sealed.len() > MAX_LONG {
            return Err(Error::configuration(format!(
                "the session takes {} bytes of cookies, and browsers and proxies take {}: keep sessions in a store \
                 (`.sessions_in(store)`), or have the server say less of the person",
                sealed.len(),
                MAX_LONG
            )));
        }
        let parts = sealed.len().div_ceil(MAX_VALUE).max(1);
        for part in 0..MAX_PARTS {
            let name = self.part(kind, part);
            let from = part * MAX_VALUE;
            let text = sealed.get(from..sealed.len().min(from + MAX_VALUE)).filter(|_| part < parts);
            let cookie = match text {
                Some(text) if part == 0 => self.set(&name, &format!("{parts}.{text}"), seconds, SameSite::Lax),
                Some(text) => self.set(&name, text, seconds, SameSite::Lax),
                None => self.remove(&name),
            };
            append(to, cookie);
        }
        Ok(())
    }

    pub(super) fn remove_long(&self, to: &mut HeaderMap, kind: &str) {
        (0..MAX_PARTS).for_each(|part| append(to, self.remove(&self.part(kind, part))));
    }

    fn part(&self, kind: &str, part: usize) -> String {
        if part == 0 { self.name(kind, "") } else { self.name(kind, &part.to_string()) }
    }
}

pub(super) fn append(to: &mut HeaderMap, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        to.append(SET_COOKIE, cookie);
    }
}

pub(super) fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies(headers).find(|(given, _)| *given == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    fn cookies(redirect_uri: &str) -> Cookies {
        let key = SealingKey::new([7; 32]).unwrap();
        Cookies::new(key, redirect_uri.to_owned(), &Addresses::beside(redirect_uri).unwrap())
    }

    fn as_sent(set: &HeaderMap) -> HeaderMap {
        let kept = set.get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        let kept = kept.filter(|cookie| !cookie.contains("Max-Age=0")).map(|cookie| cookie.split(';').next().unwrap());
        let line = kept.collect::<Vec<_>>().join("; ");
        HeaderMap::from_iter([(COOKIE, HeaderValue::try_from(line).unwrap())])
    }

    #[test]
    fn a_cookie_is_of_its_host_and_over_tls_unless_it_is_on_this_machine() {
        let far = cookies("https://app.example/callback");
        let cookie = far.set(&far.name("session", ""), "x", 60, SameSite::Lax).unwrap();
        let attributes = "Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax";
        assert_eq!(cookie, format!("__Host-session-{}=x; {attributes}", far.tag));
        assert!(cookie.is_sensitive());
        let near = cookies("http://localhost:8080/callback");
        let cookie = near.set(&near.name("session", ""), "x", 60, SameSite::None).unwrap();
        assert_eq!(cookie, format!("session-{}-8080=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", near.tag));
    }

    #[test]
    fn two_logins_of_one_host_have_cookies_of_their_own_names() {
        let [one, other] = ["https://app.example/github/callback", "https://app.example/google/callback"].map(cookies);
        for (kind, one_of_a_kind) in [("session", ""), ("session", "1"), ("login", "tag")] {
            assert_ne!(one.name(kind, one_of_a_kind), other.name(kind, one_of_a_kind));
        }
        assert_eq!(one.name("session", ""), cookies("https://app.example/github/callback").name("session", ""));
    }

    #[test]
    fn what_is_sealed_for_one_thing_or_application_is_not_opened_for_another() {
        let (one, other) = (cookies("https://app.example/callback"), cookies("https://other.example/callback"));
        let sealed = one.seal("session", &"content").unwrap();
        assert_eq!(one.open::<String>("session", &sealed).as_deref(), Some("content"));
        assert_eq!(one.open::<String>("login", &sealed), None);
        assert_eq!(other.open::<String>("session", &sealed), None);
        for garbage in ["", "?", "AAAA", &sealed[1..]] {
            assert_eq!(one.open::<String>("session", garbage), None, "{garbage}");
        }
    }

    #[test]
    fn a_long_value_goes_in_parts_that_fit_a_cookie_each() {
        let cookies = cookies("https://app.example/callback");
        for length in [0, 1, MAX_VALUE, MAX_VALUE + 1, MAX_LONG] {
            let (text, mut set) = ("a".repeat(length), HeaderMap::new());
            cookies.set_long(&mut set, "session", &text, 60).unwrap();
            assert!(set.get_all(SET_COOKIE).iter().all(|cookie| cookie.len() <= 4096), "{length}");
            assert_eq!(cookies.long(&as_sent(&set), "session"), Some(text), "{length}");
        }
        let too_long = "a".repeat(MAX_LONG + 1);
        let error = cookies.set_long(&mut HeaderMap::new(), "session", &too_long, 60).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("`.sessions_in(store)`"), "{error}");
    }

    #[test]
    fn a_part_that_is_missing_or_a_count_that_is_none_gives_nothing() {
        let cookies = cookies("https://app.example/callback");
        for value in ["2.aaaa", "aaaa", "0.a", "99.a", ""] {
            let line = format!("{}={value}", cookies.name("session", ""));
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::try_from(&line).unwrap())]);
            assert_eq!(cookies.long(&headers, "session"), None, "{line}");
        }
    }
}
