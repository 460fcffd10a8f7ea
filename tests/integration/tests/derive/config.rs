//! The key list of a provider's configuration.

use grantkit::provider::ConfigKind;
use grantkit::provider::ProviderConfig;

use crate::auth0::Auth0Config;

#[test]
fn keys_say_what_is_needed() {
    let keys: Vec<_> = Auth0Config::KEYS.iter().map(|key| (key.name, key.required, key.kind)).collect();
    assert_eq!(
        keys,
        [
            ("tenant", true, ConfigKind::Text),
            ("client_id", true, ConfigKind::Text),
            ("client_secret", true, ConfigKind::Secret),
            ("audience", false, ConfigKind::Text),
            ("scopes", false, ConfigKind::List),
            ("closed", false, ConfigKind::Flag),
        ]
    );
    assert_eq!(Auth0Config::KEYS[0].description, "The tenant: `acme` of `acme.auth0.com`.");
}
