use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use grantkit::token::RefreshToken;
use grantkit::transport::Responder;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::clock::WoundClock;
use crate::scenario::Scenario;
use crate::series::Series;

/// A server that rotates refresh tokens, and revokes a login whose refresh token comes twice (RFC 9700 §4.14).
#[derive(Debug)]
pub(crate) struct AuthorizationServer {
    clock: WoundClock,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// By person: the number of the refresh token that is good, or none once the login was revoked.
    refresh_tokens: Vec<Option<u32>>,
    answered: Series,
    refused: Series,
    revoked: u64,
}

/// What the server saw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Requests that it answered with a token.
    pub(crate) answered: Series,
    /// Requests that came while it was down.
    pub(crate) refused: Series,
    pub(crate) revoked_logins: u64,
}

impl AuthorizationServer {
    pub(crate) fn new(scenario: &Scenario, clock: WoundClock) -> Self {
        let state = State {
            refresh_tokens: vec![Some(0); scenario.people as usize],
            answered: Series::default(),
            refused: Series::default(),
            revoked: 0,
        };
        Self { clock, state: Mutex::new(state) }
    }

    /// The refresh token that a person's login began with.
    pub(crate) fn first_refresh_token(person: u32) -> RefreshToken {
        RefreshToken::from(format!("{person}.0"))
    }

    pub(crate) fn seen(&self) -> Seen {
        let state = self.state();
        Seen { answered: state.answered.clone(), refused: state.refused.clone(), revoked_logins: state.revoked }
    }

    fn answer(&self, refresh_token: &str) -> (StatusCode, Value) {
        let second = self.clock.second();
        let mut state = self.state();
        if Scenario::OUTAGE.contains(&second) {
            state.refused.count(second);
            return (StatusCode::SERVICE_UNAVAILABLE, Value::Null);
        }
        state.answered.count(second);
        let known = refresh_token
            .split_once('.')
            .and_then(|(person, number)| Some((person.parse::<usize>().ok()?, number.parse::<u32>().ok()?)));
        let good = known.and_then(|(person, _)| state.refresh_tokens.get_mut(person));
        let (Some((person, number)), Some(good)) = (known, good) else {
            return (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }));
        };
        if *good == Some(number) {
            *good = Some(number + 1);
            let token = json!({
                "access_token": format!("at.{person}.{number}"),
                "token_type": "Bearer",
                "expires_in": Scenario::TOKEN_LIFETIME,
                "refresh_token": format!("{person}.{}", number + 1),
            });
            return (StatusCode::OK, token);
        }
        // It comes a second time: the whole login is over.
        if good.take().is_some() {
            state.revoked += 1;
        }
        (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers within 50 to 150 ms.
#[async_trait]
impl Responder for AuthorizationServer {
    async fn respond(&self, request: Request<Bytes>) -> Response<Vec<u8>> {
        tokio::time::sleep(Duration::from_millis(fastrand::u64(25..75))).await;
        let mut form = url::form_urlencoded::parse(request.body());
        let refresh_token = form.find(|(name, _)| name == "refresh_token").map(|(_, value)| value.into_owned());
        let (status, body) = self.answer(&refresh_token.unwrap_or_default());
        tokio::time::sleep(Duration::from_millis(fastrand::u64(25..75))).await;
        let mut response = Response::new(body.to_string().into_bytes());
        *response.status_mut() = status;
        response
    }
}
