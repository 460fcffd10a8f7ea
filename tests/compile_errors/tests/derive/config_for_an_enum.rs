use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
enum AcmeConfig {
    Live,
}

fn main() {}
