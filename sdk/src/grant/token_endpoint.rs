use std::sync::{Arc, OnceLock};

use http::HeaderMap;

use crate::client_auth::{AuthenticatedEndpoint, Reply};
use crate::error::{Error, Fault, Result};
use crate::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::keys::dpop::DpopKey;
use crate::lenient::Members;
use crate::refresh_progress;
use crate::telemetry::{self, Endpoint};
use crate::time::Time;
use crate::token::{AcceptedTokenTypes, ExchangedToken, OAuthToken, RefreshToken, RefreshTokenRotation, TokenType};
use crate::transport::Repeat;
use crate::wire::{AnswerHook, AnswerRules, EndpointUrl, Form, ReceivedAnswer, RequestHook, Successor, read_token};

/// The token endpoint (RFC 6749 §3.2): the one way that every token request of every grant takes. A clone is cheap, and shares the
/// identity once that was computed.
#[derive(Clone, Debug)]
pub(crate) struct TokenEndpoint(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// Of a lazy endpoint, the identity of the client until the endpoint is found.
    endpoint: AuthenticatedEndpoint,
    /// Where refresh tokens go, if elsewhere.
    refresh_endpoint: Option<AuthenticatedEndpoint>,
    /// Whether refreshes repeat the scope of the login.
    repeats_scope: bool,
    rules: AnswerRules,
    refreshes_new_logins: bool,
    stated: Option<FingerprintBuilder>,
    /// Of all the others, none of which changes.
    fingerprint: OnceLock<Fingerprint>,
}

/// What a client says of its token requests beside where they go and how it authenticates.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenTerms {
    pub(crate) rules: AnswerRules,
    pub(crate) refresh_endpoint: Option<EndpointUrl>,
    /// Whether refreshes repeat the scope of the login.
    pub(crate) repeats_scope: bool,
    /// Sent with each token request.
    pub(crate) headers: HeaderMap,
    /// What changes each request before it is sent.
    pub(crate) hook: Option<RequestHook>,
    /// Whether the token of a login is refreshed as soon as it is there.
    pub(crate) refreshes_new_logins: bool,
    /// What else tells its tokens and logins from others, as the program states it.
    pub(crate) stated: Option<FingerprintBuilder>,
}

impl TokenEndpoint {
    pub(crate) fn new(endpoint: AuthenticatedEndpoint, terms: &TokenTerms) -> Self {
        let TokenTerms { rules, refresh_endpoint, repeats_scope, headers, hook, refreshes_new_logins, stated } = terms;
        let endpoint = endpoint.with_endpoint_kind(Endpoint::Token).proving_possession();
        let endpoint = endpoint.with_headers(headers.clone()).with_hook(hook.clone());
        Self(Arc::new(Shared {
            refresh_endpoint: refresh_endpoint.clone().map(|url| endpoint.clone().at(url)),
            endpoint,
            repeats_scope: *repeats_scope,
            rules: rules.clone(),
            refreshes_new_logins: *refreshes_new_logins,
            stated: stated.clone(),
            fingerprint: OnceLock::new(),
        }))
    }

    /// The same with another hook.
    pub(crate) fn with_hook(&self, hook: AnswerHook) -> Self {
        let Shared { endpoint, refresh_endpoint, repeats_scope, rules, refreshes_new_logins, stated, fingerprint: _ } =
            &*self.0;
        Self(Arc::new(Shared {
            endpoint: endpoint.clone(),
            refresh_endpoint: refresh_endpoint.clone(),
            repeats_scope: *repeats_scope,
            rules: AnswerRules { hook: Some(hook), ..rules.clone() },
            refreshes_new_logins: *refreshes_new_logins,
            stated: stated.clone(),
            fingerprint: OnceLock::new(),
        }))
    }

    /// A token of any grant but a refresh. Where the answer cannot be used, nothing of it is kept: no login stands on it yet, and a refresh by
    /// what it brought would be answered in the same way.
    pub(crate) async fn request(&self, form: Form, repeat: Repeat) -> Result<OAuthToken> {
        let asked = form.get("scope").map(str::to_owned);
        let token = self.ask(form, repeat, OAuthToken::read).await?.with_scope_of_login(asked.as_deref());
        self.accept(token, asked.as_deref())
    }

