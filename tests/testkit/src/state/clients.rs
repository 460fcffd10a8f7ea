//! The clients that are registered, by the test or by themselves.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::Registration;
use crate::sync::lock;

#[derive(Debug, Default)]
pub(crate) struct Clients(Mutex<HashMap<String, Arc<Registration>>>);

impl Clients {
    pub(crate) fn new(clients: HashMap<String, Registration>) -> Self {
        Self(Mutex::new(clients.into_iter().map(|(id, client)| (id, Arc::new(client))).collect()))
    }

    pub(crate) fn get(&self, id: &str) -> Option<Arc<Registration>> {
        lock(&self.0).get(id).cloned()
    }

    pub(crate) fn add(&self, client: Registration) {
        lock(&self.0).insert(client.id.clone(), Arc::new(client));
    }

    pub(crate) fn remove(&self, id: &str) {
        lock(&self.0).remove(id);
    }
}
