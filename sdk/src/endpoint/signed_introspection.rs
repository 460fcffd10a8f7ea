use super::Introspection;

/// Signed answers (RFC 9701).
impl Introspection {
    /// Asks for signed answers, which can be kept as evidence of what the server said (RFC 9701), verifies them with the
    /// issuer's keys, and accepts no others. The client is registered with an `introspection_signed_response_alg`.
    #[must_use = "call `.access_token(..)` on what it returns"]
    pub fn signed(mut self) -> Self {
        self.is_signed = true;
        self
    }
}
