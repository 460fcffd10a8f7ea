use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::ServerMetadata;
use crate::error::{Error, Kind, Result};

/// How far inside an address is, the innermost first: what only this machine can ask must not be asked because somebody
/// elsewhere says so (RFC 9728 §7.7).
///
/// It goes by the address as it is written (RFC 6890); no name is looked up, but for those that always mean this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    ThisMachine,
    ThisNetwork,
    Anywhere,
}

impl Reach {
    pub(crate) fn of(url: &Url) -> Self {
        match url.host() {
            Some(Host::Ipv4(address)) => Self::of_ipv4(address),
            Some(Host::Ipv6(address)) => Self::of_ipv6(address),
            Some(Host::Domain(name)) => {
                // RFC 6761 §6.3; a dot at the end changes nothing.
                let name = name.strip_suffix('.').unwrap_or(name);
                let is_localhost = name == "localhost" || name.ends_with(".localhost");
                if is_localhost { Self::ThisMachine } else { Self::Anywhere }
            }
            None => Self::Anywhere,
        }
    }

    /// Refuses an address that is further inside than who names it. One that is no URL is for its user to refuse.
    pub(crate) fn check(self, what: &str, target: &str) -> Result<()> {
        let leads_to = match Url::parse(target).map(|url| Self::of(&url)) {
            Ok(Self::ThisMachine) if self > Self::ThisMachine => "this machine",
            Ok(Self::ThisNetwork) if self > Self::ThisNetwork => "a private network",
            _ => return Ok(()),
        };
        Err(Error::new(
            Kind::Security,
            format!("the {what} leads to {leads_to}, and who says so is elsewhere (RFC 9728 §7.7)"),
        ))
    }

    /// The same for all that a client would ask, or send a browser to.
    pub(super) fn check_endpoints(self, metadata: &ServerMetadata) -> Result<()> {
        let endpoints = [
            ("authorization_endpoint", &metadata.authorization_endpoint),
            ("token_endpoint", &metadata.token_endpoint),
            ("device_authorization_endpoint", &metadata.device_authorization_endpoint),
            ("backchannel_authentication_endpoint", &metadata.backchannel_authentication_endpoint),
            ("revocation_endpoint", &metadata.revocation_endpoint),
            ("introspection_endpoint", &metadata.introspection_endpoint),
            ("userinfo_endpoint", &metadata.userinfo_endpoint),
            ("jwks_uri", &metadata.jwks_uri),
            ("pushed_authorization_request_endpoint", &metadata.pushed_authorization_request_endpoint),
            ("registration_endpoint", &metadata.registration_endpoint),
            ("end_session_endpoint", &metadata.end_session_endpoint),
        ];
        let endpoints = endpoints.into_iter().filter_map(|(name, url)| Some((name, url.as_deref()?)));
        let aliases = metadata.mtls_endpoint_aliases.iter().flatten();
        let aliases = aliases.map(|(name, url)| (name.as_str(), url.as_str()));
        endpoints.chain(aliases).try_for_each(|(name, url)| self.check(&format!("`{name}` of the metadata"), url))
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
            0 | 127 => Self::ThisMachine,
            _ if is_private => Self::ThisNetwork,
            _ => Self::Anywhere,
        }
    }

    fn of_ipv6(address: Ipv6Addr) -> Self {
        // An address of the older kind in one of these (RFC 4291 §2.5.5.2), as a gateway translates it (RFC 6052 §2.1).
        if let IpAddr::V4(mapped) = address.to_canonical() {
            return Self::of_ipv4(mapped);
        }
        if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = address.segments() {
            return Self::of_ipv4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
        }
        if address.is_loopback() || address.is_unspecified() {
            Self::ThisMachine
        } else if address.is_unique_local() || address.is_unicast_link_local() || address.is_multicast() {
            Self::ThisNetwork
        } else {
            Self::Anywhere
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reach(host: &str) -> Reach {
        Reach::of(&Url::parse(&format!("https://{host}/x")).unwrap())
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
        ] {
            assert_eq!(reach(host), Reach::ThisMachine, "{host}");
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
        ] {
            assert_eq!(reach(host), Reach::ThisNetwork, "{host}");
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
        ] {
            assert_eq!(reach(host), Reach::Anywhere, "{host}");
        }
    }

    #[test]
    fn nobody_names_an_address_that_is_further_inside() {
        let [machine, network, anywhere] = ["http://127.0.0.1/", "https://10.0.0.1/", "https://as.example/"];
        for (who, allowed) in [
            (Reach::ThisMachine, &[machine, network, anywhere][..]),
            (Reach::ThisNetwork, &[network, anywhere]),
            (Reach::Anywhere, &[anywhere]),
        ] {
            for target in [machine, network, anywhere] {
                let outcome = who.check("issuer", target);
                assert_eq!(outcome.is_ok(), allowed.contains(&target), "{who:?} {target}");
                assert!(outcome.err().is_none_or(|error| error.is_security()));
            }
        }
    }

    #[test]
    fn every_endpoint_of_the_metadata_is_looked_at() {
        let inside = "http://127.0.0.1:8080/shutdown";
        let names = [
            "authorization_endpoint",
            "token_endpoint",
            "device_authorization_endpoint",
            "backchannel_authentication_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "userinfo_endpoint",
            "jwks_uri",
            "pushed_authorization_request_endpoint",
            "registration_endpoint",
            "end_session_endpoint",
        ];
        let own = names.map(|name| json!({ "issuer": "https://as.example", name: inside }));
        let alias = json!({ "issuer": "https://as.example", "mtls_endpoint_aliases": { "token_endpoint": inside } });
        for document in own.into_iter().chain([alias]) {
            let metadata: ServerMetadata = serde_json::from_value(document.clone()).unwrap();
            let error = Reach::Anywhere.check_endpoints(&metadata).unwrap_err();
            assert!(error.is_security() && error.to_string().contains("§7.7"), "{document} {error}");
            Reach::ThisMachine.check_endpoints(&metadata).unwrap();
        }
    }
}
