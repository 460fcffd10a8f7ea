#![allow(clippy::unwrap_used, dead_code)]
#[path = "oidc_provider/ciba.rs"]
mod ciba;
#[path = "oidc_provider/device_authorization.rs"]
mod device_authorization;
#[path = "oidc_provider/jwt_bearer.rs"]
mod jwt_bearer;
#[path = "support/real_server/mod.rs"]
mod real_server;
#[path = "oidc_provider/resource_owner_password.rs"]
mod resource_owner_password;
#[path = "support/scripted.rs"]
mod scripted;
#[path = "oidc_provider/token_exchange.rs"]
mod token_exchange;
