use super::{AuthorizationCode, Prompt};
use crate::error::StepUp;

/// A login that an API requires.
impl AuthorizationCode {
    /// Asks for the login that an API requires by its error ([`Error::step_up`](crate::Error::step_up), RFC 9470 §5): with its `acr_values`,
    /// its `max_age`, and the scopes that it names besides those that are asked for already.
    ///
    /// `finish` checks the ID token of that login: one of another class, or too old, is an error, as the API would refuse it again. A login
    /// without the scope `openid` has no ID token, and it is the API alone that checks.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    ///
    /// # async fn example(api: ApiClient, login: AuthorizationCode) -> Result<()> {
    /// let request = api.delete(["accounts", "42"]);
    /// let copy = request.try_clone();
    /// if let Err(error) = request.send().await {
    ///     let (Some(step_up), Some(copy)) = (error.step_up(), copy) else { return Err(error) };
    ///     let (url, pending) = login.for_step_up(&step_up).start()?;
    ///     // … the browser goes to `url`, and comes back with:
    ///     let callback = "code=…&state=…";
    ///     let stronger = login.finish(pending, callback).await?.credentials("accounts").await?;
    ///     copy.with_credentials(stronger).send().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn for_step_up(&self, step_up: &StepUp) -> Self {
        let mut login = self.clone().scopes(step_up.scopes());
        let parameters = &mut login.login_parameters;
        if !step_up.acr_values().is_empty() {
            parameters.acr_values = step_up.acr_values().to_vec();
        }
        parameters.max_age = parameters.max_age.into_iter().chain(step_up.max_age()).min();
        parameters.is_step_up = true;
        // It says that another login is wanted, and not which.
        let says_which = !parameters.acr_values.is_empty() || parameters.max_age.is_some();
        // Consent is asked of a person who is logged in already.
        let keeps_login = parameters.prompt.iter().all(|prompt| *prompt == Prompt::Consent);
        let is_named = parameters.others.iter().any(|(name, _)| name == "prompt");
        if step_up.wants_other_login() && !says_which && keeps_login && !is_named {
            parameters.prompt_is_default = false;
            parameters.prompt.insert(0, Prompt::Login);
        }
        login
    }
}
