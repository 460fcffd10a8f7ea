use grantkit::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig(String);

fn main() {}
