use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, HeaderName};
use url::Url;

/// A program talks to a few servers; of one that talks to many, those used last are remembered.
const MAX_ORIGINS: usize = 64;
/// What servers seal into a nonce has some hundred characters.
const MAX_NONCE: usize = 1024;

const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// The latest nonce of each server (RFC 9449 §8, §9), by its origin: one server's is of no use to another.
///
/// In the order of use: of too many, the least recently used is evicted.
#[derive(Default)]
pub(super) struct Nonces(Mutex<Origins>);

/// The one used last stands last.
#[derive(Default)]
struct Origins(Vec<OfOrigin>);

struct OfOrigin {
    origin: Origin,
    nonce: String,
}

/// Scheme, host and port (RFC 6454 §4).
struct Origin {
    scheme: String,
    host: Option<String>,
    port: Option<u16>,
}

impl Nonces {
    /// What to put into the next proof for that server.
    pub(super) fn of(&self, url: &Url) -> Option<String> {
        self.lock().last_used(url).map(|known| known.nonce.clone())
    }

    /// Takes the nonce of an answer, in place of the one before; tells whether there is one.
    pub(super) fn remember(&self, url: &Url, headers: &HeaderMap) -> bool {
        let nonce = nonce(headers);
        nonce.inspect(|nonce| self.put(url, nonce)).is_some()
    }

    /// The same of one that is known already.
    pub(super) fn put(&self, url: &Url, nonce: &str) {
        let mut origins = self.lock();
        match origins.last_used(url) {
            Some(known) if known.nonce == nonce => {}
            Some(known) => nonce.clone_into(&mut known.nonce),
            None => {
                if origins.0.len() >= MAX_ORIGINS {
                    origins.0.remove(0);
                }
                origins.0.push(OfOrigin { origin: Origin::of(url), nonce: nonce.to_owned() });
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Origins> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Origins {
    /// The one of that URL's origin, which becomes the last used.
    fn last_used(&mut self, url: &Url) -> Option<&mut OfOrigin> {
        let at = self.0.iter().position(|known| known.origin.is_of(url))?;
        self.0[at..].rotate_left(1);
        self.0.last_mut()
    }
}

impl Origin {
    fn of(url: &Url) -> Self {
        let (scheme, host) = (url.scheme().to_owned(), url.host_str().map(str::to_owned));
        Self { scheme, host, port: url.port_or_known_default() }
    }

    fn is_of(&self, url: &Url) -> bool {
        let (scheme, host) = (url.scheme(), url.host_str());
        self.scheme == scheme && self.host.as_deref() == host && self.port == url.port_or_known_default()
    }
}

/// The nonce of an answer, where there is one and it is one: `1*NQCHAR` (RFC 9449 §8.1, RFC 6749 appendix A).
pub(crate) fn nonce(headers: &HeaderMap) -> Option<&str> {
    let mut lines = headers.get_all(DPOP_NONCE).iter();
    let nonce = lines.next().filter(|_| lines.next().is_none())?.to_str().ok()?;
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    ((1..=MAX_NONCE).contains(&nonce.len()) && nonce.bytes().all(is_plain)).then_some(nonce)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn answer(nonces: &[&str]) -> HeaderMap {
        nonces.iter().map(|nonce| (DPOP_NONCE, HeaderValue::from_bytes(nonce.as_bytes()).unwrap())).collect()
    }

    #[test]
    fn a_nonce_is_of_one_origin_and_the_latest_counts() {
        let nonces = Nonces::default();
        assert!(nonces.remember(&url("https://as.example/token?a=b"), &answer(&["1"])));
        assert!(nonces.remember(&url("https://as.example:443/par"), &answer(&["2"])));
        assert!(nonces.remember(&url("https://api.example/v1"), &answer(&["3"])));
        assert_eq!(nonces.of(&url("https://as.example/other")).as_deref(), Some("2"));
        assert_eq!(nonces.of(&url("https://api.example/")).as_deref(), Some("3"));
        for other in ["https://as.example:8443/", "http://as.example/", "https://example/", "https://x.as.example/"] {
            assert_eq!(nonces.of(&url(other)), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_nonce_is_passed_over() {
        let nonces = Nonces::default();
        let long = "n".repeat(MAX_NONCE + 1);
        for bad in [&[][..], &[""], &["a b"], &["a\"b"], &["a\\b"], &["a", "b"], &["é"], &[&long]] {
            assert!(!nonces.remember(&url("https://as.example/"), &answer(bad)), "{bad:?}");
        }
        assert_eq!(nonces.of(&url("https://as.example/")), None);
    }

    #[test]
    fn however_many_servers_there_are_the_memory_is_bounded() {
        let nonces = Nonces::default();
        for number in 0..10 * MAX_ORIGINS {
            nonces.remember(&url(&format!("https://{number}.example/")), &answer(&["n"]));
        }
        assert_eq!(nonces.lock().0.len(), MAX_ORIGINS);
        assert_eq!(nonces.of(&url(&format!("https://{}.example/", 10 * MAX_ORIGINS - 1))).as_deref(), Some("n"));
    }

    #[test]
    fn the_nonce_of_a_server_in_use_is_kept_however_many_others_come_after_it() {
        let nonces = Nonces::default();
        let in_use = url("https://as.example/token");
        nonces.remember(&in_use, &answer(&["n"]));
        for number in 0..10 * MAX_ORIGINS {
            nonces.remember(&url(&format!("https://{number}.example/")), &answer(&["n"]));
            assert_eq!(nonces.of(&in_use).as_deref(), Some("n"), "{number}");
        }
        assert_eq!(nonces.lock().0.len(), MAX_ORIGINS);
    }
}
