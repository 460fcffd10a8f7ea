use std::collections::BTreeMap;

use crate::fingerprint::{Fingerprint, FingerprintBuilder};

/// Each setting of a transport by its name: what tells it from others.
#[derive(Default)]
pub(super) struct Settings(BTreeMap<&'static str, Setting>);

enum Setting {
    /// How long one waits changes nothing about the token, and one that another process has got is as good: it tells
    /// transports apart in this process only.
    Value(String),
    /// Another process with the same proves the same.
    Proof(Fingerprint),
    /// What it does is not known. A token may have been got with it, by a certificate or a header: no other process has the same.
    Unknown(String),
}

impl Settings {
    pub(super) fn value(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.insert(name, Setting::Value(value.into()));
    }

    /// What it does is what this fingerprint tells, after those that did something before.
    pub(super) fn identified(&mut self, name: &'static str, identity: Fingerprint) {
        let identity = match self.0.get(name) {
            Some(Setting::Proof(before)) => {
                Fingerprint::builder().part("before", *before).part("then", identity).build()
            }
            _ => identity,
        };
        self.0.insert(name, Setting::Proof(identity));
    }

    pub(super) fn proof(&mut self, name: &'static str, proof: &[u8]) {
        let proof = Fingerprint::builder().secret_bytes("proof", proof).build();
        self.0.insert(name, Setting::Proof(proof));
    }

    /// Its effect is unknown: the transport is like no other.
    pub(super) fn unknown(&mut self, name: &'static str) {
        self.0.insert(name, Setting::Unknown(Fingerprint::unique().to_string()));
    }

    pub(super) fn identity(&self) -> Fingerprint {
        let add = |builder: FingerprintBuilder, (name, setting): (&&'static str, &Setting)| match setting {
            Setting::Value(value) => builder.local(*name, value),
            Setting::Proof(proof) => builder.part(*name, *proof),
            Setting::Unknown(value) => builder.local(*name, value).of_this_machine(),
        };
        self.0.iter().fold(Fingerprint::builder().local("transport", "built"), add).build()
    }
}
