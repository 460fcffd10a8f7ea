use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::content::Encrypted;
use super::{ContentEncryption, KeyManagementAlgorithm};
use crate::keys::key::jwk::member;
use crate::lenient::JsonObject;

/// A signed token of the longest kind that is read, in base64 once more.
const MAX_JWE: usize = 128 * 1024;

/// An encrypted text in its five parts (RFC 7516 §3.1), of which nothing is known to be true.
pub(super) struct Compact<'a> {
    /// As it stands in the text: it is authenticated with the content.
    pub(super) protected: &'a str,
    pub(super) header: Header,
    pub(super) encrypted_key: Vec<u8>,
    pub(super) content: Encrypted,
}

/// The header's members that are used here (RFC 7516 §4.1, RFC 7518 §4.6.1, §4.7.1).
pub(super) struct Header {
    pub(super) algorithm: KeyManagementAlgorithm,
    pub(super) encryption: ContentEncryption,
    pub(super) key_id: Option<String>,
    members: Map<String, Value>,
}

/// Whether the text has the five parts of an encrypted one; three are those of a signed one.
pub(crate) fn is_encrypted(text: &str) -> bool {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes().filter(|byte| *byte == b'.').count() == 4 && text.bytes().all(is_base64url)
}

impl<'a> Compact<'a> {
    /// The error says no more than what can be seen in the text.
    pub(super) fn read(text: &'a str) -> Result<Self, &'static str> {
        if text.len() > MAX_JWE {
            return Err("it is longer than 128 KiB");
        }
        let parts: Vec<&str> = text.split('.').collect();
        let [protected, encrypted_key, iv, ciphertext, tag] = parts[..] else {
            return Err("it has not the five parts of an encrypted text (RFC 7516 §3.1)");
        };
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| "a part of it is not base64url");
        let header = JsonObject::read(decode(protected)?).ok_or("its header is not a JSON object")?;
        let header = Header::read(header.to_map())?;
        let content = Encrypted { iv: decode(iv)?, ciphertext: decode(ciphertext)?, tag: decode(tag)? };
        Ok(Self { protected, header, encrypted_key: decode(encrypted_key)?, content })
    }
}

impl Header {
    fn read(members: Map<String, Value>) -> Result<Self, &'static str> {
        // Nothing beyond RFC 7516 itself is understood here, and `crit` names nothing else (§4.1.13).
        if members.contains_key("crit") {
            return Err("its header has a critical extension (`crit`), and none is known here");
        }
        // A few bytes could become gigabytes (RFC 8725 §3.6 has more against it).
        if members.contains_key("zip") {
            return Err("it is compressed (`zip`), which is not accepted");
        }
        let text = |name| member(&members, name).and_then(Value::as_str);
        let algorithm = text("alg").and_then(|name| name.parse().ok());
        let encryption = text("enc").and_then(|name| name.parse().ok());
        if member(&members, "kid").is_some_and(|kid| !kid.is_string()) {
            return Err("the key ID (`kid`) in its header is not a string");
        }
        Ok(Self {
            algorithm: algorithm
                .ok_or("how its key is encrypted (`alg`) is not supported, and RSA1_5 never will be")?,
            encryption: encryption.ok_or("how it is encrypted (`enc`) is not supported")?,
            key_id: text("kid").map(str::to_owned),
            members,
        })
    }

    /// The sender's public key for this one text (RFC 7518 §4.6.1.1).
    pub(super) fn ephemeral_key(&self) -> Option<&Map<String, Value>> {
        self.members.get("epk")?.as_object()
    }

    /// A member that is bytes; none where there is no such member.
    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        match member(&self.members, name) {
            None => Some(Vec::new()),
            Some(value) => URL_SAFE_NO_PAD.decode(value.as_str()?).ok(),
        }
    }
}
