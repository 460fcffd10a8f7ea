use grantkit::prelude::*;

struct Tenant;

fn settings() -> Settings {
    Settings::new().with("tenant", Tenant)
}

fn main() {}
