use grantkit::prelude::*;

struct Tenant;

fn settings() -> ProviderSettings {
    ProviderSettings::new().with("tenant", Tenant)
}

fn main() {}
