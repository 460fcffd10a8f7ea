use std::time::{Duration, SystemTime};

use serde_json::Value;
use subtle::ConstantTimeEq as _;

use super::claims::IdTokenClaims;
use super::expected::Expected;
use crate::jose::{Algorithm, half_hash};

/// What `openidconnect` leaves to its callers; each refusal completes the sentence "the ID token is refused: …".
pub(super) struct Conditions<'a> {
    pub(super) client_id: &'a str,
    pub(super) algorithm: &'a Algorithm,
    pub(super) expected: Expected<'a>,
    pub(super) now: SystemTime,
    pub(super) leeway: Duration,
}

type Check = Result<(), &'static str>;

impl Conditions<'_> {
    pub(super) fn check(&self, claims: &IdTokenClaims) -> Check {
        self.check_authorized_party(claims)?;
        self.check_times(claims)?;
        self.check_subject(claims)?;
        self.check_hashes(claims)
    }

    /// OpenID Connect Core §3.1.3.7, 4 and 5: another party's token must not be replayed here.
    fn check_authorized_party(&self, claims: &IdTokenClaims) -> Check {
        match claims.azp() {
            Some(party) if party == self.client_id => Ok(()),
            Some(_) => Err("it was issued to another client (`azp` is not the client ID)"),
            None if claims.audiences().iter().any(|audience| *audience != self.client_id) => {
                Err("it has several audiences and does not say to which client it was issued (`azp`)")
            }
            None => Ok(()),
        }
    }

    fn check_times(&self, claims: &IdTokenClaims) -> Check {
        if self.is_ahead(claims.issued_at()) {
            return Err("it was issued in the future (`iat`): is this machine's clock right?");
        }
        if claims.get("nbf").and_then(super::numeric_date::numeric_date).is_some_and(|start| self.is_ahead(start)) {
            return Err("it is not valid yet (`nbf`): is this machine's clock right?");
        }
        if claims.expires_at() < claims.issued_at() {
            return Err("it expires before it was issued (`exp`, `iat`)");
        }
        Ok(())
    }

    fn is_ahead(&self, time: SystemTime) -> bool {
        self.now.checked_add(self.leeway).is_some_and(|now| time > now)
    }

    /// OpenID Connect Core §12.2 on refresh, §5.3.2 for userinfo.
    fn check_subject(&self, claims: &IdTokenClaims) -> Check {
        match self.expected.subject {
            Some(subject) if !same(subject, claims.subject()) => Err("it is about another user (`sub`) than before"),
            _ => Ok(()),
        }
    }

    /// OpenID Connect Core §3.1.3.6, §3.3.2.11; FAPI 1.0 part 2 §5.1 for `s_hash`.
    fn check_hashes(&self, claims: &IdTokenClaims) -> Check {
        let hashes = [
            ("at_hash", self.expected.access_token, "it does not belong to the access token (`at_hash`)"),
            ("c_hash", self.expected.code, "it does not belong to the authorization code (`c_hash`)"),
            ("s_hash", self.expected.state, "it does not belong to this login (`s_hash` is not the hash of `state`)"),
        ];
        for (claim, text, refusal) in hashes {
            if let (Some(claimed), Some(text)) = (claims.get(claim).and_then(Value::as_str), text) {
                let own = half_hash(self.algorithm, text);
                if !own.is_some_and(|own| same(&own, claimed)) {
                    return Err(refusal);
                }
            }
        }
        Ok(())
    }
}

/// In constant time, as far as the lengths are equal.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
