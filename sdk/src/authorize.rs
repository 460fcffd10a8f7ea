//! Logging a person in: the authorization request and its response.

mod callback;
mod code;
mod login;
#[cfg(feature = "loopback")]
mod loopback;
mod pending;
mod redirect_uri;

pub use code::AuthorizationCode;
pub use login::Login;
#[cfg(feature = "loopback")]
pub use loopback::LoopbackListener;
pub use pending::PendingLogin;
pub use redirect_uri::RedirectUri;

pub(crate) use code::Server;
pub(crate) use login::LoginRefresh;
