use crate::credentials::OAuthClient;
use crate::credentials::policy::RefreshPolicy;
use crate::time::Time;

/// Who wants a token from the server.
#[derive(Clone, Copy)]
pub(in crate::credentials) struct RefreshContext<'a> {
    pub(in crate::credentials) client: &'a dyn OAuthClient,
    pub(in crate::credentials) policy: &'a RefreshPolicy,
    pub(in crate::credentials) time: &'a Time,
}
