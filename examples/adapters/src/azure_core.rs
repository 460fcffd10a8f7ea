//! The Azure SDK: its clients take a `TokenCredential`, and ask it for the scopes of their service.

use std::sync::Arc;

use azure_core::credentials::TokenCredential;
use grantkit::Credentials;
use grantkit::integrations::azure_core::AzureTokenCredential;

// yours
/// For `SecretClient::new(vault_url, credential, None)`, and every other client of the SDK.
pub fn credential(credentials: &Credentials) -> Arc<dyn TokenCredential> {
    AzureTokenCredential::new(credentials)
}
// up to here
