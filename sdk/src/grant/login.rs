use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::token_endpoint::tell_withheld;
use super::{Grant, IntoScopes, RequestParameters, TokenEndpoint};
use crate::error::{Delivery, Error, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::unverified_claims;
use crate::oidc::{IdTokenExpectations, PreviousLogin, Refreshed, SignedMessages};
use crate::refresh_progress::{self, Told};
use crate::telemetry;
use crate::token::{IdTokenClaims, OAuthToken, RefreshToken, RefreshTokenRotation};

/// A person's finished login, by any grant: the token, and the claims of the ID token.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::grant::Login;
///
/// # async fn example(login: Login) -> Result<()> {
/// let credentials = login.credentials("cli").await?; // kept fresh in this process; `credentials_in` is for a store
/// let api = ApiClient::new("https://api.example/v1", credentials)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Login {
    token: OAuthToken,
    refresh: LoginRefresh,
}

impl Login {
    /// The token, with its refresh token if there is one.
    pub fn token(&self) -> &OAuthToken {
        &self.token
    }

    /// The claims of the verified ID token; `None` unless the scope `openid` was requested.
    pub fn claims(&self) -> Option<&IdTokenClaims> {
        self.refresh.claims.as_ref()
    }

    /// Narrows the scope of the login, now and at each refresh, to less than the person consented to (RFC 6749 §6).
    ///
    /// # Errors
    ///
    /// [Needs a login](Error::needs_login) if there is no refresh token; or the error of the server or the network, such as
    /// `invalid_scope` for a scope that was not granted. Where the answer could not be used, and has replaced the refresh token, the error
    /// has the [next one](Error::next_refresh_token).
    pub async fn downscoped<Form>(self, scopes: impl IntoScopes<Form> + Send) -> Result<Self> {
        let mut refresh = self.refresh;
        refresh.parameters = refresh.parameters.without_scopes();
        scopes.into_scopes().into_iter().for_each(|scope| refresh.parameters.add_scope(scope));
        let narrowed = Fingerprint::builder().part("login", refresh.fingerprint);
        refresh.fingerprint = narrowed.part("narrowed", refresh.parameters.fingerprint()).build();
        let refresh_token = self.token.refresh_token().ok_or_else(|| {
            Error::login_required(
                "the login has no refresh token, which a narrower scope needs: log in with the narrower scope",
            )
        })?;
        let token = refresh.refresh(refresh_token).await?;
        let next = token.refresh_token().filter(|next| *next != refresh_token).cloned();
        let token = refresh.check_refreshed(token, None).await.map_err(|error| match &next {
            Some(next) => error.with_next_refresh_token(next),
            None => error,
        })?;
        Ok(Self { token, refresh })
    }

    /// The same, which was for these APIs as well, by parameters of its beginning alone.
    pub(crate) fn begun_for<'a>(mut self, apis: impl Iterator<Item = &'a str>) -> Self {
        self.refresh.was_for.extend(apis.map(str::to_owned));
        self
    }

    /// The same under the keys by which [`StoredLogin`](super::StoredLogin) finds it: not those of the user, which another process
    /// does not know.
    pub(crate) fn into_stored_parts(self) -> (OAuthToken, LoginRefresh) {
        let Self { token, mut refresh } = self;
        // Whose login it is stands with it in the store, where that of another person may take its place.
        refresh.claims = None;
        let login = refresh.server.stored_login_fingerprint(&refresh.was_for);
        refresh.fingerprint = refresh.server.stored_fingerprint(login, &refresh.parameters);
        refresh.login = Some(login);
        (token, refresh)
    }

    pub(crate) fn into_parts(self) -> (OAuthToken, LoginRefresh) {
        (self.token, self.refresh)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("token", &self.token).finish_non_exhaustive()
    }
}

/// The server as a login sees it that a person has just finished.
#[derive(Clone, Debug)]
pub(crate) struct LoginServer {
    /// By which it names whose a login is; none where the client was not told.
    pub(crate) issuer: Option<Arc<str>>,
    pub(crate) token_endpoint: TokenEndpoint,
    pub(crate) signed_messages: SignedMessages,
}

impl LoginServer {
    /// Refuses to begin a login that could bring no token at the end, or an ID token that could not be verified.
    pub(crate) fn check(&self, parameters: &RequestParameters) -> Result<()> {
        parameters.check()?;
        self.token_endpoint.check_dpop()?;
        if parameters.has_scope("openid") { self.signed_messages.check_id_token_support() } else { Ok(()) }
    }

