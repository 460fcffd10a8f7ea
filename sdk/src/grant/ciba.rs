//! Client-initiated backchannel authentication (OpenID Connect CIBA Core 1.0).

mod hint;
mod notification;
mod pending;
mod request;

pub use hint::CibaHint;
pub use notification::CibaNotification;
pub use pending::PendingCiba;
pub use request::Ciba;
