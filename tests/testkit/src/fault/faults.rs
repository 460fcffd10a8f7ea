//! The faults that wait for their requests.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use super::Fault;
use crate::endpoint::{AUTH0_TOKEN, TOKEN};
use crate::sync::lock;

/// The faults of one server: a queue per path, each fault for a number of requests. Those of `/token` are those of `/oauth/token`
/// too, unless that has its own.
#[derive(Debug, Default)]
pub struct Faults {
    queues: Mutex<HashMap<String, VecDeque<Queued>>>,
}

impl Faults {
    /// Applies a fault to the next `requests` requests to this exact path, once the faults queued earlier are used up.
    pub fn next(&self, path: impl Into<String>, requests: usize, fault: Fault) {
        if requests > 0 {
            let queued = Queued { requests: Some(requests), fault };
            lock(&self.queues).entry(path.into()).or_default().push_back(queued);
        }
    }

    /// Applies a fault to every further request to this exact path, until [`clear`](Self::clear).
    pub fn always(&self, path: impl Into<String>, fault: Fault) {
        lock(&self.queues).entry(path.into()).or_default().push_back(Queued { requests: None, fault });
    }

    /// Tells how many requests to this path faults still wait for; those of [`always`](Self::always) are not counted.
    pub fn pending(&self, path: &str) -> usize {
        let queues = lock(&self.queues);
        queues.get(path).map_or(0, |queue| queue.iter().filter_map(|queued| queued.requests).sum())
    }

    /// Forgets all faults: the server works again.
    pub fn clear(&self) {
        lock(&self.queues).clear();
    }

    /// Takes the fault for a request that has arrived now.
    pub(crate) fn take(&self, path: &str) -> Option<Fault> {
        let mut queues = lock(&self.queues);
        let endpoint = if path == AUTH0_TOKEN && !queues.contains_key(path) { TOKEN } else { path };
        let queue = queues.get_mut(endpoint)?;
        let front = queue.front_mut()?;
        let fault = front.fault.clone();
        if let Some(requests) = &mut front.requests {
            *requests -= 1;
            if *requests == 0 {
                queue.pop_front();
            }
        }
        if queue.is_empty() {
            queues.remove(endpoint);
        }
        Some(fault)
    }
}

#[derive(Debug)]
struct Queued {
    /// `None`: without end.
    requests: Option<usize>,
    fault: Fault,
}
