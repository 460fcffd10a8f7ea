use http::{HeaderMap, Method};
use reqwest::{Body, Request};
use url::Url;

use super::ApiResponse;

/// A request as it was before it was authorised, for another try.
pub(super) enum Replay {
    /// One without a body: method and URL stand in the answer.
    Headers(HeaderMap),
    Whole(Request),
    /// The body was a stream, and is gone.
    Impossible,
}

impl Replay {
    /// `follows_redirects` says that the answer may be of another URL than was requested.
    pub(super) fn of(request: &Request, follows_redirects: bool) -> Self {
        if request.body().is_none() && !follows_redirects {
            // Most often there is none yet, and copying none costs nothing.
            return Self::Headers(request.headers().clone());
        }
        request.try_clone().map_or(Self::Impossible, Self::Whole)
    }

    /// The request once more, after this answer to it.
    pub(super) fn request(&self, answer: &ApiResponse) -> Option<Request> {
        match self {
            Self::Headers(headers) => {
                let mut request = Request::new(answer.method().clone(), answer.url().clone());
                *request.headers_mut() = headers.clone();
                Some(request)
            }
            Self::Whole(request) => request.try_clone(),
            Self::Impossible => None,
        }
    }

    /// What it asks for, and where.
    pub(super) fn target(&self, answer: &ApiResponse) -> (Method, Url) {
        match self {
            Self::Whole(request) => (request.method().clone(), request.url().clone()),
            Self::Headers(_) | Self::Impossible => (answer.method().clone(), answer.url().clone()),
        }
    }

    pub(super) fn into_body(self) -> Option<Body> {
        match self {
            Self::Whole(mut request) => request.body_mut().take(),
            Self::Headers(_) | Self::Impossible => None,
        }
    }
}
