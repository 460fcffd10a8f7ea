use std::time::Duration;

use serde::Serialize;

use super::{AuthorizationCode, DisplayMode, Prompt, ResponseMode};
use crate::error::{Error, Result};
use crate::token::IntoSecret;

/// What to tell the server about the login, beside what is asked for.
impl AuthorizationCode {
    /// Adds a prompt: makes the server ask the person for this, whatever it knows already; may be repeated.
    ///
    /// ```
    /// use grantkit::authorize::Prompt;
    /// # fn example(login: grantkit::AuthorizationCode) -> grantkit::AuthorizationCode {
    /// login.prompt(Prompt::SelectAccount).prompt(Prompt::Consent)
    /// # }
    /// ```
    ///
    /// The first one replaces that of the [client](crate::client::ClientBuilder::default_prompt), or the provider.
    pub fn prompt(mut self, prompt: Prompt) -> Self {
        let parameters = &mut self.login_parameters;
        if std::mem::take(&mut parameters.prompt_is_default) {
            parameters.prompt.clear();
        }
        if !parameters.prompt.contains(&prompt) {
            parameters.prompt.push(prompt);
        }
        self
    }

    /// The person must have logged in within this time, in whole seconds; `finish` refuses an ID token that does not say so
    /// (`auth_time`).
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.login_parameters.max_age = Some(max_age);
        self
    }

    /// The login must be of one of these classes, the best first; `finish` refuses an ID token of any other (`acr`).
    ///
    /// To a server, they are only a wish; where they are one here, too, say
    /// `.login_parameter("acr_values", ..)` and look at the claims.
    pub fn acr_values<S: Into<String>>(mut self, values: impl IntoIterator<Item = S>) -> Self {
        self.login_parameters.acr_values.extend(values.into_iter().map(Into::into));
        self
    }

    /// Sets the languages that the person prefers, the best first (RFC 5646), such as `de-CH`.
    pub fn ui_locales<S: Into<String>>(mut self, locales: impl IntoIterator<Item = S>) -> Self {
        self.login_parameters.ui_locales.extend(locales.into_iter().map(Into::into));
        self
    }

    /// Sets how the login page is displayed.
    pub fn display(mut self, display: DisplayMode) -> Self {
        self.login_parameters.display = Some(display);
        self
    }

    /// Sets a hint about the person who logs in: an e-mail address, a user name.
    pub fn login_hint(mut self, hint: impl Into<String>) -> Self {
        self.login_parameters.login_hint = Some(hint.into());
        self
    }

    /// Sets the ID token of an earlier login of the same person. It is part of the browser's URL, unless the request is
    /// [pushed](Self::push).
    pub fn id_token_hint(mut self, id_token: impl IntoSecret) -> Self {
        self.login_parameters.id_token_hint = Some(id_token.into());
        self
    }

    /// Requests individual claims (OpenID Connect Core §5.5), as JSON.
    ///
    /// ```
    /// use serde::Serialize;
    /// use serde_json::json;
    ///
    /// # fn example(login: grantkit::AuthorizationCode) -> grantkit::Result<grantkit::AuthorizationCode> {
    /// login.claims(&json!({ "id_token": { "email": { "essential": true } } }))
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the value is no JSON object.
    pub fn claims(mut self, claims: &impl Serialize) -> Result<Self> {
        let claims = serde_json::to_value(claims)
            .map_err(|error| Error::configuration("the `claims` cannot be written as JSON").with_source(error))?;
        if !claims.is_object() {
            return Err(Error::configuration("the `claims` must be a JSON object (OpenID Connect Core §5.5)"));
        }
        self.login_parameters.claims = Some(claims.to_string());
        Ok(self)
    }

    /// Sets how the browser brings the answer; `finish` reads it only from there.
    pub fn response_mode(mut self, mode: ResponseMode) -> Self {
        self.login_parameters.response_mode = Some(mode);
        self
    }

    /// Adds any other parameter to the authorization request alone.
    pub fn login_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value, parameters) = (name.into(), value.into(), &mut self.login_parameters);
        if name == "prompt" && std::mem::take(&mut parameters.prompt_is_default) {
            parameters.prompt.clear();
        }
        parameters.others.push((name, value));
        self
    }
}
