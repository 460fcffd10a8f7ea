//! Errors that a server's answer is, and what that answer adds to them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::Value;

use super::oauth::LOGIN_OVER;
use super::{ApiRejection, Challenge, Error, Fault, Incident, Inner, OAuthFailure};
use crate::text::ServerText;

impl Error {
    /// An OAuth error comes with 4xx (RFC 6749 §5.2), or with 200: in a 5xx it is a server that fails and says so in these
    /// words, and nothing follows from its code but where that says the same.
    pub(crate) fn oauth(failure: OAuthFailure, status: Option<StatusCode>) -> Self {
        let is_failing = status.is_some_and(|status| status.is_server_error()) && !failure.is_temporary();
        let mut error = if is_failing {
            let text =
                format!("{}, with a status by which it is the server that fails: try again later", failure.said());
            Self::new(Fault::Status, text)
        } else {
            Self::new(Fault::OAuth, failure.to_string())
        };
        error.edit(|inner| {
            inner.oauth = Some(failure);
            inner.status = status;
        });
        error
    }

    /// An error status of an API, and what came of it where the token was rejected.
    pub(crate) fn of_api(
        message: String,
        status: StatusCode,
        challenges: Vec<Challenge>,
        rejection: Option<ApiRejection>,
    ) -> Self {
        let may_pass = rejection.as_ref().is_some_and(ApiRejection::is_retryable);
        let message = match &rejection {
            Some(rejection) => format!("{message}; {}", rejection.explanation()),
            None => message,
        };
        let error = Self::new(if may_pass { Fault::Temporary } else { Fault::Api }, message)
            .with_status(status)
            .with_challenges(challenges);
        match rejection {
            Some(ApiRejection::NotRenewed(cause)) => {
                let wait = cause.retry_after();
                wait.into_iter().fold(error.with_source(cause), Self::with_retry_after)
            }
            _ => error,
        }
    }

    /// With advice that fits the grant, where the server refused it. A refresh token that was refused is a login that is over, unless the
    /// refusal leaves it; one whose answer was lost is sent once more.
    pub(crate) fn of_grant(mut self, grant_type: &str) -> Self {
        let is_refresh = grant_type == "refresh_token";
        if is_refresh && self.is_of_gateway() {
            self.edit(|inner| inner.fault = Fault::Interrupted);
        }
        if is_refresh && self.inner.incident == Some(Incident::BeforeServer) {
            self.edit(Inner::kept_from_server);
        }
        let is_over = is_refresh && self.is_refusal() && !self.is_passing_status() && !self.inner.keeps_refresh_token;
        self.edit(|inner| {
            let said = match (&inner.oauth, is_over) {
                (Some(failure), true) => Some(format!("{}; {LOGIN_OVER}", failure.said())),
                (Some(failure), false) => Some(failure.sentence(Some(grant_type))),
                (None, true) => Some(format!("{}: {LOGIN_OVER}", inner.message.as_str())),
                (None, false) => None,
            };
            if let Some(said) = said.filter(|_| matches!(inner.fault, Fault::OAuth | Fault::Status)) {
                inner.message = Cow::<str>::from(said).into();
            }
            if is_over {
                inner.incident = Some(Incident::LoginOver);
            }
        });
        self
    }

    /// Whether the server refused what it was given: not for the moment, and not for what the client is.
    fn is_refusal(&self) -> bool {
        match self.inner.fault {
            _ if self.inner.incident != Some(Incident::Refused) => false,
            Fault::OAuth => self.inner.oauth.as_ref().is_some_and(OAuthFailure::refuses_refresh_token),
            _ => true,
        }
    }

    /// With what to try next, where it was the client that was refused.
    pub(crate) fn with_cure(mut self, cure: &str) -> Self {
        self.edit(|inner| inner.message = Cow::<str>::from(format!("{}; {cure}", inner.message.as_str())).into());
        self
    }

    /// With the server's OAuth error, as it was received; how to react to it depends on the fault.
    pub(crate) fn with_oauth(mut self, failure: OAuthFailure) -> Self {
        self.edit(|inner| inner.oauth = Some(failure));
        self
    }

    /// With the further members of an OAuth error answer.
    pub(crate) fn with_members(mut self, members: BTreeMap<String, Value>) -> Self {
        self.edit(|inner| inner.members = members);
        self
    }

    /// With every secret struck out of the message.
    pub(crate) fn without<'a>(mut self, secrets: impl IntoIterator<Item = &'a str>) -> Self {
        self.edit(|inner| {
            let message = ServerText::without(inner.message.as_str(), secrets);
            inner.message = Cow::<str>::from(message.as_str().to_owned()).into();
            inner.source = None;
        });
        self
    }

    /// Said of a client without a key: where the server asked for a proof of possession, nothing else is wrong. Servers say so with
    /// `invalid_dpop_proof`, or in the words of another error (RFC 9449 §5).
    pub(crate) fn of_missing_key(mut self) -> Self {
        self.edit(|inner| {
            if let Some(failure) = inner.oauth.as_ref().filter(|failure| failure.asks_for_proof()) {
                inner.fault = Fault::Configuration;
                inner.incident = None;
                let message = format!(
                    "the authorization server gives this client only tokens that are bound to a key (DPoP, RFC 9449), and the client has \
                     none: call `.dpop(key)` on its builder ({}{})",
                    failure.code,
                    failure.description.as_ref().map(|text| format!(": {text}")).unwrap_or_default()
                )
                ;
                inner.message = Cow::<'static, str>::Owned(message).into();
            }
        });
        self
    }
}

impl Inner {
    /// Of a refresh that did not get as far as the server: the refresh token is as good as it was.
    fn kept_from_server(&mut self) {
        self.fault = Fault::Temporary;
        let said = self.message.as_str();
        let end = if said.ends_with('?') { "" } else { ";" };
        let text = format!(
            "{said}{end} an authorization server does not refuse a refresh token so, and what answered is as a rule something before it (a \
             gateway, a firewall, a service mesh): look at that, and at the token endpoint's URL. The refresh token is kept, and the next \
             refresh sends it"
        );
        self.message = Cow::<str>::from(text).into();
    }
}
