/// An interaction that the server must have with the person (`prompt`, OpenID Connect Core §3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prompt {
    /// Nothing: where the server would have to, the login fails with an error that [needs a login](crate::Error::needs_login).
    None,
    /// To log in again.
    Login,
    /// To consent again.
    Consent,
    /// Which of their accounts to use.
    SelectAccount,
    /// To create an account (Initiating User Registration via OpenID Connect 1.0 §4).
    Create,
}

impl Prompt {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
            Self::Create => "create",
        }
    }
}
