use openidconnect::IssuerUrl;

use crate::error::{Error, Result};
use crate::keys::TenantIssuer;
use crate::lenient::JsonObject;
use crate::wire::{TENANT, tenant_of};

/// The issuer that a token has to be of, or the template of the issuers of all tenants of a server.
///
/// Of a template `https://login.microsoftonline.com/{tenantid}/v2.0` a token is whose `iss` is that with the token's own `tid` in
/// it: so does the server say which tenant the person is of, and a token of one is never taken for one of another.
#[derive(Clone, Debug)]
pub(super) struct ExpectedIssuer {
    issuer: String,
    is_template: bool,
}

impl ExpectedIssuer {
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): the issuer is no URL.
    pub(super) fn new(issuer: &str) -> Result<Self> {
        IssuerUrl::new(issuer.to_owned())
            .map_err(|error| Error::configuration(format!("the issuer {issuer:?} is not a valid URL: {error}")))?;
        Ok(Self { issuer: issuer.to_owned(), is_template: issuer.contains(TENANT) })
    }

    /// One whose tokens have a name that need be no URL.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): it is empty.
    pub(super) fn named(issuer: &str) -> Result<Self> {
        if issuer.trim().is_empty() {
            return Err(Error::configuration("the issuer is empty"));
        }
        Ok(Self { issuer: issuer.to_owned(), is_template: false })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.issuer
    }

    /// Whether the claims are of this issuer, character by character.
    pub(super) fn is_of(&self, claims: &JsonObject) -> bool {
        let Some(given) = claims.text("iss") else { return false };
        if !self.is_template {
            return given == self.as_str();
        }
        self.tenant_of(claims).is_some()
    }

    /// Of which tenant the claims are, where this is the template of all of them.
    pub(super) fn tenant_of<'a>(&self, claims: &'a JsonObject) -> Option<TenantIssuer<'a>> {
        let (issuer, tenant) = (claims.text("iss")?, claims.text("tid")?);
        (self.is_template && tenant_of(&self.issuer, issuer) == Some(tenant)).then_some(TenantIssuer { issuer, tenant })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn is_of(issuer: &str, claims: &Value) -> bool {
        ExpectedIssuer::new(issuer).unwrap().is_of(&claims.as_object().unwrap().clone().into())
    }

    #[test]
    fn a_template_is_of_the_tenant_that_the_token_names_and_of_no_other() {
        let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
        let of = |iss: &str, tid: Value| is_of(template, &json!({ "iss": iss, "tid": tid }));
        let own = "https://login.microsoftonline.com/72f988bf-86f1/v2.0";
        assert!(of(own, json!("72f988bf-86f1")));
        for (iss, tid) in [
            (own, json!("another")),
            (own, json!("72F988BF-86F1")),
            (own, Value::Null),
            (template, json!("{tenantid}")),
            ("https://login.microsoftonline.com//v2.0", json!("")),
            ("https://login.microsoftonline.com/a/b/v2.0", json!("a/b")),
            ("https://login.microsoftonline.com/a?/v2.0", json!("a?")),
            ("https://evil.example/72f988bf-86f1/v2.0", json!("72f988bf-86f1")),
            ("https://login.microsoftonline.com/72f988bf-86f1/v1.0", json!("72f988bf-86f1")),
        ] {
            assert!(!of(iss, tid.clone()), "{iss} {tid}");
        }
        assert!(!is_of(own, &json!({ "iss": "https://login.microsoftonline.com/other/v2.0", "tid": "other" })));
    }
}
