use grantkit::provider::ProviderConfig;

#[derive(serde::Deserialize, ProviderConfig)]
#[serde(rename_all = "camelCase")]
struct AcmeConfig {
    #[serde(alias = "org")]
    tenant: String,
    #[serde(rename = "client-id")]
    client_id: String,
}

fn main() {}
