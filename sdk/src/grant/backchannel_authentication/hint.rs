use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use crate::token::IntoSecret;
use crate::wire::Form;

/// The hint that identifies the person who is to log in: one of three kinds (CIBA Core §7.1).
#[derive(Clone)]
pub struct BackchannelHint {
    parameter: &'static str,
    value: SecretString,
}

impl BackchannelHint {
    /// A name by which the server knows the person: an e-mail address, a phone number, a user name.
    pub fn login_hint(hint: impl IntoSecret) -> Self {
        Self { parameter: "login_hint", value: hint.into() }
    }

    /// A token about the person, of a form that the server and its clients have agreed on.
    pub fn login_hint_token(token: impl IntoSecret) -> Self {
        Self { parameter: "login_hint_token", value: token.into() }
    }

    /// An ID token of the person that this server issued earlier.
    pub fn id_token_hint(token: impl IntoSecret) -> Self {
        Self { parameter: "id_token_hint", value: token.into() }
    }

    /// A `login_hint` is no secret, and it is about a person: no error repeats it.
    pub(super) fn append_to(&self, form: &mut Form) {
        form.push_secret(self.parameter, self.value.expose_secret());
    }
}

impl fmt::Debug for BackchannelHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BackchannelHint({} [redacted])", self.parameter)
    }
}
