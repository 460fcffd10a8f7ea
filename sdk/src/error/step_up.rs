use std::time::Duration;

use super::{Challenge, Error};

/// What an API wants of the next login, before it takes the request: a stronger or newer one (RFC 9470), or more scopes (RFC 6750 §3.1).
///
/// [`Error::step_up`] returns it, and [`AuthorizationCode::for_step_up`](crate::AuthorizationCode::for_step_up) makes a login of it.
///
/// ```
/// use grantkit::prelude::*;
///
/// # fn example(error: Error, login: AuthorizationCode) -> Result<()> {
/// if let Some(step_up) = error.step_up() {
///     let (url, pending) = login.for_step_up(&step_up).start()?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepUp {
    acr_values: Vec<String>,
    max_age: Option<Duration>,
    scopes: Vec<String>,
    is_stronger: bool,
}

impl StepUp {
    /// The authentication context classes that will do, the preferred one first (RFC 9470 §3).
    pub fn acr_values(&self) -> &[String] {
        &self.acr_values
    }

    /// How long ago the person may have logged in at the most (RFC 9470 §3).
    pub fn max_age(&self) -> Option<Duration> {
        self.max_age
    }

    /// The scopes that the request needs (RFC 6750 §3).
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Whether another login is wanted, and not only more scopes.
    pub fn wants_other_login(&self) -> bool {
        self.is_stronger
    }

    fn add(&mut self, challenge: &Challenge) {
        if challenge.is_step_up() {
            self.is_stronger = true;
            self.acr_values.extend(challenge.acr_values().into_iter().map(str::to_owned));
            self.max_age = self.max_age.into_iter().chain(challenge.max_age()).min();
        } else if challenge.error() != Some("insufficient_scope") {
            return;
        }
        for scope in challenge.scopes() {
            if !self.scopes.iter().any(|known| known == scope) {
                self.scopes.push(scope.to_owned());
            }
        }
    }
}

impl Error {
    /// What the API wants of the next login, where that is why it refused the request (`insufficient_user_authentication`,
    /// `insufficient_scope`); `None` where a login is no cure, or the API does not say which.
    ///
    /// After that login, [`ApiRequest::with_credentials`](crate::api::ApiRequest::with_credentials) sends a copy of the request, and
    /// [`ApiRequest::send_with_step_up`](crate::api::ApiRequest::send_with_step_up) does all of it in one call.
    pub fn step_up(&self) -> Option<StepUp> {
        let mut step_up = StepUp::default();
        for challenge in self.challenges() {
            step_up.add(challenge);
        }
        (step_up.is_stronger || !step_up.scopes.is_empty()).then_some(step_up)
    }
}
