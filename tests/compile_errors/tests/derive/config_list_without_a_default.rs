use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    scopes: Vec<String>,
}

fn main() {}
