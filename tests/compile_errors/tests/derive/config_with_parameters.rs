use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig<T> {
    tenant: T,
}

fn main() {}
