use grantkit::authorize::PendingLogin;
use grantkit::grant::Login;
use grantkit::prelude::*;

async fn finish(login: AuthorizationCode, pending: PendingLogin, callback: String) -> Result<Login> {
    login.finish(pending, callback)
}

fn main() {}