    /// The same for a refresh: the successor of the refresh token is kept before anything else of the answer is judged, and also where the
    /// rest cannot be read; a caller by hand finds it in the error.
    pub(super) async fn request_refreshed(&self, form: Form, before: &RefreshToken) -> Result<OAuthToken> {
        let asked = form.get("scope").map(str::to_owned);
        let reply = self.post(form, Repeat::Never).await?;
        let (status, headers) = (reply.answer.status(), reply.answer.headers());
        let answer = ReceivedAnswer::new(status, headers, reply.answer.body(), reply.secrets(), &self.0.rules);
        let next = match answer.successor(before) {
            Some(Successor::Given(token)) => {
                let next = token.or_scope(before.scope());
                refresh_progress::answered(Some(next.clone())).await?;
                Some(next)
            }
            Some(Successor::SentOneStays) => {
                refresh_progress::answered(None).await?;
                None
            }
            None => None,
        };
        let token = answer.read(reply.secrets(), &self.0.rules, OAuthToken::read);
        let token = token.map_err(|error| self.explained(&reply, error, "refresh_token"));
        let token = token.and_then(|token| self.accept(token.with_scope_of_refresh_token(before), asked.as_deref()));
        token.map_err(|error| match next {
            Some(next) => error.with_next_refresh_token(&next),
            None => error,
        })
    }

    fn accept(&self, token: OAuthToken, asked: Option<&str>) -> Result<OAuthToken> {
        check_type(&token, self.dpop())?;
        tell_withheld(asked, &token);
        Ok(match self.dpop() {
            Some(key) => token.with_key_thumbprint(key.thumbprint()),
            None => token,
        })
    }

    /// The same for a token exchange, which may issue a token that is no access token (RFC 8693 §2.2.1).
    pub(crate) async fn request_exchanged(&self, form: Form, repeat: Repeat) -> Result<ExchangedToken> {
        let asked = form.get("scope").map(str::to_owned);
        let token = self.ask(form, repeat, ExchangedToken::read).await?.with_scope_of_login(asked.as_deref());
        if let Some(access_token) = token.access_token() {
            check_type(access_token, self.dpop())?;
            tell_withheld(asked.as_deref(), access_token);
        }
        Ok(match self.dpop() {
            Some(key) => token.with_key_thumbprint(key.thumbprint()),
            None => token,
        })
    }

    /// Refuses to begin what would end without a token, for want of a key.
    pub(crate) fn check_dpop(&self) -> Result<()> {
        self.0.endpoint.identity().check_dpop()
    }

    /// What the server does with a refresh token that is used.
    pub(crate) fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.0.endpoint.identity().refresh_token_rotation()
    }

    /// Whether the token of a login is refreshed as soon as it is there.
    pub(super) fn refreshes_new_logins(&self) -> bool {
        self.0.refreshes_new_logins
    }

    /// Whether a refresh repeats the scope of the login.
    pub(super) fn repeats_scope(&self) -> bool {
        self.0.repeats_scope
    }

    /// What its tokens are bound to.
    pub(crate) fn dpop(&self) -> Option<&DpopKey> {
        self.0.endpoint.dpop()
    }

    /// Where it is, and how the client authenticates there.
    pub(crate) fn authenticated(&self) -> &AuthenticatedEndpoint {
        &self.0.endpoint
    }

    /// The client's clock.
    pub(crate) fn time(&self) -> &Time {
        self.0.endpoint.identity().time()
    }

    async fn ask<T>(
        &self,
        form: Form,
        repeat: Repeat,
        read: impl FnOnce(Members<'_>, &AcceptedTokenTypes) -> Result<T>,
    ) -> Result<T> {
        let reply = self.post(form, repeat).await?;
        let (status, headers) = (reply.answer.status(), reply.answer.headers());
        read_token(status, headers, reply.answer.body(), reply.secrets(), &self.0.rules, read)
            .map_err(|error| self.explained(&reply, error, reply.parameter("grant_type").unwrap_or_default()))
    }

    async fn post(&self, form: Form, repeat: Repeat) -> Result<Reply> {
        let is_refresh = form.get("grant_type") == Some("refresh_token");
        let Shared { endpoint, refresh_endpoint, .. } = &*self.0;
        let endpoint = refresh_endpoint.as_ref().filter(|_| is_refresh).unwrap_or(endpoint);
        // Boxed, as each grant's and login's future would have it within, and be moved with it.
        Box::pin(endpoint.post(form, repeat)).await
    }

    fn explained(&self, reply: &Reply, error: Error, grant_type: &str) -> Error {
        let error = reply.explained(error.of_grant(grant_type));
        if self.dpop().is_none() { error.of_missing_key() } else { error }
    }

    /// Its part of a token's identity: the server, the client, its authentication, and how the answer is read.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        *self.0.fingerprint.get_or_init(|| self.0.identity())
    }

    /// The same for a login, which is of no use without its refresh token, and which outlives the client's secret.
    pub(crate) fn login_fingerprint(&self) -> Fingerprint {
        let Shared {
            endpoint,
            refresh_endpoint,
            repeats_scope: _,
            rules: _,
            refreshes_new_logins: _,
            stated,
            fingerprint: _,
        } = &*self.0;
        let builder = with_stated(of_server(endpoint.login_fingerprint(), endpoint.is_lazy()), stated.as_ref());
        match refresh_endpoint {
            // Its refresh token is of no use elsewhere.
            Some(elsewhere) => builder.part("refresh_endpoint", elsewhere.login_fingerprint()).build(),
            None => builder.build(),
        }
    }
}