    /// Makes sure that an ID token could be verified, where one is asked for: before something is spent that can be spent once.
    ///
    /// # Errors
    ///
    /// Why the issuer's keys could not be fetched, after several tries; nothing has been spent then.
    pub(crate) async fn prepare(&self, parameters: &RequestParameters) -> Result<()> {
        if parameters.has_scope("openid") { self.signed_messages.prepare().await } else { Ok(()) }
    }

    /// The login of this token, once its ID token is verified, where one was asked for. `asked` is what else the token depends on that
    /// was asked for where the login began, as an organization. `expected` is what the login began with, as its ID token must repeat
    /// it.
    pub(crate) async fn login(
        &self,
        token: OAuthToken,
        grant_type: &str,
        parameters: &RequestParameters,
        asked: &str,
        expected: IdTokenExpectations<'_>,
    ) -> Result<Login> {
        let claims = if expected.nonce.is_some() || parameters.has_scope("openid") {
            Some(self.signed_messages.verify_login(&token, expected).await?)
        } else {
            None
        };
        let refresh = LoginRefresh {
            server: self.clone(),
            parameters: parameters.without_scopes(),
            fingerprint: self.fingerprint(&token, grant_type, parameters, asked, claims.as_ref()),
            was_for: parameters.audiences().map(str::to_owned).collect(),
            login: None,
            claims: claims.clone(),
        };
        // Known here alone: the request with the code or its like has no scope.
        tell_withheld(parameters.scope().as_deref(), &token);
        let token = token.with_scope_of_login(parameters.scope().as_deref());
        let token = match claims {
            Some(claims) => token.with_id_token_claims(claims),
            None => token,
        };
        let token = if self.token_endpoint.refreshes_new_logins() { refresh.at_once(token).await } else { token };
        Ok(Login { token, refresh })
    }

    /// What was asked for, and whose it is: the user, or, where no ID token says who that is, this one login.
    fn fingerprint(
        &self,
        token: &OAuthToken,
        grant_type: &str,
        parameters: &RequestParameters,
        asked: &str,
        claims: Option<&IdTokenClaims>,
    ) -> Fingerprint {
        let builder = Fingerprint::builder()
            .parameter("grant_type", grant_type)
            .part("endpoint", self.token_endpoint.fingerprint())
            .part("parameters", parameters.fingerprint())
            .parameter("asked", asked)
            .local_part("rules", self.signed_messages.rules());
        match claims {
            // The same `sub` is another person at another issuer, as in another tenant (OpenID Connect Core §2).
            Some(claims) => {
                let builder = builder.parameter("iss", claims.issuer()).parameter("sub", claims.subject());
                builder.of_any_machine().build()
            }
            // No other process can identify it.
            None => builder.secret("access_token", token.access_token().secret()).of_this_process().build(),
        }
    }

    /// The same in every process: a token of a login under a name is found again by the same client, with the same DPoP key, at the
    /// same server. In one process it is refreshed by the rules of the client that asks for it.
    fn stored_fingerprint(&self, login: Fingerprint, parameters: &RequestParameters) -> Fingerprint {
        Fingerprint::builder()
            .part("login", login)
            .part("endpoint", self.token_endpoint.fingerprint())
            .part("parameters", parameters.fingerprint())
            .local_part("rules", self.signed_messages.rules())
            .of_any_machine()
            .build()
    }

    /// The login itself, with its refresh token, outlives the client's secret. The same `sub` is another person at another issuer (OpenID Connect
    /// Core §2). With the APIs that it was for: the refresh token of a login for one API gets no tokens for another.
    fn stored_login_fingerprint(&self, was_for: &BTreeSet<String>) -> Fingerprint {
        let Self { issuer, token_endpoint, signed_messages: _ } = self;
        let builder = Fingerprint::builder().parameter("grant_type", "a login that was stored");
        let builder = issuer.iter().fold(builder, |builder, issuer| builder.parameter("issuer", issuer));
        let builder = was_for.iter().fold(builder, |builder, api| builder.parameter("audience", api));
        builder.part("endpoint", token_endpoint.login_fingerprint()).build()
    }
}

/// How the token of a login is refreshed, without the person.
#[derive(Clone)]
pub(crate) struct LoginRefresh {
    server: LoginServer,
    parameters: RequestParameters,
    /// Tells this login from every other.
    fingerprint: Fingerprint,
    /// The APIs that the login was for.
    was_for: BTreeSet<String>,
    /// What tells its refresh token from every other, where that is less.
    login: Option<Fingerprint>,
    /// What the ID token of the login said.
    claims: Option<IdTokenClaims>,
}

