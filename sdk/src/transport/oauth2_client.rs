use std::future::Future;
use std::pin::Pin;

use http::Method;
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};

use super::{Repeat, Transport};
use crate::error::Error;

/// Lets `oauth2` and `openidconnect` send what they build through the same limits.
impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        // Of another method it is not known what it spends.
        let repeat = if request.method() == Method::GET { Repeat::Idempotent } else { Repeat::Never };
        Box::pin(async move {
            let (parts, body) = self.send(request, repeat).await?.into_parts();
            Ok(HttpResponse::from_parts(parts, body.into_vec()))
        })
    }
}
