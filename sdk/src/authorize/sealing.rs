use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::PendingLogin;
use crate::error::{Error, Fault, Incident, Result};
use crate::keys::sealing::SealingKey;

/// Long enough for a person who has to look for their telephone first.
const LIFETIME: Duration = Duration::from_mins(15);

/// Says what was sealed, so that nothing else that was sealed with the same key is taken for it.
const CONTEXT: &[u8] = b"grantkit pending login 1";

#[derive(Serialize)]
struct Content<'a> {
    until: u64,
    login: &'a PendingLogin,
}

#[derive(Deserialize)]
struct OpenedContent {
    until: u64,
    login: PendingLogin,
}

/// For a server that keeps nothing: the browser carries the login in a cookie.
impl PendingLogin {
    /// Encrypts it into some 500 characters for a cookie; valid for 15 minutes from the start of the login.
    ///
    /// Name the cookie `__Host-..` (as `__Host-login`), which browsers accept from this host alone: no subdomain, and no attacker on
    /// a connection without TLS, can replace it by another login, and so another account. Such a cookie is `Secure`, has
    /// `Path=/` and no `Domain`. Set it `HttpOnly` and `SameSite=Lax` as well; for an answer by
    /// [form post](crate::authorize::ResponseMode::FormPost), which comes from another site, `SameSite=None`. Remove it with the
    /// answer (`Max-Age=0`): a login is finished once.
    ///
    /// ```
    /// use grantkit::authorize::PendingLogin;
    /// use grantkit::keys::SealingKey;
    ///
    /// # fn example(pending: PendingLogin, callback: &str) -> grantkit::Result<()> {
    /// let key = SealingKey::random()?; // or `SealingKey::from_base64(text)`, the same in every process
    /// let cookie: String = pending.seal(&key)?;
    /// // .. the browser goes away, and comes back ..
    /// let pending = PendingLogin::open(&key, &cookie)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the machine's cryptography fails.
    pub fn seal(&self, key: &SealingKey) -> Result<String> {
        self.seal_for(key, LIFETIME)
    }

    /// As [`seal`](Self::seal), valid for this long from the start of the login.
    ///
    /// # Errors
    ///
    /// As [`seal`](Self::seal).
    pub fn seal_for(&self, key: &SealingKey, lifetime: Duration) -> Result<String> {
        let failed = || Error::configuration("the login cannot be sealed: the machine's cryptography fails");
        let until = self.asked_at.saturating_add(lifetime.as_secs());
        let json = serde_json::to_vec(&Content { until, login: self }).map_err(|_| failed())?;
        let sealed = key.seal(CONTEXT, &Zeroizing::new(json)).ok_or_else(failed)?;
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Decrypts a login that was sealed with this key. Whether it has expired [`finish`](super::AuthorizationCode::finish) says, by the
    /// clock of its client.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it was sealed with another key, or changed since.
    pub fn open(key: &SealingKey, sealed: &str) -> Result<Self> {
        let refused = || {
            Error::new(
                Fault::Security,
                "the sealed login cannot be opened: it was sealed with another key, or changed since",
            )
            .with_incident(Incident::ForeignState)
        };
        let bytes = URL_SAFE_NO_PAD.decode(sealed.trim()).map_err(|_| refused())?;
        let opened = key.open(CONTEXT, &bytes).ok_or_else(refused)?;
        let OpenedContent { until, mut login } = serde_json::from_slice(&opened).map_err(|_| refused())?;
        login.expires_at = Some(until);
        Ok(login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn pending() -> PendingLogin {
        PendingLogin {
            asked: None,
            state: "st4te".to_owned(),
            code_verifier: "v3rifier".to_owned(),
            redirect_uri: "https://app.example/callback".to_owned(),
            redirect_uri_of_issuer: true,
            nonce: Some("n0nce".to_owned()),
            max_age: Some(60),
            asked_at: 1_700_000_000,
            expires_at: None,
            acr_values: vec!["gold".to_owned()],
            response_mode: Some(crate::authorize::ResponseMode::FormPost),
            hybrid: false,
            dpop_jkt: Some("thumbpr1nt".to_owned()),
            server: Some("https://as.example/tenant".to_owned()),
            request_expires_in: None,
        }
    }

    #[test]
    fn what_was_sealed_is_opened_with_the_same_key_and_fits_a_cookie() {
        let sealed = pending().seal(&SealingKey::new(KEY).unwrap()).unwrap();
        let opened = PendingLogin::open(&SealingKey::new(KEY).unwrap(), &sealed).unwrap();
        let mut expected = pending();
        expected.expires_at = Some(1_700_000_900);
        assert_eq!(serde_json::to_value(&opened).unwrap(), serde_json::to_value(expected).unwrap());
        assert!(
            sealed.len() < 1000 && sealed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        // Twice is not the same, and nothing shows through.
        assert_ne!(sealed, pending().seal(&SealingKey::new(KEY).unwrap()).unwrap());
        let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("v3rifier"));
    }

    #[test]
    fn another_key_a_change_or_garbage_opens_nothing() {
        let key = SealingKey::new(KEY).unwrap();
        let sealed = pending().seal(&key).unwrap();
        assert!(PendingLogin::open(&SealingKey::random().unwrap(), &sealed).unwrap_err().is_security());
        for at in [0, 11, 12, 40, sealed.len() - 1] {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'Q' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(PendingLogin::open(&key, &changed).unwrap_err().is_security(), "{at}");
        }
        for garbage in ["", "AAAA", "?", &sealed[..20], &"A".repeat(40)] {
            assert!(PendingLogin::open(&key, garbage).unwrap_err().is_security(), "{garbage}");
        }
    }
}
