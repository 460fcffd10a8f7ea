use grantkit::prelude::*;
use grantkit_providers::services::Salesforce;

fn api(salesforce: &ProviderClient<Salesforce>, credentials: Credentials) {
    let _ = salesforce.api(credentials);
}

fn main() {}
