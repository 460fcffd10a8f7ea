//! Which endpoint of the service a request is for.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{RawQuery, Request, State as Extracted};
use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::{Endpoint, Quirk};
use http::{Method, StatusCode};

use super::incoming::Incoming;
use super::service::Service;
use super::target::Target;
use super::{api, authorize, discovery, error_answer, revoke, token};
use crate::endpoint::{DEVICE, JWKS, device_authorization, end_session};
use crate::recorded_request::RecordedRequest;
use crate::state::State;

/// What an endpoint is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Authorize,
    /// The token endpoint, or one of those that some grants have for themselves.
    Token(Endpoint),
    DeviceAuthorization,
    DevicePage,
    Par,
    Revoke,
    Introspect,
    Profile,
    Email,
    Userinfo,
    EndSession,
    Discovery,
    Jwks,
    /// The document of a DID.
    DidDocument,
    /// RFC 9728.
    ProtectedResource,
}

#[derive(Debug)]
pub(super) struct Route {
    pub(super) role: Role,
    pub(super) target: Target,
}

pub(super) fn routes(service: &Service) -> Vec<Route> {
    let entry = service.entry;
    let endpoint = |role, endpoint| Some((role, entry.endpoint(endpoint)?.to_owned()));
    let issuer = entry.endpoint(Endpoint::Issuer);
    let document = issuer.map(|issuer| format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')));
    let did = |role, path: &str| service.has(Quirk::IdIsDid).then(|| (role, format!("https://here{path}")));
    let all = [
        endpoint(Role::Authorize, Endpoint::Authorization),
        // Before the token endpoint, whose path it may have, with a query that tells it apart.
        endpoint(Role::Revoke, Endpoint::Revocation),
        endpoint(Role::Token(Endpoint::Token), Endpoint::Token),
        endpoint(Role::Token(Endpoint::Refresh), Endpoint::Refresh),
        endpoint(Role::Token(Endpoint::Exchange), Endpoint::Exchange),
        endpoint(Role::Token(Endpoint::ClientCredentials), Endpoint::ClientCredentials),
        endpoint(Role::Token(Endpoint::DeviceToken), Endpoint::DeviceToken),
        endpoint(Role::DeviceAuthorization, Endpoint::DeviceAuthorization),
        endpoint(Role::Par, Endpoint::PushedAuthorizationRequest),
        entry.profile_url().map(|url| (Role::Profile, url.to_owned())),
        entry.email_url().map(|url| (Role::Email, url.to_owned())),
        endpoint(Role::Userinfo, Endpoint::Userinfo),
        endpoint(Role::Introspect, Endpoint::Introspection),
        endpoint(Role::EndSession, Endpoint::EndSession),
        endpoint(Role::Discovery, Endpoint::Discovery),
        document.filter(|_| entry.endpoint(Endpoint::Discovery).is_none()).map(|url| (Role::Discovery, url)),
        Some((Role::Jwks, format!("https://here{JWKS}"))),
        // Where a provider that asks for no document looks for them.
        Some((Role::Jwks, "https://here/.well-known/jwks.json".to_owned())),
        did(Role::DidDocument, "/did:plc:{id}"),
        did(Role::ProtectedResource, "/.well-known/oauth-protected-resource"),
        Some((Role::DevicePage, format!("https://here{DEVICE}"))),
    ];
    let routes = all.into_iter().flatten();
    routes.map(|(role, url)| Route { role, target: Target::new(&service.fill(&url)) }).collect()
}

pub(super) fn router(service: Arc<Service>, state: Arc<State>) -> Router {
    Router::new().fallback(answer).with_state((service, state))
}

async fn answer(Extracted((service, state)): Extracted<(Arc<Service>, Arc<State>)>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    // The socket has limited it.
    let Ok(body) = to_bytes(body, usize::MAX).await else { return StatusCode::BAD_REQUEST.into_response() };
    let request = Incoming { method: head.method, uri: head.uri, headers: head.headers, body };
    let is_for_people = |role| matches!(role, Role::Authorize | Role::DevicePage | Role::EndSession);

    let path = request.uri.path().to_owned();
    let query = request.query();
    let mut found = None;
    for (route, mut captures) in service.routes_of(&path) {
        if route.target.matches_query(&query, &mut captures) && route.role.takes(&service, &request) {
            found = Some((route.role, captures));
            break;
        }
    }
    if !found.as_ref().is_some_and(|(role, _)| is_for_people(*role))
        && service.has(Quirk::UserAgentNeeded)
        && let Err(error) = request.check_user_agent()
    {
        return error_answer::error(&service, &error);
    }
    let Some((role, captures)) = found else { return api::answer(&service, &state, &request) };
    match role {
        Role::Authorize => authorize::authorize(&service, &state, &request),
        Role::Token(endpoint) => token::token(&service, &state, endpoint, &request).await,
        Role::DeviceAuthorization => token::device_authorization(&service, &state, &request),
        Role::DevicePage => {
            device_authorization::page(Extracted(state), RawQuery(request.uri.query().map(Into::into))).await
        }
        Role::EndSession if request.method == Method::GET => {
            end_session::get(Extracted(state), RawQuery(request.uri.query().map(Into::into))).await
        }
        Role::EndSession => end_session::post(Extracted(state), request.headers, request.body).await,
        Role::Par => authorize::push(&service, &state, &request),
        Role::Revoke => revoke::revoke(&service, &state, &request),
        Role::Introspect => revoke::introspect(&service, &state, &request),
        Role::Profile => api::profile(&service, &state, &request, &captures),
        Role::Email => api::email(&service, &state, &request),
        Role::Userinfo => api::userinfo(&service, &state, &request),
        Role::Discovery => discovery::document(&service, &state),
        Role::Jwks => discovery::keys(&state),
        Role::DidDocument => discovery::did_document(&state, &path),
        Role::ProtectedResource => discovery::protected_resource(&state),
    }
}

impl Role {
    /// Whether it is for this method; where an endpoint refuses all others, it says so itself.
    fn takes(self, service: &Service, request: &Incoming) -> bool {
        // Endpoints that share a path are told apart by their methods.
        let others = service.routes_of(request.uri.path()).filter(|(route, _)| route.role != self).count();
        let method = request.method.as_str();
        match self {
            _ if others == 0 => true,
            Self::Revoke => method == service.entry.revocation_method().name(),
            Self::Profile => method == service.entry.profile_method().name(),
            Self::Email | Self::Discovery | Self::Jwks | Self::DevicePage => method == "GET",
            Self::Authorize => method == "GET" || request.query().is_empty(),
            _ => true,
        }
    }
}

/// Counts a request that has arrived.
pub(super) fn count(service: &Service, state: &State, request: &RecordedRequest) {
    let tally = &state.tally;
    let query: Vec<_> =
        form_urlencoded::parse(request.query.as_deref().unwrap_or_default().as_bytes()).into_owned().collect();
    let mut routes = service.routes_of(&request.path);
    let found = routes.find(|(route, captures)| route.target.matches_query(&query, &mut captures.clone()));
    let Some((route, _)) = found else { return };
    match route.role {
        Role::Authorize => tally.authorization_requests.bump(),
        Role::Token(_) => tally.token_requests.bump(),
        Role::DeviceAuthorization => tally.device_authorizations.bump(),
        Role::Revoke => tally.revocations.bump(),
        Role::Introspect => tally.introspections.bump(),
        Role::Userinfo | Role::Profile => tally.userinfo.bump(),
        Role::Discovery => tally.discovery.bump(),
        Role::Jwks => tally.jwks.bump(),
        Role::Par => tally.pushed_requests.bump(),
        Role::DevicePage | Role::EndSession | Role::Email | Role::DidDocument | Role::ProtectedResource => {}
    }
}
