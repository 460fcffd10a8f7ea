use grantkit::authorize::PendingLogin;

fn twice(pending: &PendingLogin) -> PendingLogin {
    pending.clone()
}

fn main() {}
