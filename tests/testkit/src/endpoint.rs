//! The endpoints of the authorization server.

pub(crate) mod authorize;
mod backchannel_authentication;
pub(crate) mod device_authorization;
pub(crate) mod end_session;
mod introspect;
mod metadata;
pub(crate) mod push;
mod registration;
pub(crate) mod revoke;
mod token;
mod userinfo;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::grant;
use crate::recorded_request::RecordedRequest;
use crate::state::State;

/// The handlers' way to the server's state.
pub(crate) type Shared = axum::extract::State<Arc<State>>;

pub(crate) const AUTHORIZE: &str = "/authorize";
pub(crate) const BACKCHANNEL_AUTHENTICATION: &str = "/bc-authorize";
/// Where the user of a device enters the code.
pub(crate) const DEVICE: &str = "/device";
pub(crate) const DEVICE_AUTHORIZATION: &str = "/device_authorization";
pub(crate) const END_SESSION: &str = "/end_session";
pub(crate) const INTROSPECT: &str = "/introspect";
pub(crate) const JWKS: &str = "/jwks";
pub(crate) const OAUTH_METADATA: &str = "/.well-known/oauth-authorization-server";
pub(crate) const OPENID_METADATA: &str = "/.well-known/openid-configuration";
pub(crate) const PUSH: &str = "/par";
pub(crate) const REGISTER: &str = "/register";
pub(crate) const REVOKE: &str = "/revoke";
pub(crate) const TOKEN: &str = "/token";
/// Where a tenant of Auth0 has its token endpoint.
pub(crate) const AUTH0_TOKEN: &str = "/oauth/token";
pub(crate) const USERINFO: &str = "/userinfo";

pub(crate) fn router(state: Arc<State>) -> Router {
    Router::new()
        .route(AUTHORIZE, get(authorize::get).post(authorize::post))
        .route(DEVICE, get(device_authorization::page))
        .route(DEVICE_AUTHORIZATION, post(device_authorization::device_authorization))
        .route(BACKCHANNEL_AUTHENTICATION, post(backchannel_authentication::backchannel_authentication))
        .route(END_SESSION, get(end_session::get).post(end_session::post))
        .route(PUSH, post(push::push))
        .route(REGISTER, post(registration::register))
        .route(
            &format!("{REGISTER}/{{id}}"),
            get(registration::read).put(registration::update).delete(registration::delete),
        )
        .route(INTROSPECT, post(introspect::introspect))
        .route(JWKS, get(metadata::jwks))
        .route(OAUTH_METADATA, get(metadata::oauth))
        .route(OPENID_METADATA, get(metadata::openid))
        .route(REVOKE, post(revoke::revoke))
        .route(TOKEN, post(token::token))
        .route(AUTH0_TOKEN, post(token::token))
        .route(USERINFO, get(userinfo::userinfo).post(userinfo::userinfo))
        .with_state(state)
}

/// Counts a request that has arrived.
pub(crate) fn count(state: &State, request: &RecordedRequest) {
    let tally = &state.tally;
    match request.path.as_str() {
        TOKEN | AUTH0_TOKEN => {
            tally.token_requests.bump();
            match request.form_value("grant_type").as_deref() {
                Some("authorization_code") => tally.authorization_code.bump(),
                Some("client_credentials") => tally.client_credentials.bump(),
                Some("refresh_token") => tally.refresh_token.bump(),
                Some(grant::DEVICE_CODE) => tally.device_code.bump(),
                Some(grant::CIBA) => tally.backchannel.bump(),
                Some(grant::TOKEN_EXCHANGE) => tally.token_exchange.bump(),
                Some(grant::JWT_BEARER) => tally.jwt_bearer.bump(),
                _ => {}
            }
        }
        AUTHORIZE => tally.authorization_requests.bump(),
        DEVICE_AUTHORIZATION => tally.device_authorizations.bump(),
        BACKCHANNEL_AUTHENTICATION => tally.backchannel_authentications.bump(),
        PUSH => tally.pushed_requests.bump(),
        REGISTER => tally.registrations.bump(),
        INTROSPECT => tally.introspections.bump(),
        JWKS => tally.jwks.bump(),
        OAUTH_METADATA | OPENID_METADATA => tally.discovery.bump(),
        REVOKE => tally.revocations.bump(),
        USERINFO => tally.userinfo.bump(),
        _ => {}
    }
}
