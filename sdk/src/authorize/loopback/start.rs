use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{HeaderMap, HeaderValue, Method};
use oauth2::CsrfToken;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::wire::{cookies, is_prefetch};

/// The address that the browser of a native app begins at, and where that leads to.
///
/// What a program is started with is in process lists and logs, for every user of the machine: so the address works once, and gives
/// the browser that opened it a cookie without which the answer is not taken. If another user opens it first, the answer is of no
/// use to the person's browser, the person sees that it was opened, and the login ends as unsafe: otherwise that user could log in with an
/// account of their own.
pub(super) struct Start {
    path: String,
    location: HeaderValue,
    cookie: Zeroizing<String>,
    is_opened: AtomicBool,
    /// The program has shown the server's address, by which any browser may have gone past this one.
    is_bypassed: AtomicBool,
    /// A form is posted from the server's page, for which browsers send no such cookie along.
    answers_by_form: bool,
}

const NAME: &str = "grantkit-login";

/// What comes of opening it.
pub(super) enum Opened<'a> {
    Leads {
        location: &'a HeaderValue,
        cookie: String,
    },
    /// Not yet: a browser loads it ahead of need, and may have no cookies there.
    Ahead,
    /// By another browser, or another program: they know an address that only one was started with.
    Already,
}

impl Start {
    pub(super) fn new(location: HeaderValue, answers_by_form: bool) -> Self {
        Self {
            path: format!("/start/{}", CsrfToken::new_random().secret()),
            location,
            cookie: Zeroizing::new(CsrfToken::new_random_len(32).into_secret()),
            is_opened: AtomicBool::new(false),
            is_bypassed: AtomicBool::new(false),
            answers_by_form,
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Browsers may ask twice: the same one is led on again.
    pub(super) fn open(&self, headers: &HeaderMap) -> Opened<'_> {
        if is_prefetch(headers) && !self.has_cookie(headers) {
            return Opened::Ahead;
        }
        if self.is_opened.swap(true, Ordering::AcqRel) && !self.has_cookie(headers) {
            return Opened::Already;
        }
        // Not `Secure`: there is no TLS here. `Lax`: the answer comes from the server's site.
        let cookie = format!("{NAME}={}; Path=/; HttpOnly; SameSite=Lax", *self.cookie);
        Opened::Leads { location: &self.location, cookie }
    }

    pub(super) fn bypass(&self) {
        self.is_bypassed.store(true, Ordering::Release);
    }

    /// Whether an answer may come with this request.
    pub(super) fn is_its_browser(&self, method: &Method, headers: &HeaderMap) -> bool {
        let is_bound = self.is_opened.load(Ordering::Acquire) && !self.is_bypassed.load(Ordering::Acquire);
        !is_bound || self.answers_by_form && method == Method::POST || self.has_cookie(headers)
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        cookies(headers).any(|(name, value)| name == NAME && bool::from(value.as_bytes().ct_eq(self.cookie.as_bytes())))
    }
}

impl fmt::Debug for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Start").finish_non_exhaustive()
    }
}
