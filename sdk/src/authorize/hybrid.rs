use super::AuthorizationCode;

/// The hybrid flow with `code id_token` (OpenID Connect Core §3.3).
impl AuthorizationCode {
    /// Asks for an ID token beside the code (`response_type=code id_token`): it identifies the user and shows, by `c_hash`, that the
    /// code was not replaced, before the code is used. Needs the scope `openid`.
    ///
    /// The answer is in the fragment of the address unless it [comes in a form](super::ResponseMode::FormPost), which is the
    /// better way for a server.
    pub fn hybrid(mut self) -> Self {
        self.login_parameters.hybrid = true;
        self
    }
}
