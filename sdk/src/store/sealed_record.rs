use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::credentials::{StoreKey, StoreRecord};
use crate::error::{Error, Kind, Result};
use crate::sealing::SealingKey;

/// Puts records into the form in which they are kept where others could read them, and takes them out of it.
///
/// The version and the time are plain, for the store to compare; they are sealed with the rest (as associated data), and so are
/// the store's kind and the key: what is moved or changed is not opened.
#[derive(Clone, Debug)]
pub(super) struct RecordSealer {
    kind: &'static str,
    key: SealingKey,
}

/// Of a version as text: numbers of the same length compare as text as they do as numbers, in Redis's scripts too, whose own
/// numbers end at 2⁵³.
pub(super) const VERSION_LENGTH: usize = 20;
/// The version, then milliseconds since the epoch, all zeros for "to be kept for ever".
const HEADER_LENGTH: usize = 2 * VERSION_LENGTH;

impl RecordSealer {
    /// For a kind of store.
    pub(super) fn new(kind: &'static str, key: SealingKey) -> Self {
        Self { kind, key }
    }

    /// # Errors
    ///
    /// [`is_retryable`](Error::is_retryable) where the machine's cryptography fails.
    pub(super) fn seal(&self, key: &StoreKey, record: &StoreRecord) -> Result<Vec<u8>> {
        let header = format!("{}{:020}", version_text(record.version()), milliseconds(record.keep_until()));
        let sealed = self.key.seal(&self.context(key, header.as_bytes()), record.content());
        let sealed = sealed.ok_or_else(|| Error::temporary("the machine's cryptography failed"))?;
        Ok([header.as_bytes(), &sealed].concat())
    }

    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where none of the keys opens it; `place` says where it was.
    pub(super) fn open(&self, key: &StoreKey, kept: &[u8], place: &str) -> Result<StoreRecord> {
        self.try_open(key, kept).ok_or_else(|| {
            let message = format!(
                "the token kept in {place} cannot be opened: it was sealed with another key, or it was changed or cut off. \
                 If the key has changed, give the store the old one too (`SealingKey::or_formerly`); else remove it there and \
                 find out who can write to it"
            );
            Error::new(Kind::Security, message)
        })
    }

    fn try_open(&self, key: &StoreKey, kept: &[u8]) -> Option<StoreRecord> {
        let (header, sealed) = kept.split_first_chunk::<HEADER_LENGTH>()?;
        let content = self.key.open(&self.context(key, header), sealed)?;
        let (version, keep_until) = header.split_at(VERSION_LENGTH);
        let keep_until = match number(keep_until)? {
            0 => None,
            milliseconds => Some(UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds))?),
        };
        Some(StoreRecord::new(number(version)?, content.as_slice()).with_keep_until(keep_until))
    }

    /// No two places have the same: the parts before the last have no zero byte, or a fixed length.
    fn context(&self, key: &StoreKey, header: &[u8]) -> Vec<u8> {
        [b"grantkit stored record\0", self.kind.as_bytes(), b"\0", header, key.as_str().as_bytes()].concat()
    }
}

/// The version as the text that what is kept begins with.
pub(super) fn version_text(version: u64) -> String {
    format!("{version:020}")
}

fn milliseconds(time: Option<SystemTime>) -> u64 {
    let Some(time) = time else { return 0 };
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    u64::try_from(since_epoch).unwrap_or(u64::MAX).max(1)
}

fn number(digits: &[u8]) -> Option<u64> {
    str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(kind: &'static str, key: u8) -> RecordSealer {
        RecordSealer::new(kind, SealingKey::new([key; 32]).unwrap())
    }

    fn record() -> StoreRecord {
        StoreRecord::new(u64::MAX, &b"s3cret"[..])
            .with_keep_until(Some(UNIX_EPOCH + Duration::from_millis(1_700_000_000_123)))
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let key = StoreKey::new("billing");
        let kept = sealer("file", 1).seal(&key, &record()).unwrap();
        assert!(!String::from_utf8_lossy(&kept).contains("s3cret"));
        assert_eq!(&kept[..VERSION_LENGTH], version_text(u64::MAX).as_bytes());
        let opened = sealer("file", 1).open(&key, &kept, "here").unwrap();
        assert_eq!((opened.version(), opened.keep_until()), (u64::MAX, record().keep_until()));
        assert_eq!(opened.content(), b"s3cret");

        let for_ever = sealer("file", 1).seal(&key, &StoreRecord::new(0, [])).unwrap();
        let opened = sealer("file", 1).open(&key, &for_ever, "here").unwrap();
        assert_eq!((opened.version(), opened.keep_until(), opened.content()), (0, None, &b""[..]));
    }

    #[test]
    fn what_is_changed_moved_or_cut_off_is_not_opened() {
        let key = StoreKey::new("billing");
        let kept = sealer("file", 1).seal(&key, &record()).unwrap();
        for at in 0..kept.len() {
            let mut changed = kept.clone();
            changed[at] ^= 1;
            assert!(sealer("file", 1).open(&key, &changed, "here").unwrap_err().is_security(), "{at}");
            assert!(sealer("file", 1).open(&key, &kept[..at], "here").unwrap_err().is_security(), "{at}");
        }
        assert!(sealer("file", 1).open(&StoreKey::new("other"), &kept, "here").unwrap_err().is_security());
        assert!(sealer("redis", 1).open(&key, &kept, "here").unwrap_err().is_security());
        let error = sealer("file", 2).open(&key, &kept, "here").unwrap_err();
        assert!(error.is_security() && error.to_string().contains("or_formerly"), "{error}");
    }
}
