//! Who a client of the catalogue is: the same settings are the same client, and a secret is never given for nothing.

use grantkit::credentials::CacheKey;
use grantkit::prelude::*;
use grantkit_providers::catalogue::AuthMethod;

use crate::connect::{data, settings};

/// Also where a key is made for want of one.
#[test]
fn the_same_settings_are_the_same_client() {
    let mut logins = 0;
    for entry in data() {
        let name = entry.name();
        let connect = || ProviderClient::connect(name, settings(entry)).unwrap();
        let (one, other) = (connect(), connect());
        assert_eq!(CacheKey::from_client(&one), CacheKey::from_client(&other), "{name}");
        let stored = |client: &ProviderClient| client.stored_login("alice").map(grantkit::grant::StoredLogin::named);
        let (Ok(one), Ok(other)) = (stored(&one), stored(&other)) else { continue };
        assert_eq!(CacheKey::from_client(&one), CacheKey::from_client(&other), "{name}");
        assert_eq!(one.refresh_key(), other.refresh_key(), "{name}");
        logins += 1;
    }
    assert!(logins > 140, "{logins}");
}

/// What does not prove who the client is is not sent, and tells no tokens apart.
#[test]
fn a_client_without_authentication_has_no_secret() {
    let mut refused = 0;
    for entry in data().filter(|entry| entry.auth_methods().contains(&AuthMethod::None)) {
        let name = entry.name();
        let settings = settings(entry);
        if !settings.contains("client_secret") {
            continue;
        }
        let given = settings.with("token_endpoint_auth_method", "none");
        let error = ProviderClient::connect(name, given).unwrap_err();
        assert!(error.is_configuration(), "{name}: {error}");
        let said = "`token_endpoint_auth_method`: it is \"none\", and `client_secret` is given";
        assert!(error.to_string().contains(said), "{name}: {error}");
        refused += 1;
    }
    assert!(refused > 20, "{refused}");
}
