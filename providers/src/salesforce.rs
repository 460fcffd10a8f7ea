//! The audience of assertions about a user ("OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration").

const LOGIN: &str = "https://login.salesforce.com";
const TEST: &str = "https://test.salesforce.com";

/// The audience of an assertion for the server with this issuer: of a My Domain the login host of its kind, and else the issuer itself, as of
/// a site.
pub(crate) fn audience(issuer: &str) -> String {
    let Some(domain) = issuer.strip_suffix(".my.salesforce.com") else { return issuer.to_owned() };
    let is_test = [".sandbox", ".scratch"].iter().any(|kind| domain.ends_with(kind)) || domain.contains("--");
    (if is_test { TEST } else { LOGIN }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_my_domain_is_of_the_login_host_of_its_kind() {
        for (host, expected) in [
            ("login.salesforce.com", LOGIN),
            ("test.salesforce.com", TEST),
            ("acme.my.salesforce.com", LOGIN),
            ("acme--dev.sandbox.my.salesforce.com", TEST),
            ("acme--dev.my.salesforce.com", TEST),
            ("acme-1a2b.scratch.my.salesforce.com", TEST),
            ("acme.my.site.com/customers", "https://acme.my.site.com/customers"),
        ] {
            assert_eq!(audience(&format!("https://{host}")), expected);
        }
    }
}
