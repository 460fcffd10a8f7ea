use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    address: std::net::IpAddr,
}

fn main() {}
