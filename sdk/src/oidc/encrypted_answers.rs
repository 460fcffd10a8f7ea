use zeroize::Zeroizing;

use crate::error::{Error, Fault, Result};
use crate::fingerprint::{Fingerprint, Numbered};
use crate::keys::{DecryptionKey, KeyManagementAlgorithm, decrypt, is_encrypted};

/// With which keys the server's answers to this client are decrypted, and which of them have to be encrypted: the client's
/// registered `…_encrypted_response_alg` (OpenID Connect Registration §2, JARM §3, RFC 9701 §6).
#[derive(Clone, Debug, Default)]
pub(crate) struct EncryptedAnswers {
    pub(crate) keys: Vec<DecryptionKey>,
    pub(crate) id_token: Option<KeyManagementAlgorithm>,
    pub(crate) userinfo: Option<KeyManagementAlgorithm>,
    pub(crate) introspection: Option<KeyManagementAlgorithm>,
    pub(crate) authorization: Option<KeyManagementAlgorithm>,
}

/// What is to be opened.
#[derive(Clone, Copy)]
pub(crate) enum AnswerKind {
    IdToken,
    Userinfo,
    Introspection,
    Authorization,
    LogoutToken,
    /// Any other, which need not be encrypted.
    Jwt,
}

/// A signed text, whether it came in an encrypted one or not.
pub(crate) enum Opened<'a> {
    Plain(&'a str),
    Decrypted(Zeroizing<String>),
}

impl Opened<'_> {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Decrypted(text) => text,
        }
    }
}

impl EncryptedAnswers {
    /// What tells it from others as far as ID tokens are concerned.
    pub(super) fn identity_of_id_tokens(&self) -> Fingerprint {
        let Self { keys, id_token, userinfo: _, introspection: _, authorization: _ } = self;
        let mut numbered = Numbered::default();
        let all = keys.iter().fold(Fingerprint::builder(), |all, key| all.part(numbered.next("key"), key.identity()));
        id_token.iter().fold(all, |all, algorithm| all.parameter("id_token", algorithm.name())).build()
    }

    /// Decrypts the answer if it is encrypted, and refuses one that should be and is not. Nothing is known yet of who has written
    /// it: to encrypt takes no more than the client's public key.
    pub(crate) fn open<'a>(&self, answer: AnswerKind, text: &'a str) -> Result<Opened<'a>> {
        let required = self.required(answer)?;
        if !is_encrypted(text) && required.is_some() {
            return Err(answer.not_encrypted());
        }
        // Without a key, the reader of signed answers says what is missing.
        if !is_encrypted(text) || self.keys.is_empty() {
            return Ok(Opened::Plain(text));
        }
        let decrypted = decrypt(answer.name(), &self.keys, required, text)?;
        if is_encrypted(&decrypted) {
            return Err(answer.refused("what it was encrypted from is encrypted again, and not signed"));
        }
        Ok(Opened::Decrypted(decrypted))
    }

    /// How the answer has to be encrypted, if at all.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where no key of the client is for that.
    pub(crate) fn required(&self, answer: AnswerKind) -> Result<Option<KeyManagementAlgorithm>> {
        let required = match answer {
            // Logout tokens are like ID tokens (OpenID Connect Back-Channel Logout 1.0 §2.4).
            AnswerKind::IdToken | AnswerKind::LogoutToken => self.id_token,
            AnswerKind::Userinfo => self.userinfo,
            AnswerKind::Introspection => self.introspection,
            AnswerKind::Authorization => self.authorization,
            AnswerKind::Jwt => None,
        };
        match required {
            Some(algorithm) if !self.keys.iter().any(|key| key.is_for(algorithm)) => {
                Err(Error::configuration(format!(
                    "the {} has to be encrypted with {algorithm}, for which the client has no key: give one by \
                 `.decryption_key(..)`",
                    answer.name()
                )))
            }
            required => Ok(required),
        }
    }
}

impl AnswerKind {
    fn name(self) -> &'static str {
        match self {
            Self::IdToken => "ID token",
            Self::Userinfo => "userinfo answer",
            Self::Introspection => "introspection answer",
            Self::Authorization => "signed authorization response",
            Self::LogoutToken => "logout token",
            Self::Jwt => "JWT",
        }
    }

    /// Plain, although the client is registered for encryption: it is not the server's, or others can read it.
    pub(crate) fn not_encrypted(self) -> Error {
        self.refused("it is not encrypted, and the client is registered for encryption")
    }

    fn refused(self, reason: &str) -> Error {
        Error::new(Fault::Security, format!("the {} is refused: {reason}", self.name()))
    }
}