impl LoginRefresh {
    /// Of a login that was finished by an earlier run of the program, for these APIs.
    pub(crate) fn of_stored(server: LoginServer, parameters: RequestParameters, was_for: BTreeSet<String>) -> Self {
        let login = server.stored_login_fingerprint(&was_for);
        Self {
            fingerprint: server.stored_fingerprint(login, &parameters),
            login: Some(login),
            was_for,
            server,
            parameters,
            claims: None,
        }
    }

    /// The scope stays what it was: unless it was narrowed, or the server wants to see it, it is not sent again (RFC 6749 §6).
    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.server.token_endpoint.refresh(refresh_token, &self.parameters).await
    }

    /// The token in place of that of a login that has just been finished, with what only that came with. Where it cannot be had, the login
    /// is there all the same, with the successor of its refresh token if one came, and the next refresh tries it again, if the policy allows
    /// that after a lost answer.
    async fn at_once(&self, first: OAuthToken) -> OAuthToken {
        let Some(refresh_token) = first.refresh_token().cloned() else { return first };
        let sent = self.server.token_endpoint.time().unix();
        let (outcome, told) = refresh_progress::observed(self.refresh(&refresh_token)).await;
        match outcome {
            Ok(token) => {
                let only_first = first.extra().iter().filter(|(name, _)| !token.extra().contains_key(*name));
                let only_first: Vec<_> = only_first.map(|(name, value)| (name.clone(), value.clone())).collect();
                only_first.into_iter().fold(token, |token, (name, value)| token.with_extra(name, value))
            }
            Err(why) => {
                telemetry::login_not_refreshed(&why);
                match told {
                    Told::ReplacedBy(successor) => first.with_refresh_token(successor.or_scope(refresh_token.scope())),
                    Told::Sent if why.delivery() == Delivery::Unknown => {
                        first.with_refresh_token(refresh_token.with_unanswered(sent))
                    }
                    Told::NotSent | Told::Sent | Told::Stays => first,
                }
            }
        }
    }

    /// A new ID token must be of the same person (OpenID Connect Core §12.2); what else is wrong with it is no reason to give up
    /// the login.
    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        let claims = self.claims.as_ref();
        let before = PreviousLogin { subject: subject.or(claims.map(IdTokenClaims::subject)), claims };
        // A login without an ID token had asked for none.
        let id_token = token.id_token().filter(|text| !text.is_empty() && before.subject.is_some());
        let Some(id_token) = id_token else { return Ok(token) };
        match self.server.signed_messages.verify_refreshed(id_token, token.access_token().secret(), before).await? {
            Refreshed::Verified(claims) => Ok(token.with_id_token_claims(claims)),
            Refreshed::Unverified(why) => {
                telemetry::id_token_not_verified(&why);
                Ok(token)
            }
            Refreshed::NotChecked => Ok(token),
        }
    }

    /// The claims were verified when they came, by the rules of the client that put them into the store. What those of this one rule out is
    /// left out.
    fn check_stored(&self, token: OAuthToken) -> OAuthToken {
        if token.id_token_claims().is_none() {
            return token;
        }
        match self.server.signed_messages.check_stored(token.id_token()) {
            Ok(()) => token,
            Err(why) => {
                telemetry::stored_id_token_refused(&why);
                token.without_id_token_claims()
            }
        }
    }
}

#[async_trait]
impl Grant for LoginRefresh {
    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("there is no valid refresh token: the person has to log in again"))
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.refresh(refresh_token).await
    }

    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        self.check_refreshed(token, subject).await
    }

    fn check_stored(&self, token: OAuthToken) -> OAuthToken {
        self.check_stored(token)
    }

    fn subject(&self, token: &OAuthToken) -> Option<String> {
        let verified = token.id_token_claims().map(|claims| claims.subject().to_owned());
        verified.or_else(|| token.id_token().and_then(subject_of))
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    fn login(&self) -> Fingerprint {
        self.login.unwrap_or(self.fingerprint)
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.server.token_endpoint.refresh_token_rotation()
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.server.token_endpoint
    }
}

/// Who an ID token is of, by its own word: of one that was verified when it came, or could not be. `None` where it is encrypted.
fn subject_of(id_token: &str) -> Option<String> {
    unverified_claims(id_token)?.text("sub").map(str::to_owned)
}
