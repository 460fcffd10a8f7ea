use std::fmt;

use crate::error::{Error, Result};
use crate::wire::Form;

/// What a program adds to the requests about a token, beside the token and the hint (RFC 7009 §2.1, RFC 7662 §2.1).
#[derive(Clone, Default)]
pub(super) struct FurtherParameters(Vec<(String, String)>);

/// Set by the SDK: a second one would contradict the first.
const RESERVED: [&str; 6] =
    ["token", "token_type_hint", "client_id", "client_secret", "client_assertion", "client_assertion_type"];

impl FurtherParameters {
    pub(super) fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The request's form.
    pub(super) fn form(&self, token: &str, hint: Option<&'static str>) -> Result<Form> {
        if let Some((name, _)) = self.0.iter().find(|(name, _)| RESERVED.contains(&name.as_str())) {
            return Err(Error::configuration(format!("the parameter `{name}` is set by the SDK: leave it out")));
        }
        let mut form = Form::new();
        form.push_secret("token", token);
        if let Some(hint) = hint {
            form.push("token_type_hint", hint);
        }
        for (name, value) in &self.0 {
            form.push(name.clone(), value.clone());
        }
        Ok(form)
    }
}

impl fmt::Debug for FurtherParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
