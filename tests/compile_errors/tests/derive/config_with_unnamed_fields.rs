use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig(String);

fn main() {}
