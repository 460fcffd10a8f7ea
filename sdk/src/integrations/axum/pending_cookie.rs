use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};

use super::WebLogin;
use super::cookies::{self, Cookies, MAX_VALUE, SameSite};
use super::return_path::{MAX_LENGTH, ReturnPath};
use super::session::{digest_text, millis};
use crate::authorize::PendingLogin;
use crate::error::{Error, Result};
use crate::time::Time;
use crate::wire;

/// The kind of its cookies: one for each login under way, as a person may begin one in each of several windows.
const KIND: &str = "login";
/// Long enough for a person who has to look for their telephone first.
const LIFETIME: Duration = Duration::from_mins(15);
/// Any page can send the browser to the login again and again; what it leaves behind has an end. In bytes, as all cookies are one
/// header line, of which proxies take 8 KiB as a rule.
const MAX_BYTES: usize = 3072;

/// A login under way, in a cookie of the browser that began it: by it, the answer is bound to the browser (login CSRF).
#[derive(Deserialize, Serialize)]
pub(super) struct Begun {
    /// When it was asked for, in milliseconds since 1970.
    pub(super) asked: u64,
    pub(super) return_to: Option<String>,
    /// The session that the browser had: the answer may come by a form of the server's page, with which its cookie does not go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) replaces: Option<String>,
    pub(super) pending: PendingLogin,
}

/// The login that an answer is for.
pub(super) struct Taken {
    pub(super) begun: Begun,
    /// Removes its cookie: a login is finished once.
    pub(super) used: Option<HeaderValue>,
}

impl Begun {
    /// Refuses a login that no browser could bring back, as this one would be kept.
    pub(super) fn check(cookies: &Cookies, pending: PendingLogin) -> Result<()> {
        if pending.is_answered_in_fragment() {
            return Err(Error::configuration(
                "a server does not see the answer in the fragment: leave `.response_mode(..)` out, or ask for `FormPost`",
            ));
        }
        // With the longest of what comes along when a person begins it.
        let longest = Self {
            asked: u64::MAX,
            return_to: Some("/".repeat(MAX_LENGTH)),
            replaces: Some(digest_text(&[])),
            pending,
        };
        longest.sealed(cookies).map(drop)
    }

    /// Sets the cookie of a login that begins.
    pub(super) fn set(
        login: &WebLogin,
        request: &HeaderMap,
        set: &mut HeaderMap,
        pending: PendingLogin,
        return_to: Option<&ReturnPath>,
    ) -> Result<()> {
        let (inner, cookies) = (login.inner(), &login.inner().cookies);
        let name = name(cookies, pending.state());
        let same_site = if pending.is_answered_by_form() { SameSite::None } else { SameSite::Lax };
        let begun = Self {
            asked: millis(inner.login.time().unix()),
            return_to: return_to.map(|path| path.as_str().to_owned()),
            replaces: inner.sessions.id(cookies, request),
            pending,
        };
        let sealed = begun.sealed(cookies)?;
        for name in too_many(cookies, request, MAX_BYTES.saturating_sub(size(&name, &sealed))) {
            cookies::append(set, cookies.remove(name));
        }
        cookies::append(set, cookies.set(&name, &sealed, LIFETIME.as_secs(), same_site));
        Ok(())
    }

    fn sealed(&self, cookies: &Cookies) -> Result<String> {
        let sealed = cookies.seal(KIND, self)?;
        if sealed.len() > MAX_VALUE {
            return Err(Error::configuration(format!(
                "the login takes up to {} bytes of a cookie, and browsers take {MAX_VALUE}: ask with fewer or shorter parameters",
                sealed.len()
            )));
        }
        Ok(sealed)
    }

    /// Whether the request has the cookie of the login with this `state`.
    pub(super) fn is_with(cookies: &Cookies, headers: &HeaderMap, state: &str) -> bool {
        cookies::value(headers, &name(cookies, state)).is_some()
    }

    /// The login under way in this browser that an answer with this `state` belongs to. Where none can be finished, its cookie stays: it
    /// is of no use, and ends by itself.
    pub(super) fn take(cookies: &Cookies, headers: &HeaderMap, state: &str, time: &Time) -> Result<Taken> {
        let name = name(cookies, state);
        let sealed = cookies::value(headers, &name).ok_or_else(|| {
            Error::login_required(
                "no such login is under way in this browser: it was begun in another one, was finished, or has expired",
            )
        })?;
        let begun = cookies
            .open::<Self>(KIND, sealed)
            .ok_or_else(|| Error::security("the cookie of the login was sealed with another key, or changed since"))?;
        if millis(time.unix()) >= begun.asked.saturating_add(millis(LIFETIME)) {
            return Err(Error::login_required("the login has expired: start again"));
        }
        Ok(Taken { begun, used: cookies.remove(&name) })
    }
}

fn name(cookies: &Cookies, state: &str) -> String {
    let tag: String = digest_text(&["state", state]).chars().take(16).collect();
    cookies.name(KIND, &tag)
}

fn all_of<'a>(cookies: &Cookies, headers: &'a HeaderMap) -> impl Iterator<Item = (&'a str, &'a str)> {
    let prefix = format!("{}.", cookies.name(KIND, ""));
    wire::cookies(headers).filter(move |(name, _)| name.starts_with(&prefix))
}

/// The oldest of those under way, and those that are none any more, by which they are more than so many bytes.
fn too_many<'a>(cookies: &Cookies, headers: &'a HeaderMap, max_bytes: usize) -> Vec<&'a str> {
    let asked = |sealed: &str| cookies.open::<Begun>(KIND, sealed).map_or(0, |begun| begun.asked);
    let mut all: Vec<_> =
        all_of(cookies, headers).map(|(name, sealed)| (asked(sealed), name, size(name, sealed))).collect();
    all.sort_by_key(|(asked, ..)| *asked);
    let mut bytes: usize = all.iter().map(|(_, _, size)| size).sum();
    let oldest = all.into_iter().take_while(|(_, _, size)| {
        let is_removed = bytes > max_bytes;
        bytes = bytes.saturating_sub(*size);
        is_removed
    });
    oldest.map(|(_, name, _)| name).collect()
}

/// What a cookie takes of the header line.
fn size(name: &str, value: &str) -> usize {
    name.len() + value.len() + "=; ".len()
}
