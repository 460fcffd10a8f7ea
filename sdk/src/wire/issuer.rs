/// Where a template has the ID of a tenant, as Microsoft's metadata has it.
pub(crate) const TENANT: &str = "{tenantid}";
/// Tenant IDs are UUIDs.
const MAX_TENANT: usize = 64;

/// Whether an answer that names `given` is of the issuer `expected`: equal character by character (RFC 8414 §3.3, RFC 9207
/// §2.4), but for the tenant's ID where that is a template.
pub(crate) fn is_issuer(expected: &str, given: &str) -> bool {
    if expected.contains(TENANT) { tenant_of(expected, given).is_some() } else { expected == given }
}

/// Of which tenant the issuer `given` is, by this template of all of them.
pub(crate) fn tenant_of<'a>(template: &str, given: &'a str) -> Option<&'a str> {
    let (before, behind) = template.split_once(TENANT)?;
    given.strip_prefix(before)?.strip_suffix(behind).filter(|tenant| is_tenant(tenant))
}

/// A UUID, or a name of the same characters: nothing that leads to another path or host.
fn is_tenant(tenant: &str) -> bool {
    (1..=MAX_TENANT).contains(&tenant.len()) && tenant.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "https://login.microsoftonline.com/{tenantid}/v2.0";

    #[test]
    fn an_issuer_equals_itself_and_nothing_else() {
        assert!(is_issuer("https://as.example", "https://as.example"));
        for other in ["https://as.example/", "https://AS.example", "https://as.example/{tenantid}", ""] {
            assert!(!is_issuer("https://as.example", other), "{other}");
        }
    }

    #[test]
    fn a_template_takes_a_tenant_and_nothing_that_leads_elsewhere() {
        assert!(is_issuer(TEMPLATE, "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"));
        for other in ["", "{tenantid}", "a/b", "..", "a%2fb", "a?b", "a b", "a.b"] {
            assert!(!is_issuer(TEMPLATE, &TEMPLATE.replace(TENANT, other)), "{other}");
        }
        assert!(is_issuer(TEMPLATE, &TEMPLATE.replace(TENANT, &"a".repeat(MAX_TENANT))));
        assert!(!is_issuer(TEMPLATE, &TEMPLATE.replace(TENANT, &"a".repeat(MAX_TENANT + 1))));
        assert_eq!(tenant_of(TEMPLATE, "https://login.microsoftonline.com/acme/v2.0"), Some("acme"));
        assert_eq!(tenant_of("https://as.example", "https://as.example"), None, "no template");
        for other in ["https://evil.example/x/v2.0", "https://login.microsoftonline.com/x/v2.0/", "", "/v2.0"] {
            assert!(!is_issuer(TEMPLATE, other), "{other}");
        }
    }
}
