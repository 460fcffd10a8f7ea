use super::header::{HEADER_LENGTH, Header};
use crate::error::{Error, Fault, Incident, Result};
use crate::keys::sealing::SealingKey;
use crate::store::{StoreKey, StoreRecord};

/// Puts records into the form in which they are kept where others could read them, and takes them out of it.
///
/// The version and the time are plain, for the store to compare; they are sealed with the rest (as associated data), and so are
/// the store's kind, the place in it and the key: what is moved or changed is not opened.
#[derive(Clone, Debug)]
pub(super) struct RecordSealer {
    kind: &'static str,
    place: Box<str>,
    key: SealingKey,
}

impl RecordSealer {
    /// For a kind of store. The place tells apart what others may write to with the same key, as another tenant's records beside these;
    /// it is empty where only the owner writes, and may move the records.
    pub(super) fn new(kind: &'static str, place: impl Into<Box<str>>, key: SealingKey) -> Self {
        Self { kind, place: place.into(), key }
    }

    /// Which key it seals with.
    pub(super) fn key_id(&self) -> String {
        self.key.id()
    }

    /// # Errors
    ///
    /// [`is_retryable`](Error::is_retryable) where the machine's cryptography fails.
    pub(super) fn seal(&self, key: &StoreKey, record: &StoreRecord) -> Result<Vec<u8>> {
        let header = Header::of(record).to_text();
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
                 If the key has changed, give the store the old one too (`SealingKey::with_previous_key`); else remove it there, or log in \
                 again, and find out who can write to it"
            );
            let error = Error::new(Fault::Security, message);
            if self.is_of_another_key(kept) { error } else { error.with_incident(Incident::Damaged) }
        })
    }

    /// Others who have that key may read it still.
    fn is_of_another_key(&self, kept: &[u8]) -> bool {
        let shortest = 1 + size_of::<u64>();
        kept.get(HEADER_LENGTH..).is_some_and(|sealed| sealed.len() >= shortest && !self.key.knows(sealed))
    }

    fn try_open(&self, key: &StoreKey, kept: &[u8]) -> Option<StoreRecord> {
        let (header, sealed) = kept.split_first_chunk::<HEADER_LENGTH>()?;
        let content = self.key.open(&self.context(key, header), sealed)?;
        Some(Header::read(header)?.record(&content))
    }

    /// With the version of this layout. No two records have the same: the parts before the last have no zero byte, or a fixed length, or
    /// their length before them.
    fn context(&self, key: &StoreKey, header: &[u8]) -> Vec<u8> {
        let Self { kind, place, key: _ } = self;
        let length = (place.len() as u64).to_be_bytes();
        let layout: &[u8] = b"grantkit stored record 2\0";
        [layout, kind.as_bytes(), b"\0", &length, place.as_bytes(), header, key.as_str().as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn sealer(kind: &'static str, key: u8) -> RecordSealer {
        sealer_at(kind, "", key)
    }

    fn sealer_at(kind: &'static str, place: &str, key: u8) -> RecordSealer {
        RecordSealer::new(kind, place, SealingKey::new([key; 32]).unwrap())
    }

    fn record() -> StoreRecord {
        StoreRecord::new(u64::MAX, &b"s3cret"[..])
            .with_expires_at(Some(UNIX_EPOCH + Duration::from_millis(1_700_000_000_123)))
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let key = StoreKey::new("billing");
        let kept = sealer("file", 1).seal(&key, &record()).unwrap();
        assert!(!String::from_utf8_lossy(&kept).contains("s3cret"));
        assert!(kept.starts_with(b"1844674407370955161500000001700000000123"));
        let opened = sealer("file", 1).open(&key, &kept, "here").unwrap();
        assert_eq!((opened.version(), opened.expires_at()), (u64::MAX, record().expires_at()));
        assert_eq!(opened.content(), b"s3cret");

        let for_ever = sealer("file", 1).seal(&key, &StoreRecord::new(0, [])).unwrap();
        let opened = sealer("file", 1).open(&key, &for_ever, "here").unwrap();
        assert_eq!((opened.version(), opened.expires_at(), opened.content()), (0, None, &b""[..]));
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
        let elsewhere = sealer_at("redis", "0/stage", 1).seal(&key, &record()).unwrap();
        assert!(sealer_at("redis", "0/stage", 1).open(&key, &elsewhere, "here").is_ok());
        for place in ["0/live", "1/stage", "", "0/stage0"] {
            let error = sealer_at("redis", place, 1).open(&key, &elsewhere, "here").unwrap_err();
            assert!(error.is_security() && error.is_damaged_record(), "{place}");
        }
        let error = sealer("file", 2).open(&key, &kept, "here").unwrap_err();
        assert!(error.is_security() && error.to_string().contains("with_previous_key"), "{error}");
        // It can be read with that key: it is not for others to replace.
        assert!(!error.is_damaged_record());
        let mut changed = kept.clone();
        changed[0] = b'9';
        for damaged in [&changed[..], &kept[..kept.len() - 1], &kept[..20], b""] {
            assert!(sealer("file", 1).open(&key, damaged, "here").unwrap_err().is_damaged_record());
        }
    }
}
