//! Authenticated encryption for what has to be kept where others could read it: a cookie, a file, a shared store.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, RandomizedNonceKey};
use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine as _;
use base64::alphabet::{self, Alphabet};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::random::random_key;

/// A key that encrypts (AES-256-GCM) data outside of the process: a [`PendingLogin`](crate::authorize::PendingLogin) in a cookie, tokens
/// in a shared store.
///
/// All processes of the program need the same key. A clone shares it. For key rotation, give every process both keys first
/// ([`with_previous_key`](Self::with_previous_key)).
///
/// ```
/// use grantkit::keys::SealingKey;
///
/// # fn example(new: &str, old: &str) -> grantkit::Result<()> {
/// // Each as `openssl rand -base64 32` writes it.
/// let key = SealingKey::from_base64(new)?.with_previous_key(&SealingKey::from_base64(old)?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SealingKey {
    keys: Arc<[NumberedKey]>,
}

#[derive(Clone)]
struct NumberedKey {
    /// Tells which key something was sealed with; says nothing of the key.
    id: KeyId,
    key: Arc<RandomizedNonceKey>,
}

type KeyId = [u8; 8];

/// Of the layout of what is sealed: the version, the key's ID, the nonce, then the ciphertext with its tag.
const VERSION: u8 = 1;

const PADDED_OR_NOT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

impl SealingKey {
    /// Creates a key of 32 random bytes, as from `openssl rand 32`; of a text, [`from_base64`](Self::from_base64). The caller wipes the
    /// buffer that they were read from.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if there are not 32 bytes.
    pub fn new(key: impl AsRef<[u8]>) -> Result<Self> {
        let key = key.as_ref();
        let sealing =
            RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| Error::configuration(wrong_length(key)))?;
        let numbered = NumberedKey { id: key_id(key), key: Arc::new(sealing) };
        Ok(Self { keys: Arc::new([numbered]) })
    }

    /// Creates a key of its text: 32 random bytes in Base64, as `openssl rand -base64 32` writes them and a key file has them. White space
    /// around it, a missing padding and the alphabet for URLs make no difference. The caller wipes the text.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if it is no Base64 of 32 bytes.
    pub fn from_base64(text: impl AsRef<str>) -> Result<Self> {
        let text = text.as_ref().trim();
        let decoded = |alphabet: &Alphabet| GeneralPurpose::new(alphabet, PADDED_OR_NOT).decode(text);
        let is_for_urls = text.contains(['-', '_']);
        let key = decoded(if is_for_urls { &alphabet::URL_SAFE } else { &alphabet::STANDARD }).map(Zeroizing::new);
        match key {
            Ok(key) => Self::new(&*key),
            Err(_) => Err(Error::configuration(
                "the sealing key is no Base64: write it as `openssl rand -base64 32` does, 43 characters and a `=`",
            )),
        }
    }

    /// Generates a key: sealed data is lost when the program ends.
    ///
    /// # Errors
    ///
    /// [`is_retryable`](Error::is_retryable) if the machine has no random numbers.
    pub fn random() -> Result<Self> {
        Self::new(*random_key()?)
    }

    /// Key rotation: encrypts with this key, and also decrypts with the older one.
    pub fn with_previous_key(self, older: &Self) -> Self {
        let mut keys = self.keys.to_vec();
        keys.extend(older.keys.iter().cloned());
        Self { keys: keys.into() }
    }

    /// Which key it seals with: a digest that says nothing about the key.
    #[cfg(any(feature = "file", feature = "redis"))]
    pub(crate) fn id(&self) -> String {
        let id = self.keys.first().map(|numbered| numbered.id).unwrap_or_default();
        id.iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|half| char::from_digit(u32::from(half), 16))
            .collect()
    }

    /// Encrypts; `context` says what it is, so that it is not taken for anything else that the same key sealed.
    ///
    /// `None` where the machine's cryptography fails.
    pub(crate) fn seal(&self, context: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let NumberedKey { id, key } = self.keys.first()?;
        // Room for the tag, so that the vector is not moved with the secrets in it.
        let mut sealing = Zeroizing::new(Vec::with_capacity(plain.len() + AES_256_GCM.tag_len()));
        sealing.extend_from_slice(plain);
        let nonce = key.seal_in_place_append_tag(Aad::from(context), &mut *sealing).ok()?;
        let mut sealed = Vec::with_capacity(1 + id.len() + NONCE_LEN + sealing.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(id);
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&sealing);
        Some(sealed)
    }

    /// Whether one of these keys sealed it, by its own word.
    #[cfg(any(feature = "file", feature = "redis"))]
    pub(crate) fn knows(&self, sealed: &[u8]) -> bool {
        let id = sealed.split_first().and_then(|(_, rest)| rest.first_chunk::<{ size_of::<KeyId>() }>());
        id.is_some_and(|id| self.keys.iter().any(|numbered| numbered.id == *id))
    }

    /// Decrypts what [`seal`](Self::seal) made with one of these keys for the same context; `None` for anything else.
    pub(crate) fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (version, rest) = sealed.split_first()?;
        let (id, rest) = rest.split_first_chunk::<{ size_of::<KeyId>() }>()?;
        let (nonce, encrypted) = rest.split_first_chunk::<NONCE_LEN>()?;
        if *version != VERSION {
            return None;
        }
        let NumberedKey { key, .. } = self.keys.iter().find(|numbered| numbered.id == *id)?;
        let mut opening = Zeroizing::new(encrypted.to_vec());
        let length = key.open_in_place(nonce.into(), Aad::from(context), &mut opening).ok()?.len();
        opening.truncate(length);
        Some(opening)
    }
}

