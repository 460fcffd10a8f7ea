use std::net::IpAddr;

use url::Url;

use super::address_kind::AddressKind;
use crate::error::{Error, Fault, Result};

/// How far inside an address is, the innermost first: an address inside must not be requested because a remote host names it
/// (SSRF, RFC 9728 §7.7).
///
/// Of a URL it goes by the address as it is written (RFC 6890); no name is looked up, but for those that always mean this
/// machine. What a name leads to is checked where it is looked up, by [`of_address`](Self::of_address).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AddressScope {
    Loopback,
    Private,
    Public,
}

impl AddressScope {
    pub(crate) fn of(url: &Url) -> Self {
        AddressKind::of(url).scope()
    }

    pub(crate) fn of_address(address: IpAddr) -> Self {
        AddressKind::of_address(address).scope()
    }

    /// Refuses an address that is further inside than who names it. One that is no URL is for its user to refuse.
    pub(crate) fn check(self, what: &str, target: &str) -> Result<()> {
        Url::parse(target).map_or(Ok(()), |url| self.check_scope(what, Self::of(&url)))
    }

    /// The same for what is known to have this scope.
    pub(crate) fn check_scope(self, what: &str, target: Self) -> Result<()> {
        let leads_to = match target {
            Self::Loopback if self > Self::Loopback => "this machine",
            Self::Private if self > Self::Private => "a private network",
            _ => return Ok(()),
        };
        Err(Error::new(
            Fault::Security,
            format!(
                "the {what} leads to {leads_to}, but was named by a remote host: it is blocked (server-side request forgery, \
                 RFC 9728 §7.7)"
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(host: &str) -> AddressScope {
        AddressScope::of(&Url::parse(&format!("https://{host}/x")).unwrap())
    }

    #[test]
    fn an_address_is_as_far_inside_as_it_is_whatever_its_spelling() {
        for host in [
            "localhost",
            "LOCALHOST",
            "localhost.",
            "x.localhost",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.1",
            "0.0.0.0",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "ip6-localhost",
            "ip6-loopback",
            "localhost.localdomain",
            "[::127.0.0.1]",
            "[::ffff:0:127.0.0.1]",
            "[2002:7f00:1::]",
            "[2002:7f00:1:1:2:3:4:5]",
            "[2001:0:7f00:1:0:0:f7f7:f7f7]",
            "[2001:0:808:808:0:0:80ff:fffe]",
        ] {
            assert_eq!(reach(host), AddressScope::Loopback, "{host}");
        }
        for host in [
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "192.0.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "0xa9fea9fe",
            "[fd00::1]",
            "[fe80::1]",
            "[ff02::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::a00:1]",
            "[64:ff9b:1::808:808]",
            "[::10.0.0.1]",
            "[2002:a9fe:a9fe::1]",
            "[2001:0:808:808:0:0:3f57:fefe]",
            "[fec0::1]",
            "[feff::1]",
        ] {
            assert_eq!(reach(host), AddressScope::Private, "{host}");
        }
        for host in [
            "as.example",
            "localhost.example",
            "mylocalhost",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "[2001:4860:4860::8888]",
            "[::ffff:8.8.8.8]",
            "[::8.8.8.8]",
            "[2002:808:808::1]",
            "[2001:0:808:808:0:0:f7f7:f7f7]",
            "[64:ff9b::808:808]",
        ] {
            assert_eq!(reach(host), AddressScope::Public, "{host}");
        }
    }

    #[test]
    fn an_address_further_inside_is_not_requested() {
        let [machine, network, anywhere] = ["http://127.0.0.1/", "https://10.0.0.1/", "https://as.example/"];
        for (who, allowed) in [
            (AddressScope::Loopback, &[machine, network, anywhere][..]),
            (AddressScope::Private, &[network, anywhere]),
            (AddressScope::Public, &[anywhere]),
        ] {
            for target in [machine, network, anywhere] {
                let outcome = who.check("issuer", target);
                assert_eq!(outcome.is_ok(), allowed.contains(&target), "{who:?} {target}");
                assert!(outcome.err().is_none_or(|error| error.is_security()));
            }
        }
    }
}
