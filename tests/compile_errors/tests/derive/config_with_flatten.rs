use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize)]
struct Common {
    tenant: String,
}

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    #[serde(flatten)]
    common: Common,
}

fn main() {}
