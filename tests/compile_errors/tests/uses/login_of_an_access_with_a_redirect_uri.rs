use grantkit::prelude::*;
use grantkit::resource_access::ResourceAccess;

fn login(access: &ResourceAccess) -> Result<AuthorizationCode> {
    access.login("http://127.0.0.1:4180/callback")
}

fn main() {}
