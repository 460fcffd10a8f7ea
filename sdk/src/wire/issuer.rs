/// Where a template has the ID of a tenant.
pub(crate) const TENANT: &str = "{tenantid}";

/// Whether an answer that names `given` is of the issuer `expected`: equal character by character (RFC 8414 §3.3, RFC 9207
/// §2.4), but for the tenant's ID where that is a template.
pub(crate) fn is_issuer(expected: &str, given: &str) -> bool {
    let Some((before, behind)) = expected.split_once(TENANT) else { return expected == given };
    let tenant = given.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
    tenant.is_some_and(is_tenant)
}

/// A UUID, or a name of the same characters: nothing that leads to another path or host.
fn is_tenant(tenant: &str) -> bool {
    !tenant.is_empty() && tenant.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
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
        for other in ["https://evil.example/x/v2.0", "https://login.microsoftonline.com/x/v2.0/", "", "/v2.0"] {
            assert!(!is_issuer(TEMPLATE, other), "{other}");
        }
    }
}
