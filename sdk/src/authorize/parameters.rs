use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{DisplayMode, Prompt, ResponseMode};
use crate::error::{Error, Result};
use crate::grant::{check_names, names_api};

/// What the authorization request says beside what is asked for (OpenID Connect Core §3.1.2.1).
#[derive(Clone, Default)]
pub(super) struct LoginParameters {
    pub(super) response_mode: Option<ResponseMode>,
    pub(super) prompt: Vec<Prompt>,
    /// Whether it was given for want of a program's own.
    pub(super) prompt_is_default: bool,
    pub(super) max_age: Option<Duration>,
    pub(super) acr_values: Vec<String>,
    pub(super) ui_locales: Vec<String>,
    pub(super) display: Option<DisplayMode>,
    pub(super) login_hint: Option<String>,
    pub(super) id_token_hint: Option<SecretString>,
    /// JSON.
    pub(super) claims: Option<String>,
    pub(super) others: Vec<(String, String)>,
    /// Whether an ID token is wanted beside the code.
    pub(super) hybrid: bool,
    /// An API asks for this login, and checks it.
    pub(super) is_step_up: bool,
}

/// What has a method of its own because more hangs on it than a parameter in a request.
const WITH_A_METHOD: [(&str, &str); 4] = [
    ("max_age", "`.max_age(..)`, which checks the answer, too"),
    ("response_mode", "`.response_mode(..)`"),
    ("request", "a request object of the SDK's making"),
    ("request_uri", "`.push()`"),
];

impl LoginParameters {
    /// Of a login of which nothing is said yet.
    pub(super) fn with_default_prompt(prompt: Vec<Prompt>) -> Self {
        Self { prompt_is_default: !prompt.is_empty(), prompt, ..Self::default() }
    }

    /// The APIs that the login is for, by what only its beginning says.
    pub(super) fn apis(&self) -> impl Iterator<Item = &str> {
        self.others.iter().filter(|(name, _)| names_api(name)).map(|(_, value)| value.as_str())
    }

    /// Refuses what the server would not understand, or what could not be checked afterwards. `further` are the names of what
    /// goes with the token request as well.
    pub(super) fn check<'a>(&'a self, further: impl Iterator<Item = &'a str>, asks_for_id_token: bool) -> Result<()> {
        check_names(self.others.iter().map(|(name, _)| name.as_str()))?;
        let typed: Vec<_> = self.typed().into_iter().map(|(name, _)| name).collect();
        for name in self.others.iter().map(|(name, _)| name.as_str()).chain(further) {
            if let Some((_, method)) = WITH_A_METHOD.iter().find(|(known, _)| *known == name) {
                return Err(Error::configuration(format!("the parameter `{name}` is set by the SDK: use {method}")));
            }
            if typed.contains(&name) {
                return Err(Error::configuration(format!(
                    "the parameter `{name}` is given twice, by its own method and by its name"
                )));
            }
        }
        if self.prompt.contains(&Prompt::None) && self.prompt.len() > 1 {
            return Err(Error::configuration(
                "the prompt `none` stands alone: it says that nothing is to be asked (OpenID Connect Core §3.1.2.1)",
            ));
        }
        for (name, values) in [("acr_values", &self.acr_values), ("ui_locales", &self.ui_locales)] {
            if let Some(bad) = values.iter().find(|value| value.is_empty() || value.contains(char::is_whitespace)) {
                return Err(Error::configuration(format!(
                    "{bad:?} is none of the `{name}`, which are separated by spaces: give two as two"
                )));
            }
        }
        let mode = self.response_mode;
        if self.hybrid && !asks_for_id_token {
            return Err(Error::configuration(
                "the hybrid flow answers with an ID token: ask for the scope `openid`, too",
            ));
        }
        if self.hybrid && matches!(mode, Some(ResponseMode::Query | ResponseMode::QueryJwt)) {
            return Err(Error::configuration(
                "an ID token never comes in a query, where it would be logged: take another response mode, `FormPost` best",
            ));
        }
        let unchecked = [("max_age", self.max_age.is_some()), ("acr_values", !self.acr_values.is_empty())];
        match unchecked.into_iter().find(|(_, is_given)| *is_given) {
            Some((name, _)) if !asks_for_id_token && !self.is_step_up => Err(Error::configuration(format!(
                "whether the login was as `{name}` asks is said by the ID token: ask for the scope `openid`, too"
            ))),
            _ => Ok(()),
        }
    }

    /// On the wire.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let typed = self.typed().into_iter().map(|(name, value)| (name.to_owned(), value));
        typed.chain(self.others.iter().cloned()).collect()
    }

    fn typed(&self) -> Vec<(&'static str, String)> {
        let list = |values: &[String]| (!values.is_empty()).then(|| values.join(" "));
        let prompt: Vec<_> = self.prompt.iter().map(|prompt| prompt.as_str().to_owned()).collect();
        let all = [
            ("response_mode", self.response_mode.map(|mode| mode.as_str().to_owned())),
            ("prompt", list(&prompt)),
            ("max_age", self.max_age.map(|age| age.as_secs().to_string())),
            ("acr_values", list(&self.acr_values)),
            ("ui_locales", list(&self.ui_locales)),
            ("display", self.display.map(|display| display.as_str().to_owned())),
            ("login_hint", self.login_hint.clone()),
            ("id_token_hint", self.id_token_hint.as_ref().map(|hint| hint.expose_secret().to_owned())),
            ("claims", self.claims.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// The names: hints are personal, and an ID token is a token.
impl fmt::Debug for LoginParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pairs().into_iter().map(|(name, _)| name)).finish()
    }
}
