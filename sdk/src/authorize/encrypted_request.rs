use super::AuthorizationCode;
use crate::keys::{ContentEncryption, KeyManagementAlgorithm};
use crate::oidc::RequestEncryption;

/// Encrypted requests (RFC 9101 §6.1).
impl AuthorizationCode {
    /// Encrypts the authorization request, once it is [signed](Self::request_signer), so that only the server can read it, not even
    /// the person's browser: with the best algorithm that the server's metadata offers, to a key of its JWK set or, if it offers
    /// none of that kind, with the client secret.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    /// use grantkit::keys::SigningKey;
    ///
    /// # async fn example(key: SigningKey) -> Result<()> {
    /// let client = Client::builder().client_id("app").public().discover("https://as.example").await?;
    /// let login = client.authorization_code(RedirectUri::new("https://app.example/callback")?)?;
    /// let (url, pending) = login.request_signer(key).encrypt_request().start_signed().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn encrypt_request(mut self) -> Self {
        self.request_encryption = Some(RequestEncryption::AsOffered);
        self
    }

    /// The same in this way and no other: the client's registered `request_object_encryption_alg` and
    /// `request_object_encryption_enc`. With `A128KW`, `dir` and their like the key is the client secret's (OpenID Connect Core §10.2).
    pub fn encrypt_request_with(mut self, algorithm: KeyManagementAlgorithm, encryption: ContentEncryption) -> Self {
        self.request_encryption = Some(RequestEncryption::With(algorithm, encryption));
        self
    }
}
