use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use subtle::ConstantTimeEq as _;

use super::id_token_expectations::{IdTokenExpectations, MaxAge};
use super::issuer_verifier::is_absent;
use crate::keys::{Algorithm, half_hash};
use crate::lenient::JsonObject;
use crate::text::ServerText;
use crate::token::{IdTokenClaims, numeric_date};

/// How far the clocks may be apart where the age of a login is concerned: the leeway of the token's own times would let in logins
/// that are a minute too old.
const AGE_LEEWAY: Duration = Duration::from_secs(10);

/// What is asked of an ID token beyond what is asked of everything that is signed; each refusal completes the sentence "the ID
/// token is refused: …".
pub(super) struct Conditions<'a> {
    pub(super) client_id: &'a str,
    pub(super) algorithm: &'a Algorithm,
    pub(super) expected: IdTokenExpectations<'a>,
    pub(super) accepts_missing_nonce: bool,
    pub(super) now: SystemTime,
    pub(super) leeway: Duration,
}

type Check = Result<(), &'static str>;

impl Conditions<'_> {
    pub(super) fn check(&self, claims: &JsonObject) -> Result<(), Cow<'static, str>> {
        check_types(claims)?;
        self.check_nonce(claims)?;
        self.check_login(claims)?;
        self.check_class(claims)?;
        check_authorized_party(claims, self.client_id)?;
        if time(claims, "exp") < time(claims, "iat") {
            return Err("it expires before it was issued (`exp`, `iat`)".into());
        }
        self.check_subject(claims)?;
        Ok(self.check_hashes(claims)?)
    }

    /// OpenID Connect Core §3.1.3.7, 11.
    fn check_nonce(&self, claims: &JsonObject) -> Check {
        match (self.expected.nonce, claims.text("nonce")) {
            (None, _) => Ok(()),
            (Some(sent), Some(nonce)) if same(sent, nonce) => Ok(()),
            (Some(_), Some(_)) => Err("it belongs to another login (`nonce`), and may have been replayed"),
            (Some(_), None) if self.accepts_missing_nonce => Ok(()),
            (Some(_), None) => {
                Err("it has no `nonce`, and one was sent with the login; for a server that never has one there is \
                 `danger_accept_missing_nonce`")
            }
        }
    }

    /// OpenID Connect Core §3.1.3.7, 13. The age counts from the request, at which the server compared it: what the person does
    /// on its pages does not make a login too old.
    fn check_login(&self, claims: &JsonObject) -> Check {
        let Some(MaxAge { age, asked_at }) = self.expected.max_age else { return Ok(()) };
        let login = time(claims, "auth_time")
            .ok_or("it does not say when the user logged in (`auth_time`), and a `max_age` was sent")?;
        if self.now.checked_add(self.leeway).is_some_and(|now| login > now) {
            return Err("the user logged in in the future (`auth_time`): is this machine's clock right?");
        }
        // A new login was asked for, and one from before the request is none.
        let leeway = if age.is_zero() { Duration::ZERO } else { AGE_LEEWAY };
        let earliest = asked_at.unwrap_or(self.now).checked_sub(age.saturating_add(leeway));
        match earliest {
            Some(earliest) if login < whole_seconds(earliest) => {
                Err("the user logged in too long ago (`auth_time`, `max_age`)")
            }
            _ => Ok(()),
        }
    }

    /// OpenID Connect Core §3.1.3.7, 12.
    fn check_class(&self, claims: &JsonObject) -> Result<(), Cow<'static, str>> {
        let wanted = self.expected.acr_values;
        match claims.text("acr") {
            _ if wanted.is_empty() => Ok(()),
            Some(acr) if wanted.iter().any(|wanted| wanted == acr) => Ok(()),
            Some(acr) => Err(format!(
                "the login was not of the class that was asked for: its `acr` is {:?}, and wanted was {}",
                ServerText::new(acr),
                ServerText::new(&wanted.join(" "))
            )
            .into()),
            None => Err("it does not say of which class the login was (`acr`), and one was asked for".into()),
        }
    }

    /// OpenID Connect Core §12.2 on refresh, §5.3.2 for userinfo.
    fn check_subject(&self, claims: &JsonObject) -> Result<(), Cow<'static, str>> {
        match (self.expected.subject, claims.text("sub")) {
            (Some(expected), Some(subject)) if !same(expected, subject) => Err(another_user(subject, expected).into()),
            _ => Ok(()),
        }
    }

    /// OpenID Connect Core §3.1.3.6, §3.3.2.11; FAPI 1.0 part 2 §5.1 for `s_hash`.
    fn check_hashes(&self, claims: &JsonObject) -> Check {
        let hashes = [
            ("at_hash", self.expected.access_token, "it does not belong to the access token (`at_hash`)"),
            ("c_hash", self.expected.code, "it does not belong to the authorization code (`c_hash`)"),
            ("s_hash", self.expected.state, "it does not belong to this login (`s_hash` is not the hash of `state`)"),
        ];
        for (claim, text, refusal) in hashes {
            if let (Some(claimed), Some(text)) = (claims.text(claim), text) {
                let own = half_hash(self.algorithm, text);
                if !own.is_some_and(|own| same(&own, claimed)) {
                    return Err(refusal);
                }
            }
        }
        Ok(())
    }
}

