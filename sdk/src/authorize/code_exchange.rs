//! From the answer of the browser to the login: its checks, and the exchange of the code for the token.

use std::time::{Duration, UNIX_EPOCH};

use url::Url;

use super::callback::CallbackExpectations;
use super::response_hook::ReadResponse;
use super::token_parameters::token_parameters;
use super::{AuthorizationCode, PendingLogin};
use crate::error::{Error, Fault, Incident, Result};
use crate::grant::{CodeExchange, Login};
use crate::oidc::{IdTokenExpectations, MaxAge};

impl AuthorizationCode {
    /// Finishes a login: checks the callback and exchanges its code for the token. `callback` is the URL that the browser came back
    /// to, or only its query, its fragment or the body of its request, depending on the [response mode](Self::response_mode).
    ///
    /// # Errors
    ///
    /// | question | then |
    /// |---|---|
    /// | [`is_denied`](Error::is_denied) | the person refused |
    /// | [`is_state_mismatch`](Error::is_state_mismatch) | it is the answer to another login, or forged (login CSRF) |
    /// | [`is_mix_up`](Error::is_mix_up) | it is the answer of another server (`iss`), or to a login that began at another |
    /// | [`needs_login`](Error::needs_login) | the login was [sealed](PendingLogin::seal), and its time is over: start again |
    /// | [`is_replay`](Error::is_replay) | the code was already used (in this process, or at the server), or has expired |
    /// | [`is_security`](Error::is_security) | any of these that must not be accepted, or an ID token that does not verify |
    ///
    /// Or the error of the token endpoint or the network.
    pub async fn finish(&self, pending: PendingLogin, callback: impl AsRef<str> + Send) -> Result<Login> {
        self.check_server(&pending)?;
        self.check_expiry(&pending)?;
        self.found().await?.finish_found(pending, callback.as_ref()).await
    }

    async fn finish_found(&self, pending: PendingLogin, callback: &str) -> Result<Login> {
        self.check_server(&pending)?;
        check_address(&pending, callback)?;
        let mut answer = self.answer(&pending, callback).await?;
        let id_token = answer.take_id_token().filter(|_| pending.hybrid);
        let expected = CallbackExpectations {
            state: &pending.state,
            issuer: self.issuer(),
            // An ID token says it as well, and is verified next (RFC 9207 §2).
            requires_iss: self.server.requires_iss && id_token.is_none(),
        };
        let parameters = answer.take_parameters();
        let code = answer.into_code(&expected)?;
        let ReadResponse { kept, sent_on } = match &self.server.response_hook {
            Some(hook) => hook.read(parameters)?,
            None => ReadResponse::default(),
        };
        self.check_key(&pending)?;
        let user = self.user_ahead(&pending, id_token.as_deref(), &code).await?;
        // The code can be used once: not before what comes for it can be verified.
        self.server.login.prepare(self.parameters()).await?;
        let exchange = CodeExchange {
            code: &code,
            redirect_uri: &pending.redirect_uri,
            code_verifier: Some(&pending.code_verifier),
            parameters: self.parameters(),
            of_response: &sent_on,
        };
        // From here on a copy of it is of no use, unless the code was not taken up.
        pending.claim()?;
        let token = self.server.login.token_endpoint.exchange(exchange).await.map_err(|error| {
            // Refused, or not sent: no token came of the code, and none will.
            if error.is_connect()
                || !error.is_outcome_unknown() && error.status().is_some_and(|status| !status.is_success())
            {
                pending.give_back();
            }
            refused_code(error)
        })?;
        let kept_as_text = if kept.is_empty() {
            String::new()
        } else {
            token_parameters(kept.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        };
        let token = kept.into_iter().fold(token, |token, (name, value)| {
            // What the server says itself is worth more than what came through the browser.
            if token.extra().contains_key(&name) { token } else { token.with_extra(name, value) }
        });
        let since_epoch = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let expected = IdTokenExpectations {
            max_age: pending
                .max_age
                .map(|seconds| MaxAge { age: Duration::from_secs(seconds), asked_at: since_epoch(pending.asked_at) }),
            acr_values: &pending.acr_values,
            subject: user.as_deref(),
            ..beginning(&pending, &code)
        };
        let asked = format!("{}{}", pending.asked.as_deref().unwrap_or_default(), kept_as_text);
        let login = self.server.login.login(token, "authorization_code", self.parameters(), &asked, expected).await?;
        Ok(login.begun_for(self.login_parameters.apis()))
    }

    /// The user that the ID token beside the code is about, once it is verified; `None` where none was asked for.
    async fn user_ahead(&self, pending: &PendingLogin, id_token: Option<&str>, code: &str) -> Result<Option<String>> {
        if !pending.hybrid {
            return Ok(None);
        }
        self.signed_messages().verify_hybrid(id_token, beginning(pending, code)).await.map(Some)
    }
}

/// What is refused before the code is spent.
impl AuthorizationCode {
    /// Refuses to spend a code that the server gives no token for without another key (RFC 9449 §10).
    fn check_key(&self, pending: &PendingLogin) -> Result<()> {
        if pending.dpop_jkt.is_some() && pending.dpop_jkt != self.dpop_jkt() {
            if self.server.identity.dpop().is_none() {
                return Err(Error::configuration(
                    "the login began with a DPoP key, and the client that is to finish it has none: call `.dpop(key)` with the same \
                     key on the client's builder in every process",
                ));
            }
            return Err(Error::configuration(
                "the login began with another DPoP key than the client has now: if one process may finish a login that another \
                 began, give all of them the same key, as by `DpopKey::from(SigningKey::from_pem(..)?)`",
            ));
        }
        Ok(())
    }

