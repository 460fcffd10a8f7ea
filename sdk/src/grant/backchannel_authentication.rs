//! Client-initiated backchannel authentication (OpenID Connect CIBA Core 1.0).

mod hint;
mod notification;
mod pending;
mod request;

pub use hint::BackchannelHint;
pub use notification::BackchannelNotification;
pub use pending::PendingBackchannelAuthentication;
pub use request::BackchannelAuthentication;