/// OpenID Connect Core §3.1.3.7, 4 and 5: another party's token must not be replayed here.
pub(super) fn check_authorized_party(claims: &JsonObject, client_id: &str) -> Result<(), Cow<'static, str>> {
    let is_other = |audience: &Value| audience.as_str().is_some_and(|audience| audience != client_id);
    match claims.text("azp") {
        Some(party) if party == client_id => Ok(()),
        None if is_absent(claims.get("azp")) => match claims.get("aud") {
            Some(Value::Array(several)) if several.iter().any(is_other) => {
                Err("it has several audiences and does not say to which client it was issued (`azp`)".into())
            }
            _ => Ok(()),
        },
        _ => Err(format!(
            "it was issued to another client: its `azp` is {}, not the client ID {client_id:?}",
            ServerText::member(claims.get("azp"))
        )
        .into()),
    }
}

/// OpenID Connect Core §2: the claims on which something depends are of their type; of others the wrong type is as good as none.
fn check_types(claims: &JsonObject) -> Check {
    if claims.text("sub").is_none_or(str::is_empty) {
        return Err("it names no user (`sub`)");
    }
    if !is_absent(claims.get("auth_time")) && time(claims, "auth_time").is_none() {
        return Err("its time of login (`auth_time`) is no time");
    }
    for name in ["nonce", "azp", "at_hash", "c_hash", "s_hash"] {
        if claims.text(name).is_none() && !is_absent(claims.get(name)) {
            return Err("one of `nonce`, `azp`, `at_hash`, `c_hash` and `s_hash` is not a string");
        }
    }
    Ok(())
}

fn time(claims: &JsonObject, name: &str) -> Option<SystemTime> {
    numeric_date(claims.get(name)?)
}

/// What is said of a `sub` that is not the one of before.
pub(super) fn another_user(now: &str, before: &str) -> String {
    format!(
        "it is about another user than before: its `sub` is {:?}, not {:?}",
        ServerText::identifier(now),
        ServerText::identifier(before)
    )
}

/// As the server writes times.
fn whole_seconds(time: SystemTime) -> SystemTime {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(since_epoch.as_secs())
}

/// How a refreshed ID token is of another login than that of before (OpenID Connect Core §12.2).
pub(super) enum OtherLogin {
    /// Of another one of this person at this client: what came with it is not handed out.
    Another(String),
    /// It says what §12.2 rules out and honest servers write: no news of this login, and no sign of another.
    Inexact(String),
}

/// Compares it, where the server says of which login it is.
pub(super) fn check_same_login(before: &IdTokenClaims, claims: &JsonObject) -> Result<(), OtherLogin> {
    let differs = |claim: &str, what: &str| {
        let (now, before) = (ServerText::member(claims.get(claim)), ServerText::member(before.get(claim)));
        format!("it {what} than before: its `{claim}` is {now}, not {before}")
    };
    match (before.azp(), claims.text("azp")) {
        (Some(before), Some(now)) if before != now => {
            return Err(OtherLogin::Another(differs("azp", "was issued to another party")));
        }
        // It names this client, which is checked before; some servers have it in one of the two only.
        (Some(_), None) | (None, Some(_)) => {
            return Err(OtherLogin::Inexact(differs("azp", "names another party")));
        }
        _ => {}
    }
    match (before.auth_time(), time(claims, "auth_time")) {
        (Some(before), Some(now)) if now < before => {
            Err(OtherLogin::Another(differs("auth_time", "is of another login, an earlier one,")))
        }
        // The person has since authenticated again, and the server counts that in (Keycloak does, within one session).
        (Some(before), Some(now)) if now > before => {
            Err(OtherLogin::Inexact(differs("auth_time", "is of a later authentication")))
        }
        _ => Ok(()),
    }
}

/// In constant time, as far as the lengths are equal.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
