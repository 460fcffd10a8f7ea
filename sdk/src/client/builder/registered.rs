use std::time::SystemTime;

use super::ClientBuilder;
use super::requirement::{AlreadyGiven, AuthenticationNotGiven, ClientIdNotGiven};
use crate::client::auth_negotiation::AuthMethod;
use crate::client_auth::TlsClientAuth;
use crate::error::{Error, Result};
use crate::keys::HmacAlgorithm;
use crate::lenient::{as_flag, as_seconds, texts};
use crate::registration::RegisteredClient;

/// A client that a server has registered.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// The client's ID and authentication as they are registered (RFC 7591 §3.2.1), and what else of the registration the client
    /// has to obey: how its ID tokens, its authorization responses and answers about users are signed, which answers are
    /// encrypted, whether its authorization requests have to be signed or [pushed](crate::AuthorizationCode::push), how old a
    /// login may be (`default_max_age`) and whether ID tokens say when it was (`require_auth_time`), and whether
    /// its tokens have to be bound to a key: then give that by [`dpop`](Self::dpop), or the first request for a token is an error.
    ///
    /// ```
    /// use grantkit::registration::RegisteredClient;
    /// use grantkit::Client;
    ///
    /// let answer = r#"{ "client_id": "s6BhdRkqt3", "client_secret": "cf136dc3c1fc93f3", "client_secret_expires_at": 0 }"#;
    /// let registered = RegisteredClient::from_json(answer)?; // or of `Registration::register`
    /// let client = Client::builder().registered(&registered)?.token_endpoint("https://as.example/token")?.build();
    /// assert_eq!(client.client_id(), "s6BhdRkqt3");
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the secret is missing or has expired
    /// ([`client_secret_expires_at`](RegisteredClient::client_secret_expires_at)), or where the client authenticates with what no
    /// registration holds: a private key. Then call [`registration_terms`](Self::registration_terms), and
    /// [`signing_key`](Self::signing_key).
    /// [`is_unsupported`](Error::is_unsupported) where this crate does not know the method.
    pub fn registered(self, client: &RegisteredClient) -> Result<ClientBuilder<AlreadyGiven, AlreadyGiven, Token, E>>
    where
        Id: ClientIdNotGiven,
        Authentication: AuthenticationNotGiven,
    {
        let method = method(client, self.parts.assertions.time.wall())?;
        Ok(self.registration_terms(client)?.with_authentication(method))
    }

    /// The same but for the authentication, which is said here: for a client that is registered with what no registration holds, a
    /// private key or an assertion of another's.
    ///
    /// ```
    /// use grantkit::registration::RegisteredClient;
    /// use grantkit::keys::{SigningAlgorithm, SigningKey};
    /// use grantkit::Client;
    ///
    /// let answer = r#"{ "client_id": "s6BhdRkqt3", "token_endpoint_auth_method": "private_key_jwt" }"#;
    /// let registered = RegisteredClient::from_json(answer)?;
    /// let key = SigningKey::generate(SigningAlgorithm::Es256)?;
    /// let client = Client::builder()
    ///     .registration_terms(&registered)?
    ///     .signing_key(key)
    ///     .token_endpoint("https://as.example/token")?
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    ///
    /// What the builder was told before stays: an algorithm that it names is not replaced by the registration's.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the answers are encrypted by an algorithm that this crate does not know.
    pub fn registration_terms(
        mut self,
        client: &RegisteredClient,
    ) -> Result<ClientBuilder<AlreadyGiven, Authentication, Token, E>>
    where
        Id: ClientIdNotGiven,
    {
        self.parts.server.signed_messages.take_over(|member| client.metadata().get(member))?;
        let says = |member| client.metadata().get(member).and_then(as_flag).unwrap_or_default();
        let server = &mut self.parts.server;
        server.requires_signed_requests |= says("require_signed_request_object");
        server.requires_pushed_requests |= says("require_pushed_authorization_requests");
        server.default_max_age =
            client.metadata().get("default_max_age").and_then(as_seconds).or(server.default_max_age);
        self.parts.requires_dpop |= says("dpop_bound_access_tokens");
        Ok(self.client_id(client.client_id()))
    }
}

fn method(client: &RegisteredClient, now: SystemTime) -> Result<AuthMethod> {
    let secret = || client.current_secret(now).cloned();
    Ok(match client.token_endpoint_auth_method() {
        "none" => AuthMethod::None,
        "client_secret_basic" => AuthMethod::Basic(secret()?),
        "client_secret_post" => AuthMethod::Post(secret()?),
        "client_secret_jwt" => AuthMethod::SecretJwt(hmac_algorithm(client)?, secret()?),
        "tls_client_auth" => AuthMethod::Tls(TlsClientAuth::Issued),
        "self_signed_tls_client_auth" => AuthMethod::Tls(TlsClientAuth::SelfSigned),
        "private_key_jwt" => {
            return Err(Error::configuration(
                "the client is registered for private_key_jwt, and its private key is no part of the registration: call \
                 `.registration_terms(&registered)?.signing_key(key)` instead of `.registered(..)`, and `.registered_with_key(..)` or \
                 `.register_with_key(..)` of an access",
            ));
        }
        other => {
            return Err(Error::unsupported(format!(
                "the client is registered for the authentication method {other:?}, which this crate does not know"
            )));
        }
    })
}

/// Any that fits the secret where the registration does not say (OpenID Connect Registration §2): HS256 always does.
fn hmac_algorithm(client: &RegisteredClient) -> Result<HmacAlgorithm> {
    let Some(name) = text(client, "token_endpoint_auth_signing_alg") else { return Ok(HmacAlgorithm::Hs256) };
    HmacAlgorithm::ALL.into_iter().find(|algorithm| algorithm.name() == name).ok_or_else(|| {
        Error::unsupported(format!(
            "the client is registered for client_secret_jwt with {name:?}, which is no HMAC algorithm"
        ))
    })
}

fn text<'a>(client: &'a RegisteredClient, member: &str) -> Option<&'a str> {
    texts(client.metadata().get(member)?).next()
}
