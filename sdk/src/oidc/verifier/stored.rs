use super::super::conditions::check_authorized_party;
use super::super::encrypted_answers::AnswerKind;
use super::super::issuer_verifier::{check_algorithm, is_absent, refused};
use super::{LoginIdTokenVerifier, TYP, WHAT};
use crate::error::Result;
use crate::keys::UnverifiedJwt;

impl LoginIdTokenVerifier {
    /// Judges an ID token again that was verified by another client of the same login: by all rules of this one but for the signature, which
    /// was checked then, and the times, which were right then.
    ///
    /// # Errors
    ///
    /// [`is_security`](crate::Error::is_security) names the rule; or there is no key to decrypt it with.
    pub(crate) fn check_stored(&self, id_token: &str, requires_auth_time: bool) -> Result<()> {
        let opened = self.encrypted.open(AnswerKind::IdToken, id_token)?;
        let UnverifiedJwt { algorithm, claims, .. } = UnverifiedJwt::read(WHAT, opened.text(), TYP)?;
        check_algorithm(&self.algorithms, &algorithm)
            .and_then(|()| self.jwts.check_issuer(&claims))
            .and_then(|()| self.jwts.check_audience(&claims))
            .map_err(|reason| refused(WHAT, &reason))?;
        check_authorized_party(&claims, &self.jwts.client_id).map_err(|reason| refused(WHAT, &reason))?;
        if requires_auth_time && is_absent(claims.get("auth_time")) {
            return Err(refused(WHAT, "it does not say when the user logged in (`auth_time`)"));
        }
        Ok(())
    }
}
