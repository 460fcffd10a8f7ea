//! Which requests go through no proxy, whatever proxies are configured.

use url::{Host, Url};

use super::is_loopback;

/// The metadata servers of clouds that have a name: they are the machine's own host, which gives it its keys.
const METADATA_SERVER_NAMES: [&str; 2] = ["metadata.google.internal", "metadata.goog"];

/// The first 32 bits of those of their addresses that are none of the link: `fd00:ec2::254` of AWS, and `fd20:ce::254` of Google.
const METADATA_SERVER_NETWORKS: [[u16; 2]; 2] = [[0xfd00, 0x0ec2], [0xfd20, 0x00ce]];

/// Whether what is sent there is not encrypted, and leads no further than to this machine and its own host: a proxy would read it, and reach a
/// host of its own.
pub(crate) fn bypasses_proxies(url: &Url) -> bool {
    url.scheme() == "http" && (is_loopback(url) || is_of_the_link(url) || is_metadata_server(url))
}

/// Whether the URL leads no further than the link (RFC 3927, RFC 4291 §2.5.6), where clouds have their metadata servers as a rule.
fn is_of_the_link(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_link_local(),
        Some(Host::Ipv6(address)) => {
            address.is_unicast_link_local() || address.to_ipv4_mapped().is_some_and(|address| address.is_link_local())
        }
        Some(Host::Domain(_)) | None => false,
    }
}

/// Whether the URL leads to a metadata server that has another address.
fn is_metadata_server(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv6(address)) => {
            let [first, second, ..] = address.segments();
            METADATA_SERVER_NETWORKS.contains(&[first, second])
        }
        Some(Host::Domain(name)) => METADATA_SERVER_NAMES.contains(&name.strip_suffix('.').unwrap_or(name)),
        Some(Host::Ipv4(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_of_this_machine_and_of_its_host_goes_through_no_proxy() {
        for local in [
            "http://127.0.0.1/",
            "http://[::1]:8080/",
            "http://localhost/",
            "http://169.254.169.254/latest/meta-data",
            "http://169.254.170.2/v2/credentials",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
            "http://[fd20:ce::254]/",
            "http://[::ffff:169.254.169.254]/",
            "http://metadata.google.internal/",
            "http://METADATA.google.internal./",
        ] {
            assert!(bypasses_proxies(&Url::parse(local).unwrap()), "{local}");
        }
        for other in [
            "https://169.254.169.254/",
            "https://metadata.google.internal/",
            "http://10.0.0.1/",
            "http://[fd00::1]/",
            "http://as.example/",
            "http://metadata.google.internal.example/",
        ] {
            assert!(!bypasses_proxies(&Url::parse(other).unwrap()), "{other}");
        }
    }
}
