use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::error::{Error, Fault, Result};

/// The names that machines have for themselves in their hosts file, beside `*.localhost` (RFC 6761 §6.3).
const LOCAL_NAMES: [&str; 7] = [
    "localhost",
    "localhost.localdomain",
    "localhost4",
    "localhost6",
    "localhost6.localdomain6",
    "ip6-localhost",
    "ip6-loopback",
];

/// How far inside an address is, the innermost first: an address inside must not be requested because a remote host names it
/// (SSRF, RFC 9728 §7.7).
///
/// Of a URL it goes by the address as it is written (RFC 6890); no name is looked up, but for those that always mean this
/// machine. What a name leads to is checked where it is looked up, by [`of_address`](Self::of_address).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AddressScope {
    Loopback,
    Private,
    Public,
}

impl AddressScope {
    pub(crate) fn of(url: &Url) -> Self {
        match url.host() {
            Some(Host::Ipv4(address)) => Self::of_ipv4(address),
            Some(Host::Ipv6(address)) => Self::of_ipv6(address),
            Some(Host::Domain(name)) => {
                // RFC 6761 §6.3; a dot at the end changes nothing.
                let name = name.strip_suffix('.').unwrap_or(name);
                let is_localhost = LOCAL_NAMES.contains(&name) || name.ends_with(".localhost");
                if is_localhost { Self::Loopback } else { Self::Public }
            }
            None => Self::Public,
        }
    }

    pub(crate) fn of_address(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::of_ipv4(address),
            IpAddr::V6(address) => Self::of_ipv6(address),
        }
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

    fn of_ipv4(address: Ipv4Addr) -> Self {
        let [first, second, third, _] = address.octets();
        let is_private = address.is_private()
            || address.is_link_local()
            || address.is_multicast()
            // Carriers' own, protocol assignments, benchmarks, for later use.
            || (first == 100 && (64..128).contains(&second))
            || (first, second, third) == (192, 0, 0)
            || (first == 198 && (18..20).contains(&second))
            || first >= 240;
        match first {
            0 | 127 => Self::Loopback,
            _ if is_private => Self::Private,
            _ => Self::Public,
        }
    }

    fn of_ipv6(address: Ipv6Addr) -> Self {
        if address.is_loopback() || address.is_unspecified() {
            return Self::Loopback;
        }
        let segments = address.segments();
        let ipv4 = |high: u16, low: u16| Self::of_ipv4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
        match segments {
            // An address of the older kind in one of these: as a system maps it (RFC 4291 §2.5.5.2), as it once was written
            // (§2.5.5.1), as translators write it (RFC 2765 §2.1, RFC 6052 §2.1).
            [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
            | [0, 0, 0, 0, 0xffff, 0, high, low]
            | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
            // As tunnels have it: 6to4 (RFC 3056 §2).
            | [0x2002, high, low, ..] => ipv4(high, low),
            // Teredo: the server's, and the client's with each bit turned (RFC 4380 §4).
            [0x2001, 0, server_high, server_low, _, _, client_high, client_low] => {
                ipv4(server_high, server_low).min(ipv4(!client_high, !client_low))
            }
            // A network's own translation, which leads wherever that network says (RFC 8215).
            [0x64, 0xff9b, 1, ..] => Self::Private,
            // Site-local, deprecated and still in use (RFC 3879).
            [first, ..] if first & 0xffc0 == 0xfec0 => Self::Private,
            _ if address.is_unique_local() || address.is_unicast_link_local() || address.is_multicast() => Self::Private,
            _ => Self::Public,
        }
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
