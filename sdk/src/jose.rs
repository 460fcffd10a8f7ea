//! Signed JSON (RFC 7515 to 7518): keys, key sets and their cache. All cryptography is aws-lc-rs.

mod algorithm;
mod clock;
mod key;
mod key_set;
mod key_set_cache;
mod lifetime;
mod unverified_jwt;

#[cfg(test)]
pub(crate) mod test_keys;
#[cfg(test)]
mod tests;

pub(crate) use algorithm::{ASYMMETRIC, Algorithm, algorithm_by_name, algorithm_name, half_hash};
pub(crate) use clock::Clock;
pub(crate) use key::Key;
pub(crate) use key_set_cache::KeySetCache;
pub(crate) use unverified_jwt::UnverifiedJwt;
