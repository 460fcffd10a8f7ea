use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::AddressScope;

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

/// Whose addresses those of its range are (RFC 6890), the innermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AddressKind {
    Loopback,
    /// A private network's own, or those of one link.
    Private,
    /// Of no public host, and no sign of a private network either: carriers' own, which overlay networks use as well, so that strangers
    /// are neighbours there (RFC 6598); benchmarks, which local proxies give to every name (RFC 2544); multicast; for later use.
    Special,
    Public,
}

impl AddressKind {
    /// By the address as it is written; no name is looked up, but for those that always mean this machine.
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

    /// How far inside a request leads that goes there.
    pub(super) fn scope(self) -> AddressScope {
        match self {
            Self::Loopback => AddressScope::Loopback,
            Self::Private | Self::Special => AddressScope::Private,
            Self::Public => AddressScope::Public,
        }
    }

    /// How far inside the server is that has such an address; `None` where that tells nothing, so that it is to be taken for one outside.
    pub(crate) fn scope_of_server(self) -> Option<AddressScope> {
        if self == Self::Special { None } else { Some(self.scope()) }
    }

    fn of_ipv4(address: Ipv4Addr) -> Self {
        let [first, second, third, _] = address.octets();
        let is_special = address.is_multicast()
            // Carriers' own, protocol assignments, benchmarks, for later use.
            || (first == 100 && (64..128).contains(&second))
            || (first, second, third) == (192, 0, 0)
            || (first == 198 && (18..20).contains(&second))
            || first >= 240;
        match first {
            0 | 127 => Self::Loopback,
            _ if is_special => Self::Special,
            _ if address.is_private() || address.is_link_local() => Self::Private,
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
            // A network's own translation, which leads wherever that network says, outside too (RFC 8215).
            [0x64, 0xff9b, 1, ..]
            // Tailscale's, within what is a private network's own.
            | [0xfd7a, 0x115c, 0xa1e0, ..] => Self::Special,
            // Site-local, deprecated and still in use (RFC 3879).
            [first, ..] if first & 0xffc0 == 0xfec0 => Self::Private,
            _ if address.is_multicast() => Self::Special,
            _ if address.is_unique_local() || address.is_unicast_link_local() => Self::Private,
            _ => Self::Public,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope_of_server(host: &str) -> Option<AddressScope> {
        AddressKind::of(&Url::parse(&format!("https://{host}/x")).unwrap()).scope_of_server()
    }

    #[test]
    fn an_overlays_or_special_address_tells_not_where_a_server_is() {
        for host in [
            "100.64.0.1",
            "100.127.255.254",
            "198.18.0.1",
            "198.19.255.254",
            "192.0.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "[::ffff:100.64.0.1]",
            "[64:ff9b::6440:1]",
            "[64:ff9b:1::808:808]",
            "[fd7a:115c:a1e0::1]",
            "[ff02::1]",
        ] {
            assert_eq!(scope_of_server(host), None, "{host}");
        }
        for (host, scope) in [
            ("localhost", AddressScope::Loopback),
            ("10.0.0.1", AddressScope::Private),
            ("169.254.169.254", AddressScope::Private),
            ("[fd00::1]", AddressScope::Private),
            ("100.63.255.255", AddressScope::Public),
            ("198.20.0.1", AddressScope::Public),
            ("as.example", AddressScope::Public),
        ] {
            assert_eq!(scope_of_server(host), Some(scope), "{host}");
        }
    }
}
