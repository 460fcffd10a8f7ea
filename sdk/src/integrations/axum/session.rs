use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use subtle::ConstantTimeEq as _;

use super::WebLogin;
use crate::credentials::Credentials;
use crate::error::Result;
use crate::grant::Login;
use crate::provider::Person;
use crate::random::random_id;
use crate::token::IdTokenClaims;

/// A person who has logged in with this browser; an extractor, also as `Option<Session>`.
///
/// Without a session, a page (`GET` with `Accept: text/html`) leads to the login and back, and everything else is answered 401.
/// `Debug` shows nothing personal.
///
/// ```
/// use axum::response::Html;
/// use grantkit::integrations::axum::{Session, WebLogin};
///
/// async fn page(session: Session) -> Html<String> {
///     let (path, token) = (session.logout_path(), session.csrf_token());
///     Html(format!("<form method=post action={path}><input type=hidden name=csrf_token value={token}><button>Log out</button></form>"))
/// }
/// # fn router(login: WebLogin) -> axum::Router {
/// #     axum::Router::new().route("/", axum::routing::get(page)).with_state(login)
/// # }
/// ```
#[derive(Clone)]
pub struct Session {
    pub(super) content: Arc<SessionContent>,
    person: Arc<Person>,
    login: WebLogin,
}

/// What is kept of a session, in its cookie or in a store.
#[derive(Deserialize, Serialize)]
pub(super) struct SessionContent {
    /// 256 random bits, new with each login.
    pub(super) id: String,
    person: KeptPerson,
    /// The issuer of the ID token, where there is one: of many tenants, it says which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) issuer: Option<String>,
    /// The `sub` of the ID token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<String>,
    /// The session at the server: the `sid` of the ID token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sid: Option<String>,
    /// When the login was asked for, in milliseconds since 1970: one that was under way when all sessions of the person ended begins
    /// none that goes on.
    pub(super) asked: u64,
    /// When it was finished, likewise.
    began: u64,
    /// Likewise.
    until: u64,
}

#[derive(Deserialize, Serialize)]
struct KeptPerson {
    id: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    reassignable: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    verified: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    raw: Value,
}

impl Session {
    pub(super) fn new(login: WebLogin, content: SessionContent) -> Self {
        let KeptPerson { id, reassignable, email, verified, name, picture, raw } = &content.person;
        let mut person = Person::new(id).with_raw(raw.clone());
        if *reassignable {
            person = person.with_reassignable_id();
        }
        if let Some(issuer) = &content.issuer {
            person = person.with_issuer(issuer);
        }
        if let Some(email) = email {
            person = person.with_email(email, *verified);
        }
        if let Some(name) = name {
            person = person.with_name(name);
        }
        if let Some(picture) = picture {
            person = person.with_picture(picture);
        }
        Self { content: Arc::new(content), person: Arc::new(person), login }
    }

    /// Who has logged in, as it was said at the login.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The credentials of the person: their stored login. Nothing is sent or read yet; the extractor of `Credentials` gets a token first.
    pub fn credentials(&self) -> Credentials {
        let content = &self.content;
        self.login.inner().credentials(content.issuer.as_deref(), content.person_id())
    }

    /// When the login was finished.
    pub fn began_at(&self) -> SystemTime {
        at(self.content.began)
    }

    /// When the person has to log in again.
    pub fn ends_at(&self) -> SystemTime {
        at(self.content.until)
    }

    /// Where a form is posted to log out.
    pub fn logout_path(&self) -> String {
        self.login.logout_path()
    }

    /// What a form of this session carries as `csrf_token`, so that a page of another site cannot post it: for the logout where
    /// browsers do not say where a form is from, and for the program's own forms.
    pub fn csrf_token(&self) -> String {
        digest_text(&["csrf", &self.content.id])
    }

    /// Whether this is the session's [`csrf_token`](Self::csrf_token), compared in constant time.
    pub fn is_csrf_token(&self, token: &str) -> bool {
        self.csrf_token().as_bytes().ct_eq(token.as_bytes()).into()
    }

    pub(super) fn is_of(&self, login: &WebLogin) -> bool {
        std::ptr::eq(self.login.inner(), login.inner())
    }
}

impl SessionContent {
    /// Begins one, of a login that was asked for at that time (in milliseconds since 1970).
    pub(super) fn new(person: &Person, login: &Login, asked: u64, now: Duration, lifetime: Duration) -> Result<Self> {
        let claims = login.claims();
        let person = KeptPerson {
            id: person.id().to_owned(),
            reassignable: person.is_id_reassignable(),
            email: person.email().map(str::to_owned),
            verified: person.is_email_verified(),
            name: person.name().map(str::to_owned),
            picture: person.picture().map(str::to_owned),
            raw: person.raw().clone(),
        };
        let (began, lifetime) = (millis(now), millis(lifetime));
        Ok(Self {
            id: random_id()?,
            person,
            issuer: claims.map(|claims| claims.issuer().to_owned()),
            subject: claims.map(|claims| claims.subject().to_owned()),
            sid: claims.and_then(IdTokenClaims::session_id).map(str::to_owned),
            asked,
            began,
            until: began.saturating_add(lifetime),
        })
    }

    /// What the person is known by, at their issuer.
    pub(super) fn person_id(&self) -> &str {
        &self.person.id
    }

    /// Whether it goes on at this time since 1970, where sessions last so long: less, maybe, than when it began.
    pub(super) fn is_valid_at(&self, now: Duration, lifetime: Duration) -> bool {
        millis(now) < self.until.min(self.began.saturating_add(millis(lifetime)))
    }
}

pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_millis(millis)).unwrap_or(UNIX_EPOCH)
}

/// A digest of these, with no two lists the same. It says nothing of what is random; a guess of the rest can be compared with it.
pub(super) fn digest_text(parts: &[&str]) -> String {
    let mut text = b"grantkit web\0".to_vec();
    for part in parts {
        text.extend_from_slice(&part.len().to_be_bytes());
        text.extend_from_slice(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(digest(&SHA256, &text))
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("began", &self.content.began).finish_non_exhaustive()
    }
}