    /// Refuses to send one server's code to another (mix-up, RFC 9700 §4.4.2).
    fn check_server(&self, pending: &PendingLogin) -> Result<()> {
        if pending.server.as_deref().is_none_or(|server| server == self.server_name()) {
            return Ok(());
        }
        Err(Error::new(
            Fault::Security,
            format!(
                "the login began at another authorization server than {}, which is to finish it (RFC 9700 §4.4.2)",
                self.server_name()
            ),
        )
        .with_incident(Incident::MixUp))
    }

    /// Refuses a sealed login whose time is over.
    fn check_expiry(&self, pending: &PendingLogin) -> Result<()> {
        match pending.expires_at {
            Some(end) if self.time().unix().as_secs() >= end => {
                Err(Error::login_required("the sealed login has expired: start again"))
            }
            _ => Ok(()),
        }
    }
}

/// Refuses an answer that came to another redirect URI than this login's, where each issuer has one of its own: it is another
/// server's (mix-up, RFC 9700 §4.4.2.2).
fn check_address(pending: &PendingLogin, callback: &str) -> Result<()> {
    if !pending.redirect_uri_of_issuer {
        return Ok(());
    }
    let path_of = |text: &str| {
        let end = text.find(['?', '#']).unwrap_or(text.len());
        let text = text.get(..end).unwrap_or_default();
        if text.starts_with('/') {
            Some(text.to_owned())
        } else {
            Url::parse(text).ok().map(|url| url.path().to_owned())
        }
    };
    let came_to = path_of(callback);
    if came_to.is_some() && came_to == path_of(&pending.redirect_uri) {
        return Ok(());
    }
    let message = match came_to {
        Some(_) => {
            "the browser came back to another redirect URI than this login's: it is the answer of another authorization server (RFC 9700 \
             §4.4.2.2)"
        }
        None => {
            "this login's server has a redirect URI of its own, by which its answers are known: give `finish` the whole address that the \
             browser came back to, or its path and query, not the query alone (RFC 9700 §4.4.2.2)"
        }
    };
    Err(Error::new(Fault::Security, message).with_incident(Incident::MixUp))
}

/// What each ID token of a login repeats of it.
fn beginning<'a>(pending: &'a PendingLogin, code: &'a str) -> IdTokenExpectations<'a> {
    IdTokenExpectations {
        nonce: pending.nonce.as_deref(),
        code: Some(code),
        state: Some(&pending.state),
        ..IdTokenExpectations::default()
    }
}

/// A code that the server does not take any more was used before, or has expired (RFC 6749 §4.1.2).
pub(super) fn refused_code(error: Error) -> Error {
    let is_refusal = error.fault() == Fault::OAuth && error.oauth_code() == Some("invalid_grant");
    if is_refusal { error.with_incident(Incident::Replay) } else { error }
}
