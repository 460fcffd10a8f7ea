//! `object_store`: Google Cloud Storage and Azure Storage.

use std::sync::Arc;

use grantkit::Credentials;
use grantkit::integrations::object_store::{AzureTokens, GcpTokens};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;

// yours
/// A bucket at Google; `.build()?` makes the store.
pub fn at_google(credentials: &Credentials) -> GoogleCloudStorageBuilder {
    let tokens = Arc::new(GcpTokens::new(credentials));
    GoogleCloudStorageBuilder::new().with_bucket_name("invoices").with_credentials(tokens)
}

/// A container at Azure.
pub fn at_azure(credentials: &Credentials) -> MicrosoftAzureBuilder {
    let tokens = Arc::new(AzureTokens::new(credentials)); // of the scope https://storage.azure.com/.default
    MicrosoftAzureBuilder::new().with_account("billing").with_container_name("invoices").with_credentials(tokens)
}
// up to here
