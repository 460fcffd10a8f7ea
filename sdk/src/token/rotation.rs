use std::time::Duration;

/// A server's refresh token rotation, if it is known (RFC 6749 §6, RFC 9700 §4.14).
///
/// It decides what is done after a lost answer, unless
/// [`RefreshPolicy::with_after_lost_response`](crate::credentials::RefreshPolicy::with_after_lost_response) is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefreshTokenRotation {
    /// It may be replaced, and the old one may be refused at once. After a lost answer it is sent once more.
    #[default]
    Unknown,
    /// It stays as it is: it may be sent as often as need be. A login whose refresh token the server has replaced all the same goes on
    /// as with [`Unknown`](Self::Unknown).
    Never,
    /// It is replaced, and the old one is taken for this long after its first use. After a lost answer it is sent again within
    /// that time.
    WithGrace(Duration),
}