fn wrong_length(key: &[u8]) -> String {
    let text = key.trim_ascii();
    let cure = match text.len() {
        64 if text.iter().all(u8::is_ascii_hexdigit) => {
            ": these are 64 hexadecimal digits; decode them to the 32 bytes that they stand for, or write the key in Base64, for \
             `SealingKey::from_base64`"
        }
        43 | 44 if text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte)) => {
            ": this is Base64; call `SealingKey::from_base64`"
        }
        _ => "",
    };
    format!("a sealing key has 32 bytes, as from `openssl rand 32`, and this one {}{cure}", key.len())
}

fn key_id(key: &[u8]) -> KeyId {
    let mut context = Context::new(&SHA256);
    context.update(b"grantkit sealing key id");
    context.update(key);
    let digest = context.finish();
    let mut id = KeyId::default();
    id.iter_mut().zip(digest.as_ref()).for_each(|(to, from)| *to = *from);
    id
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealingKey {
        SealingKey::new([byte; 32]).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_with_the_same_key_and_context() {
        let sealed = key(7).seal(b"here", b"s3cret").unwrap();
        assert_eq!(key(7).open(b"here", &sealed).unwrap().as_slice(), b"s3cret");
        assert!(key(7).open(b"there", &sealed).is_none());
        assert!(key(8).open(b"here", &sealed).is_none());
        // Twice is not the same, and nothing shows through.
        assert_ne!(sealed, key(7).seal(b"here", b"s3cret").unwrap());
        assert!(!String::from_utf8_lossy(&sealed).contains("s3cret"));
    }

    #[test]
    fn a_change_anywhere_opens_nothing() {
        let sealed = key(7).seal(b"here", b"s3cret").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key(7).open(b"here", &changed).is_none(), "{at}");
            assert!(key(7).open(b"here", &sealed[..at]).is_none(), "{at}");
        }
    }

    #[test]
    fn a_former_key_opens_and_the_first_one_seals() {
        let old = key(1).seal(b"here", b"old").unwrap();
        let both = key(2).with_previous_key(&key(1));
        assert_eq!(both.open(b"here", &old).unwrap().as_slice(), b"old");
        let new = both.seal(b"here", b"new").unwrap();
        assert_eq!(key(2).open(b"here", &new).unwrap().as_slice(), b"new");
        assert!(key(1).open(b"here", &new).is_none());
    }

    #[test]
    fn a_key_is_read_as_openssl_writes_it() {
        // 0xfb and 0xff are what the two alphabets write otherwise.
        let bytes: Vec<u8> = [0xfb, 0xff].into_iter().cycle().take(32).collect();
        let sealed = SealingKey::new(&bytes).unwrap().seal(b"here", b"s3cret").unwrap();
        let written = "+//7//v/+//7//v/+//7//v/+//7//v/+//7//v/+/8=";
        let for_urls = written.replace('+', "-").replace('/', "_");
        for text in [written, &format!(" {written}\n"), written.trim_end_matches('='), &for_urls] {
            let key = SealingKey::from_base64(text).unwrap();
            assert_eq!(key.open(b"here", &sealed).unwrap().as_slice(), b"s3cret", "{text}");
        }
        for (text, expected) in
            [("", "32 bytes"), ("AAAA", "this one 3"), ("not base64!", "is no Base64"), ("+_==", "is no Base64")]
        {
            let error = SealingKey::from_base64(text).unwrap_err();
            assert!(error.is_configuration() && error.to_string().contains(expected), "{text}: {error}");
        }
        let hex = SealingKey::from_base64("0f".repeat(32)).unwrap_err().to_string();
        assert!(hex.contains("this one 48"), "{hex}");
    }

    #[test]
    fn a_key_has_32_bytes_and_is_not_shown() {
        assert!(SealingKey::new([1; 16]).unwrap_err().is_configuration());
        assert!(SealingKey::new([1; 33]).unwrap_err().is_configuration());
        let hex = SealingKey::new("0f".repeat(32)).unwrap_err().to_string();
        assert!(hex.contains("64 hexadecimal digits; decode them to the 32 bytes that they stand for"), "{hex}");
        assert!(!hex.contains("0f0f"), "{hex}");
        let base64 = SealingKey::new(format!("{}=", "Qa".repeat(21) + "Q")).unwrap_err().to_string();
        assert!(base64.ends_with("this is Base64; call `SealingKey::from_base64`"), "{base64}");
        assert_eq!(format!("{:?}", key(7).with_previous_key(&key(8))), "SealingKey([redacted])");
    }
}
