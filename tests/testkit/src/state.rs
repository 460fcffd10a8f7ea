//! What the authorization server knows.

mod clients;
mod code;
mod device;
mod login;
mod registration;
mod token_store;
mod tokens;

use std::collections::{BTreeMap, HashMap, VecDeque};
#[cfg(feature = "catalogue")]
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Map, Value};

pub(crate) use self::clients::Clients;
pub(crate) use self::code::AuthorizationCode;
pub(crate) use self::device::{Decision, DeviceCode, Poll};
pub(crate) use self::login::{Login, audience_claim, narrow_audience};
pub(crate) use self::registration::Registration;
pub(crate) use self::token_store::TokenStore;
pub(crate) use self::tokens::{AccessToken, RefreshToken};
use crate::clock::Clock;
use crate::counters::Tally;
use crate::dpop::Proofs;
use crate::keys::KeyRing;
use crate::oauth_error::OAuthError;
use crate::scope::Scope;
use crate::sync::lock;
use crate::user::User;

/// The state of one authorization server, shared with the APIs that trust it.
pub(crate) struct State {
    /// Where the server listens, `http://127.0.0.1:PORT`.
    pub(crate) base_url: String,
    /// The issuer identifier: the base URL, unless the server plays a service that has a path there.
    pub(crate) issuer: String,
    pub(crate) clients: Clients,
    /// `None`: any client may register.
    pub(crate) initial_access_token: Option<String>,
    pub(crate) requires_pushed_requests: bool,
    /// At the token endpoint.
    pub(crate) requires_resource: bool,
    pub(crate) documents: MetadataDocuments,
    /// The keys of those whose assertions are taken, by issuer.
    pub(crate) trusted_issuers: HashMap<String, Value>,
    /// `None`: every scope is granted.
    pub(crate) allowed_scopes: Option<Scope>,
    pub(crate) rotate_refresh_tokens: bool,
    pub(crate) refresh_token_grace: Duration,
    pub(crate) refresh_tokens: RefreshTokens,
    /// How long a device waits between two polls (RFC 8628 §3.2).
    pub(crate) poll_interval: Duration,
    pub(crate) access_token_length: usize,
    pub(crate) id_tokens: IdTokenRules,
    pub(crate) keys: KeyRing,
    pub(crate) clock: Clock,
    pub(crate) proofs: Proofs,
    pub(crate) tokens: TokenStore,
    pub(crate) tally: Tally,
    /// What tests change while the server runs.
    pub(crate) live: Mutex<Live>,
}

impl State {
    /// Decides on the scope that a client asks for (RFC 6749 §3.3); who asks for none gets none.
    pub(crate) fn scope_to_grant(&self, asked: Option<&str>) -> Result<Scope, OAuthError> {
        let scope = Scope::parse(asked.unwrap_or_default())?;
        match &self.allowed_scopes {
            None => Ok(scope),
            Some(allowed) => scope.within(allowed, "the scope is not offered here"),
        }
    }

    /// What is granted at once, now.
    pub(crate) fn login(&self, client_id: &str, user: Option<User>, scope: Scope, audience: Vec<String>) -> Login {
        Login::new(client_id, user, scope, audience, self.clock.unix())
    }

    /// Issues a token outside of every grant: one that is copied from a service's settings.
    #[cfg(feature = "catalogue")]
    pub(crate) fn issue_api_token(&self, client_id: &str, text: &str) {
        let login = Arc::new(self.login(client_id, Some(lock(&self.live).user.clone()), Scope::default(), Vec::new()));
        let token = AccessToken::new(login, Scope::default(), Vec::new(), Duration::MAX, &self.clock);
        self.tokens.add_access_token(text.to_owned(), Arc::new(token));
    }

    /// What the user makes of a request that can be consented to.
    pub(crate) fn decision(&self) -> Decision {
        let denial = lock(&self.live).denials.pop_front();
        denial.map_or(Decision::Approved, Decision::Denied)
    }

    /// Revokes all tokens of a login.
    pub(crate) fn revoke_family(&self, login: &Login) {
        if login.revoke() {
            self.tally.revoked_families.bump();
        }
    }
}

type MoreClaims = Box<dyn Fn(&User) -> Map<String, Value> + Send + Sync>;

/// What ID tokens have that differs between servers.
pub(crate) struct IdTokenRules {
    /// Whether each login yields one, also without the scope `openid`.
    pub(crate) are_always_issued: bool,
    pub(crate) have_nonce: bool,
    /// Signed with the client's secret (HS256).
    pub(crate) are_signed_with_secret: bool,
    /// More claims of the user.
    pub(crate) more_claims: MoreClaims,
}

impl Default for IdTokenRules {
    fn default() -> Self {
        Self {
            are_always_issued: false,
            have_nonce: true,
            are_signed_with_secret: false,
            more_claims: Box::new(|_| Map::new()),
        }
    }
}

/// What tests change while the server runs.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) access_token_lifetime: Duration,
    pub(crate) latency: Duration,
    pub(crate) user: User,
    /// Errors for the next logins.
    pub(crate) denials: VecDeque<String>,
    /// Claims put into each ID token at the end; `null` takes the claim out.
    pub(crate) id_token_claims: BTreeMap<String, Value>,
}

/// Which metadata documents a server has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetadataDocuments {
    /// Both, with the same in them.
    #[default]
    Both,
    /// `/.well-known/oauth-authorization-server` alone (RFC 8414).
    OAuth,
    /// `/.well-known/openid-configuration` alone (OpenID Connect Discovery).
    OpenId,
    /// Both, of which the one of OAuth says nothing of OpenID Connect, and that of OpenID Connect nothing of what OAuth has beyond.
    Split,
}

/// When a login yields a refresh token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefreshTokens {
    /// With every login.
    #[default]
    Always,
    /// When the granted scope has `offline_access` (OpenID Connect Core §11).
    WithOfflineAccess,
    /// Never.
    Never,
}

/// By the machine's clock, for services that are played: those have no other.
#[cfg(feature = "catalogue")]
pub(crate) fn unix_now() -> u64 {
    Clock::default().unix()
}
