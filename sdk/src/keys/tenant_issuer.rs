use crate::wire::TENANT;

/// Of which tenant a token is, at a server whose metadata are those of all its tenants (Microsoft's `common` and `organizations`): there
/// each key of the set may say of which issuer it is, or by the template that it is of all of them.
#[derive(Clone, Copy)]
pub(crate) struct TenantIssuer<'a> {
    /// The token's `iss`.
    pub(crate) issuer: &'a str,
    /// The tenant in it, which is the token's `tid`.
    pub(crate) tenant: &'a str,
}

impl TenantIssuer<'_> {
    /// Whether a key with this `issuer` may sign for it.
    pub(super) fn is_of(&self, key: &str) -> bool {
        key.replacen(TENANT, self.tenant, 1) == self.issuer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_for_its_issuer_and_one_of_the_template_for_each() {
        let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
        for (tenant, is_own) in
            [("9188040d-6c67-4c5b-b112-36a304b66dad", true), ("72f988bf-86f1-41af-91ab-2d7cd011db47", false)]
        {
            let issuer = &template.replace("{tenantid}", tenant);
            let token = TenantIssuer { issuer, tenant };
            assert!(token.is_of(template));
            assert_eq!(
                token.is_of("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"),
                is_own
            );
            for other in [
                "",
                "{tenantid}",
                "https://login.microsoftonline.us/{tenantid}/v2.0",
                "https://sts.windows.net/{tenantid}/",
            ] {
                assert!(!token.is_of(other), "{other}");
            }
        }
    }
}
