use grantkit::provider::declare_capabilities;

struct Acme;

declare_capabilities!(Acme: Logins, Identity);

fn main() {}
