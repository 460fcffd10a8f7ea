use std::sync::Arc;

use super::ClientBuilder;
use super::requirement::{AlreadyGiven, AuthenticationNotGiven};
use crate::client::auth_negotiation::{AuthMethod, identified};
use crate::client_auth::{AssertionAudience, AssertionSource, ClientAuthentication, TlsClientAuth, identified_source};
use crate::fingerprint::Identified;
use crate::keys::{HmacAlgorithm, Signer, SigningKey};
use crate::token::IntoSecret;

/// How the client proves who it is: one of these.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// Authenticates with the secret, by the method that the server's metadata lists.
    ///
    /// With [`discover`](Self::discover) that is the first of `client_secret_basic`, `client_secret_post` and `client_secret_jwt` in
    /// the metadata; without discovery, or if the metadata lists none, `client_secret_basic`.
    pub fn client_secret(self, secret: impl IntoSecret) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Secret(secret.into()))
    }

    /// Authenticates with the secret in an `Authorization: Basic` header (RFC 6749 §2.3.1).
    pub fn client_secret_basic(self, secret: impl IntoSecret) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Basic(secret.into()))
    }

    /// Authenticates with the secret in the request body, for servers that support no other method (RFC 6749 §2.3.1).
    pub fn client_secret_post(self, secret: impl IntoSecret) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Post(secret.into()))
    }

    /// Authenticates with an assertion that is signed with the secret by HS256; the secret itself is never sent
    /// (RFC 7523 §2.2, OpenID Connect Core §9).
    ///
    /// A secret of under 32 bytes is an error of the first request (RFC 7518 §3.2).
    pub fn client_secret_jwt(self, secret: impl IntoSecret) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.client_secret_jwt_with(HmacAlgorithm::Hs256, secret)
    }

    /// As [`client_secret_jwt`](Self::client_secret_jwt), by another algorithm: the secret has as many bytes as its hash, or
    /// more.
    pub fn client_secret_jwt_with(
        self,
        algorithm: HmacAlgorithm,
        secret: impl IntoSecret,
    ) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::SecretJwt(algorithm, secret.into()))
    }

    /// Authenticates with an assertion that is signed with a private key, by the key's own algorithm or, with
    /// [`discover`](Self::discover), by another one of the key's that the metadata lists
    /// (`token_endpoint_auth_signing_alg_values_supported`).
    ///
    /// ```
    /// use grantkit::prelude::*;
    /// use grantkit::keys::{SigningAlgorithm, SigningKey};
    ///
    /// let key = SigningKey::generate(SigningAlgorithm::Es256)?.with_key_id("billing-2026");
    /// let client = Client::builder()
    ///     .client_id("billing")
    ///     .signing_key(key)
    ///     .token_endpoint("https://as.example/token")?
    ///     .issuer("https://as.example")? // the audience of the assertions
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn signing_key(self, key: SigningKey) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Key(key))
    }

    /// Authenticates with an assertion that a [`Signer`] signs, by its own algorithm whatever the metadata says: a key in an
    /// HSM or at a key service (`private_key_jwt`, RFC 7523 §2.2, OpenID Connect Core §9).
    pub fn private_key_jwt(self, signer: impl Signer + 'static) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::PrivateKeyJwt(identified(signer)))
    }

    /// Authenticates with an assertion of a third party: from a file ([`AssertionFile`](crate::client_auth::AssertionFile)), or the
    /// platform that the program runs on (workload identity, RFC 7521 §4.2).
    ///
    /// If it [speaks for this machine](AssertionSource::speaks_for_this_machine), the tokens that the client gets for itself are put into
    /// no store; logins of persons are.
    pub fn client_assertion(self, source: impl AssertionSource + 'static) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Assertion(identified_source(source)))
    }

    /// Authenticates with a certificate of a CA that the server trusts (mutual TLS, RFC 8705 §2.1): that of the
    /// [`transport`](Self::transport), see [`TransportBuilder::client_certificate`](crate::transport::TransportBuilder::client_certificate).
    ///
    /// With [`discover`](Self::discover) requests go to the `mtls_endpoint_aliases` of the metadata (RFC 8705 §5).
    pub fn tls_client_auth(self) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Tls(TlsClientAuth::Issued))
    }

    /// As [`tls_client_auth`](Self::tls_client_auth), with a self-signed certificate that is registered at the server (RFC 8705 §2.2).
    pub fn self_signed_tls_client_auth(self) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::Tls(TlsClientAuth::SelfSigned))
    }

    /// Authenticates by a custom method; see [`ClientAuthentication`].
    pub fn client_authentication(
        self,
        authentication: impl ClientAuthentication,
    ) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        let identity = authentication.identity();
        self.with_authentication(AuthMethod::Own(Identified::new(Arc::new(authentication), identity)))
    }

    /// Makes it a public client, which cannot keep a secret and has none (RFC 6749 §2.1).
    pub fn public(self) -> ClientBuilder<Id, AlreadyGiven, Token, E>
    where
        Authentication: AuthenticationNotGiven,
    {
        self.with_authentication(AuthMethod::None)
    }
}

/// What else there is to say about assertions.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// Sets the audience of the client's assertions; the issuer unless set, if that is known.
    pub fn assertion_audience(mut self, audience: AssertionAudience) -> Self {
        self.parts.assertions.audience = audience;
        self
    }

    /// Sets how long the assertions that the client signs are valid, in whole seconds; a minute unless set.
    ///
    /// Set it longer for a server whose clock is behind (clock skew); a server may refuse long-lived assertions (RFC 7523 §3).
    pub fn assertion_lifetime(mut self, lifetime: std::time::Duration) -> Self {
        self.parts.assertions.lifetime = Some(lifetime);
        self
    }

    /// Sets the type in the header of the assertions that the client signs (`typ`, RFC 8725 §3.11).
    ///
    /// Unless set it is `client-authentication+jwt` for the issuer and `JWT` for any other audience; set it for a server that
    /// wants the issuer as the audience and knows only `JWT`.
    pub fn assertion_typ(mut self, typ: impl Into<String>) -> Self {
        self.parts.assertions.typ = Some(typ.into());
        self
    }
}