impl Shared {
    fn identity(&self) -> Fingerprint {
        let Self { endpoint, refresh_endpoint, repeats_scope, rules, refreshes_new_logins, stated, fingerprint: _ } =
            self;
        let builder = with_stated(of_server(endpoint.fingerprint(), endpoint.is_lazy()), stated.as_ref());
        let builder = builder.part("answers", rules.fingerprint(Fingerprint::builder()).build());
        let builder = if *repeats_scope { builder.parameter("refresh", "repeats the scope") } else { builder };
        let builder = if *refreshes_new_logins { builder.parameter("new_logins", "refreshed") } else { builder };
        match refresh_endpoint {
            Some(elsewhere) => builder.part("refresh_endpoint", elsewhere.fingerprint()).build(),
            None => builder.build(),
        }
    }
}

/// Tells operators of scopes that were asked for and not granted (RFC 6749 §3.3).
pub(super) fn tell_withheld(asked: Option<&str>, token: &OAuthToken) {
    let (Some(asked), Some(granted)) = (asked, token.scope()) else { return };
    let is_granted = |scope: &&str| match *scope {
        // Servers that give what it stands for need not list it (OpenID Connect Core §3.1.2.1, §11).
        "offline_access" if token.refresh_token().is_some() => true,
        "openid" if token.id_token().is_some() => true,
        scope => granted.split(' ').any(|one| one == scope),
    };
    let withheld: Vec<_> = asked.split(' ').filter(|scope| !is_granted(scope)).collect();
    if !withheld.is_empty() {
        telemetry::scope_withheld(&withheld);
    }
}

/// An issuer is no token endpoint, though it may be written as one.
fn of_server(endpoint: Fingerprint, is_lazy: bool) -> FingerprintBuilder {
    Fingerprint::builder().part(if is_lazy { "issuer" } else { "token_endpoint" }, endpoint)
}

fn with_stated(builder: FingerprintBuilder, stated: Option<&FingerprintBuilder>) -> FingerprintBuilder {
    match stated {
        Some(stated) => builder.part("stated", stated.clone().build()),
        None => builder,
    }
}

pub(super) fn bearer_only(token: OAuthToken) -> Result<OAuthToken> {
    check_type(&token, None)?;
    Ok(token)
}

/// Refuses a token of another type than was requested. For a bound token no proof could be sent; a bearer token could be used by a
/// thief, and the program relies on that it cannot (downgrade, RFC 9449 §5).
fn check_type(token: &OAuthToken, key: Option<&DpopKey>) -> Result<()> {
    match (token.token_type(), key) {
        (TokenType::Bearer, None) | (TokenType::DPoP, Some(_)) => Ok(()),
        (TokenType::DPoP, None) => Err(Error::invalid_response(
            "the server answered with a DPoP token to a request for a bearer token: give the client a key, by `.dpop(..)` on \
             the builder",
        )),
        (TokenType::Bearer, Some(_)) => Err(Error::new(
            Fault::Security,
            "the server answered a DPoP request with a bearer token (RFC 9449 §5): it ignored the proof, or the request was \
             altered (downgrade); use a server with DPoP, or remove `.dpop(..)`",
        )),
    }
}
