use super::ClientBuilder;
use crate::keys::{DecryptionKey, KeyManagementAlgorithm};

/// What the server encrypts to the client.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// Decrypts the server's answers with this key, before they are verified; may be repeated, as while one key replaces another.
    ///
    /// An answer that comes encrypted is decrypted then, and one that does not is as good as ever: where it has to be encrypted,
    /// say so by [`id_token_encrypted_response_alg`](Self::id_token_encrypted_response_alg) and its like.
    ///
    /// ```
    /// use grantkit::prelude::*;
    /// use grantkit::keys::{DecryptionKey, KeyManagementAlgorithm};
    ///
    /// # async fn example(pem: &str) -> Result<()> {
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .public()
    ///     .decryption_key(DecryptionKey::from_pem(pem)?.with_key_id("app-enc-2026"))
    ///     .id_token_encrypted_response_alg(KeyManagementAlgorithm::EcdhEs)
    ///     .discover("https://as.example")
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn decryption_key(mut self, key: DecryptionKey) -> Self {
        self.parts.server.signed_messages.encrypted.keys.push(key);
        self
    }

    /// How the client's ID tokens are encrypted, by its registration (OpenID Connect Registration §2): one that is not, or
    /// otherwise, is refused. Needs a [`decryption_key`](Self::decryption_key) for that.
    pub fn id_token_encrypted_response_alg(mut self, algorithm: KeyManagementAlgorithm) -> Self {
        self.parts.server.signed_messages.encrypted.id_token = Some(algorithm);
        self
    }

    /// The same for answers of the userinfo endpoint (OpenID Connect Registration §2).
    pub fn userinfo_encrypted_response_alg(mut self, algorithm: KeyManagementAlgorithm) -> Self {
        self.parts.server.signed_messages.encrypted.userinfo = Some(algorithm);
        self
    }

    /// The same for answers of the introspection endpoint, which are signed then (RFC 9701 §6).
    pub fn introspection_encrypted_response_alg(mut self, algorithm: KeyManagementAlgorithm) -> Self {
        self.parts.server.signed_messages.encrypted.introspection = Some(algorithm);
        self
    }

    /// The same for authorization responses in a JWT (JARM §3).
    pub fn authorization_encrypted_response_alg(mut self, algorithm: KeyManagementAlgorithm) -> Self {
        self.parts.server.signed_messages.encrypted.authorization = Some(algorithm);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::registration::RegisteredClient;

    fn registered(member: &str, name: &str) -> RegisteredClient {
        let json = format!(r#"{{ "client_id": "app", "token_endpoint_auth_method": "none", "{member}": "{name}" }}"#);
        RegisteredClient::from_json(&json).unwrap()
    }

    #[test]
    fn a_registration_says_which_answers_are_encrypted() {
        let answers = |member, name| {
            let builder = Client::builder().registered(&registered(member, name)).unwrap();
            let answers = builder.parts.server.signed_messages.encrypted;
            [answers.id_token, answers.userinfo, answers.introspection, answers.authorization]
        };
        let ecdh = Some(KeyManagementAlgorithm::EcdhEs);
        assert_eq!(answers("id_token_encrypted_response_alg", "ECDH-ES"), [ecdh, None, None, None]);
        assert_eq!(answers("userinfo_encrypted_response_alg", "ECDH-ES"), [None, ecdh, None, None]);
        assert_eq!(answers("introspection_encrypted_response_alg", "ECDH-ES"), [None, None, ecdh, None]);
        assert_eq!(answers("authorization_encrypted_response_alg", "ECDH-ES"), [None, None, None, ecdh]);
        assert_eq!(answers("client_name", "ECDH-ES"), [None; 4]);

        let error = Client::builder().registered(&registered("id_token_encrypted_response_alg", "RSA1_5")).unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("RSA1_5"), "{error}");
    }
}
