use std::future::Future;

use url::Url;

use super::{DPOP, DpopKey};
use crate::error::Result;
use crate::token::AccessToken;
use crate::transport::{Answer, OutgoingRequest, Repeat, Transport, Tries};

/// A request that is made anew for each try.
pub(crate) trait RequestFactory: Send {
    /// Without a proof.
    fn request(&mut self) -> impl Future<Output = Result<OutgoingRequest<'_>>> + Send;
}

/// What a request proves, and how its answer asks for a nonce in the proof.
#[derive(Clone, Copy)]
pub(crate) struct ProofOfPossession<'a> {
    pub(crate) key: &'a DpopKey,
    pub(crate) url: &'a Url,
    /// The token that goes with the request.
    pub(crate) token: Option<&'a AccessToken>,
    pub(crate) asked_nonce: fn(&Answer) -> Option<&str>,
}

/// Sends a request, with a new proof each time where it needs one.
///
/// A server that asks for a nonce in the proof has looked at nothing else: the request is sent once more for that, whatever it
/// spends (RFC 9449 §8, §9). No other request gets the nonce before it was accepted, since some servers accept each once. All other
/// repetitions are those of `repeat`.
pub(crate) async fn send_with_dpop(
    transport: &Transport,
    repeat: Repeat,
    proof: Option<ProofOfPossession<'_>>,
    factory: &mut impl RequestFactory,
) -> Result<Answer> {
    let mut tries = Tries::new(repeat);
    let ath = proof.and_then(|proof| proof.token).map(AccessToken::ath);
    let (mut nonce_was_asked, mut nonce) = (false, None);
    loop {
        let mut request = factory.request().await?;
        let own: Option<String> = nonce.take();
        if let Some(ProofOfPossession { key, url, .. }) = proof {
            let proof = key.prove(request.method(), url, ath.as_deref(), own.as_deref()).await?;
            request.headers_mut().insert(DPOP, proof);
        }
        let outcome = transport.send_once(request, &tries, tries.made() + u32::from(nonce_was_asked)).await;
        if let Some(ProofOfPossession { key, url, asked_nonce, .. }) = proof {
            let asked = outcome.as_ref().ok().and_then(asked_nonce);
            nonce = asked.filter(|_| !nonce_was_asked).map(str::to_owned);
            if nonce.is_some() {
                nonce_was_asked = true;
                continue;
            }
            key.keep_after(url, outcome.as_ref().ok().map(Answer::headers), own.as_deref());
        }
        if !tries.again(&outcome).await {
            return outcome;
        }
    }
}
