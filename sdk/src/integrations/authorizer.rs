use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::api::Base;
use crate::credentials::{
    Answer, AuthorizationHeaders, Credentials, Disposition, IntoCredentials, NextTry, Reauthorization,
};
use crate::error::Result;
use crate::wire::PlainHttp;

/// Which requests of another library's client get the token, and what follows from their answers: one rule for all of them.
#[derive(Clone, Debug)]
pub(super) struct Authorizer {
    base: Base,
    credentials: Credentials,
}

impl Authorizer {
    pub(super) fn new(base: &str, credentials: impl IntoCredentials) -> Result<Self> {
        Self::parse(base, PlainHttp::LoopbackOnly, credentials)
    }

    pub(super) fn danger_allow_plain_http(base: &str, credentials: impl IntoCredentials) -> Result<Self> {
        Self::parse(base, PlainHttp::Anywhere, credentials)
    }

    fn parse(base: &str, plain_http: PlainHttp, credentials: impl IntoCredentials) -> Result<Self> {
        Ok(Self { base: Base::parse(base, plain_http)?, credentials: credentials.into_credentials() })
    }

    /// What the token never leaves.
    pub(super) fn base(&self) -> &Base {
        &self.base
    }

    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }
}

/// How a request was authorised, and what is done about the answers that reject it.
pub(super) struct Exchange<'a> {
    credentials: &'a Credentials,
    sent: AuthorizationHeaders,
    tries: Reauthorization,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(credentials: &'a Credentials, sent: AuthorizationHeaders) -> Self {
        Self { credentials, sent, tries: Reauthorization::default() }
    }

    /// The headers of the last try.
    pub(super) fn sent(&self) -> &AuthorizationHeaders {
        &self.sent
    }

    /// Other headers for the next try.
    #[cfg(feature = "rmcp")]
    pub(super) fn replace(&mut self, headers: AuthorizationHeaders) {
        self.sent = headers;
    }

    /// Why the answer rejects how the request was authorised, if it does and something can be done about it.
    pub(super) fn rejection(&self, status: StatusCode, headers: &HeaderMap) -> Option<Disposition> {
        let answer = Answer { sent: &self.sent, status, headers };
        answer.keep_nonce();
        let disposition = answer.disposition(self.credentials);
        let is_final = disposition == Disposition::Accepted || self.tries.exhausted(disposition, answer).is_some();
        (!is_final).then_some(disposition)
    }

    /// Gets new headers. The request is returned if it is to be sent again, with what [`sent`](Self::sent) is now; else the answer stands.
    ///
    /// Without a copy of the request the token is renewed all the same, for the next one.
    pub(super) async fn renew<T>(
        &mut self,
        rejection: Disposition,
        status: StatusCode,
        headers: &HeaderMap,
        copy: Option<Resend<T>>,
    ) -> Result<Option<T>> {
        let answer = Answer { sent: &self.sent, status, headers };
        let target = copy.as_ref().map(|copy| (&copy.method, &copy.url));
        let renewed = answer.renewed_headers(rejection, self.credentials, target).await;
        match self.tries.next(rejection, answer, renewed, copy)? {
            NextTry::Send(copy, headers) => {
                self.sent = headers;
                Ok(Some(copy.request))
            }
            NextTry::Stop(_) => Ok(None),
        }
    }
}

/// A request to send again.
pub(super) struct Resend<T> {
    pub(super) request: T,
    pub(super) method: Method,
    pub(super) url: Url,
}

#[cfg(feature = "reqwest-middleware")]
impl Resend<reqwest::Request> {
    pub(super) fn of(request: reqwest::Request) -> Self {
        Self { method: request.method().clone(), url: request.url().clone(), request }
    }
}
