use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::store::StoreRecord;

/// What a kept record begins with, plain, for stores to compare: the version, then the time until which it is kept in
/// milliseconds since the epoch, all zeros for "for ever".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) version: u64,
    pub(super) expires_at: Option<SystemTime>,
}

/// Numbers of the same length compare as text as they do as numbers, in Redis's scripts too, whose own numbers end at 2⁵³.
const NUMBER_LENGTH: usize = 20;
pub(super) const HEADER_LENGTH: usize = 2 * NUMBER_LENGTH;

impl Header {
    pub(super) fn of(record: &StoreRecord) -> Self {
        Self { version: record.version(), expires_at: record.expires_at() }
    }

    /// The part of it that is the version.
    #[cfg(feature = "redis")]
    pub(super) fn version_text(self) -> String {
        format!("{:020}", self.version)
    }

    pub(super) fn to_text(self) -> String {
        let milliseconds = self.expires_at.map_or(0, |time| {
            let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            u64::try_from(since_epoch).unwrap_or(u64::MAX).max(1)
        });
        format!("{:020}{milliseconds:020}", self.version)
    }

    pub(super) fn read(text: &[u8; HEADER_LENGTH]) -> Option<Self> {
        let (version, expires_at) = text.split_at(NUMBER_LENGTH);
        let expires_at = match number(expires_at)? {
            0 => None,
            milliseconds => Some(UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds))?),
        };
        Some(Self { version: number(version)?, expires_at })
    }

    pub(super) fn record(self, content: &[u8]) -> StoreRecord {
        StoreRecord::new(self.version, content).with_expires_at(self.expires_at)
    }
}

fn number(digits: &[u8]) -> Option<u64> {
    str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_comes_back_as_it_was_and_has_one_length() {
        let times = [None, Some(UNIX_EPOCH + Duration::from_millis(1_700_000_000_123))];
        for (version, expires_at) in
            [0, 1, (1 << 53) + 1, u64::MAX].into_iter().flat_map(|it| times.map(|time| (it, time)))
        {
            let header = Header { version, expires_at };
            let text = header.to_text();
            assert_eq!(Header::read(text.as_bytes().try_into().unwrap()), Some(header));
        }
        assert_eq!(Header::read(&[b' '; HEADER_LENGTH]), None);
        assert_eq!(Header::read(&[b'9'; HEADER_LENGTH]), None, "no number of 64 bits");
    }

    #[test]
    fn what_was_of_no_use_before_the_epoch_is_not_kept_for_ever() {
        let time = UNIX_EPOCH.checked_sub(Duration::from_secs(1));
        let text = Header { version: 1, expires_at: time }.to_text();
        assert!(Header::read(text.as_bytes().try_into().unwrap()).unwrap().expires_at.is_some());
    }
}
