use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use grantkit::prelude::*;
use grantkit::transport::{Responder, Transport};
use http::{Request, Response};
use tokio::time::Instant;

use super::{Answer, Asked, Script};

/// The same without a socket, for paused time: that goes on by itself where nothing is under way, and only there. So it is known to the
/// millisecond when each request came, however slow the machine is.
pub struct InProgram(Mutex<(Script, Vec<Instant>)>);

impl InProgram {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        let script = Script { asked: Vec::new(), answers: answers.into_iter().collect() };
        Arc::new(Self(Mutex::new((script, Vec::new()))))
    }

    /// What leads requests here, whatever their address.
    pub fn transport(self: &Arc<Self>) -> Transport {
        Transport::builder().responder(Arc::clone(self)).build().unwrap()
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.0.lock().unwrap().0.asked.clone()
    }

    /// Puts further answers in place of those that are left.
    pub fn now_answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.0.lock().unwrap().0.answers = answers.into_iter().collect();
    }

    /// The seconds from each request to the next one. Tokio's timers are due in the millisecond after.
    pub fn pauses(&self) -> Vec<u64> {
        let times = self.0.lock().unwrap().1.clone();
        let pauses = times.windows(2).map(|pair| {
            let pause = pair[1] - pair[0];
            assert!(pause.subsec_nanos() < Duration::from_millis(5).subsec_nanos(), "{pause:?}");
            pause.as_secs()
        });
        pauses.collect()
    }
}

#[async_trait]
impl Responder for InProgram {
    async fn respond(&self, request: Request<Bytes>) -> Response<Vec<u8>> {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let asked = Asked {
            method: request.method().to_string(),
            path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
            headers: headers.collect(),
            body: request.body().to_vec(),
        };
        let mut script = self.0.lock().unwrap();
        script.1.push(Instant::now());
        script.0.answer(asked).into()
    }
}
