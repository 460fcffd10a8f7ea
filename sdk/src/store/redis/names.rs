use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::store::StoreKey;

/// What the keys and channels of a store are called in Redis.
///
/// The key is the hash tag, so that what belongs to it is in one slot of a cluster.
#[derive(Clone, Debug)]
pub(super) struct Names {
    prefix: Box<str>,
}

/// Readable, without braces, which would end the hash tag.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b':').remove(b'/').remove(b'@');
/// The tag of the empty key: an empty tag is none. No other key is written like this.
const EMPTY: &str = "%";

impl Names {
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: utf8_percent_encode(prefix, PLAIN).to_string().into() }
    }

    pub(super) fn token(&self, key: &StoreKey) -> String {
        self.name("token", key)
    }

    pub(super) fn lease(&self, key: &StoreKey) -> String {
        self.name("lease", key)
    }

    /// The channel on which is said that the lease is free.
    pub(super) fn released(&self, key: &StoreKey) -> String {
        self.name("released", key)
    }

    fn name(&self, what: &str, key: &StoreKey) -> String {
        let tag = match key.as_str() {
            "" => EMPTY.to_owned(),
            text => utf8_percent_encode(text, PLAIN).to_string(),
        };
        format!("{}:{what}:{{{tag}}}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_hash_tag_whatever_is_in_it() {
        let names = Names::new("grantkit");
        let token = |key: &str| names.token(&StoreKey::new(key));
        assert_eq!(token("billing/8f3a"), "grantkit:token:{billing/8f3a}");
        assert_eq!(token("a}{b"), "grantkit:token:{a%7D%7Bb}");
        assert_eq!(token("%"), "grantkit:token:{%25}");
        assert_eq!(token(""), "grantkit:token:{%}");
        assert_eq!(Names::new("{x}").lease(&StoreKey::new("a")), "%7Bx%7D:lease:{a}");
    }
}
