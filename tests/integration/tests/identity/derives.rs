//! Both shapes of the derive: one field or setting changed, another token.

use grantkit::credentials::CacheKey;
use grantkit::prelude::*;
use grantkit_providers::OAuth2;

use crate::seen::Seen;

#[derive(OAuthClient)]
#[oauth(provider = OAuth2, name = "by-type", scopes("read"))]
struct ByType {
    token_endpoint: String,
    client_id: String,
    client_secret: SecretString,
    audience: Option<String>,
}

#[derive(OAuthClient)]
#[oauth(provider = OAuth2, name = "by-type", scopes("write"))]
struct ByTypeWriting {
    token_endpoint: String,
    client_id: String,
    client_secret: SecretString,
    audience: Option<String>,
}

#[derive(OAuthClient)]
#[oauth(provider = "oauth2", name = "by-name", scopes("read"))]
struct ByName {
    client: ProviderClient,
}

const INPUTS: [[&str; 4]; 5] = [
    ["https://as.example/token", "billing", "s3cret", "api"],
    ["https://other.example/token", "billing", "s3cret", "api"],
    ["https://as.example/token", "other", "s3cret", "api"],
    ["https://as.example/token", "billing", "other", "api"],
    ["https://as.example/token", "billing", "s3cret", "other"],
];

/// Each shape with each input changed.
pub(crate) fn add_all(seen: &mut Seen) {
    for [token_endpoint, client_id, client_secret, audience] in INPUTS {
        let by_type = || ByType {
            token_endpoint: token_endpoint.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            audience: Some(audience.into()),
        };
        assert_eq!(CacheKey::from_client(&by_type()), CacheKey::from_client(&by_type()));
        let what = format!("{token_endpoint} {client_id} {client_secret} {audience}");
        seen.add(&format!("by type {what}"), &by_type());
        let writing = ByTypeWriting {
            token_endpoint: token_endpoint.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            audience: Some(audience.into()),
        };
        seen.add(&format!("by type with another scope {what}"), &writing);
        let by_name = || {
            let settings = ProviderSettings::new()
                .with("token_endpoint", token_endpoint)
                .with("client_id", client_id)
                .with("client_secret", client_secret)
                .with("audience", audience);
            ByName::from_settings(settings).unwrap()
        };
        assert_eq!(CacheKey::from_client(&by_name()), CacheKey::from_client(&by_name()));
        seen.add(&format!("by name {what}"), &by_name());
    }
}
