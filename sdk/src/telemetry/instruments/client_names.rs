use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use metrics::SharedString;

/// The clients' names that are labels: the first ones. A program that names its clients after its users would else make a
/// time series for each of them.
#[derive(Default)]
pub(super) struct ClientNames(RwLock<HashSet<Arc<str>>>);

/// More than programs have that name their clients themselves, and what a metrics server takes without effort.
const MAX_NAMES: usize = 100;
/// OpenTelemetry's word for a value that is not told apart.
const OTHER: &str = "_OTHER";

impl ClientNames {
    pub(super) fn shown(&self, client: &str) -> SharedString {
        let full = {
            let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(name) = names.get(client) {
                return Arc::clone(name).into();
            }
            names.len() >= MAX_NAMES
        };
        if full { SharedString::const_str(OTHER) } else { self.add(client) }
    }

    fn add(&self, client: &str) -> SharedString {
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Others may have filled it in the meantime.
        if names.len() >= MAX_NAMES {
            return SharedString::const_str(OTHER);
        }
        let name: Arc<str> = client.into();
        names.insert(Arc::clone(&name));
        name.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_names_make_a_hundred_labels_and_one() {
        let names = ClientNames::default();
        let shown: HashSet<String> =
            (0..1_000_000).map(|user| names.shown(&format!("user-{user}")).to_string()).collect();
        assert_eq!(shown.len(), MAX_NAMES + 1);
        assert!(shown.contains("user-99") && shown.contains(OTHER) && !shown.contains("user-100"));
        assert_eq!(&*names.shown("user-7"), "user-7", "those that are in stay in");
    }
}
