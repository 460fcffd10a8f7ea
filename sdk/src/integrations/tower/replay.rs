use hyper::body::Body;

use super::BoxError;
use crate::error::Error;

/// Which bodies can be sent a second time, when the token was rejected (401): the policy of an
/// [`AuthorizationLayer`](super::AuthorizationLayer).
///
/// | policy | bodies that are sent again |
/// |---|---|
/// | [`ReplayEmpty`], the default | those that are empty, as of a `GET` |
/// | [`ReplayCloned`] | all, as their type is `Clone`: `Full<Bytes>`, `Empty<Bytes>`, `String` |
/// | [`ReplayRecorded`](crate::integrations::tonic::ReplayRecorded) of `tonic` | a gRPC call's, up to a size |
/// | [`ReplayNever`] | none |
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot say whether a body of the type `{B}` can be sent again",
    label = "no policy for such a body",
    note = "a body that is `Clone`: call `.replay(ReplayCloned)` on the layer; any other: `.replay(ReplayNever)`"
)]
pub trait Replay<B>: Clone + Send + Sync + 'static {
    /// What is kept of a body while it is sent.
    type Kept: Send + 'static;

    /// Takes a body before it is sent. `None` is kept of one that cannot be sent again.
    fn keep(&self, body: B) -> (B, Option<Self::Kept>);

    /// The body once more, if it can be.
    fn again(&self, kept: &Self::Kept) -> Option<B>;

    /// The service's error where there is no token: an [`Error`], or what the protocol has for it.
    fn error(&self, error: Error) -> BoxError {
        error.into()
    }
}

/// Sends empty bodies again, and no others: what every type of body allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReplayEmpty;

impl<B: Body + Default> Replay<B> for ReplayEmpty {
    type Kept = ();

    fn keep(&self, body: B) -> (B, Option<()>) {
        let kept = body.is_end_stream().then_some(());
        (body, kept)
    }

    fn again(&self, (): &()) -> Option<B> {
        Some(B::default())
    }
}

/// Sends a clone of the body again; it costs a clone of each request.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReplayCloned;

impl<B: Clone + Send + 'static> Replay<B> for ReplayCloned {
    type Kept = B;

    fn keep(&self, body: B) -> (B, Option<B>) {
        let kept = body.clone();
        (body, Some(kept))
    }

    fn again(&self, kept: &B) -> Option<B> {
        Some(kept.clone())
    }
}

/// Sends no request again. A token that was rejected is refreshed all the same, for the next one.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReplayNever;

impl<B> Replay<B> for ReplayNever {
    type Kept = ();

    fn keep(&self, body: B) -> (B, Option<()>) {
        (body, None)
    }

    fn again(&self, (): &()) -> Option<B> {
        None
    }
}
