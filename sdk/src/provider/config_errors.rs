use std::fmt::Display;

use super::closest::closest;
use super::provider_settings::Origin;
use crate::error::Error;

/// The errors of a provider's settings, collected so that all of them are reported at once.
///
/// [`Provider::check`](super::Provider::check) adds what the list of keys does not tell. A key is written out with the
/// environment variable and the file that it is read from; a value is never shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigErrors {
    missing: Vec<Vec<String>>,
    empty: Vec<String>,
    unknown: Vec<(String, Option<String>)>,
    /// The provider's keys, in place of one that none of them resembles.
    known: Vec<&'static str>,
    sentences: Vec<Sentence>,
}

#[derive(Clone, Debug, PartialEq)]
struct Sentence {
    /// What it is about, if it is one key.
    key: Option<String>,
    text: String,
}

impl ConfigErrors {
    /// Adds a required key that is missing.
    pub fn missing(&mut self, key: &str) {
        self.missing_one_of(&[key]);
    }

    /// Adds a group of keys of which one is required, and none is given.
    pub fn missing_one_of(&mut self, keys: &[&str]) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        if !self.missing.contains(&keys) {
            self.missing.push(keys);
        }
    }

    /// Adds a key with an invalid value: `why` says why, and what to write instead, without a secret.
    pub fn wrong(&mut self, key: &str, why: impl Display) {
        self.sentences.push(Sentence { key: Some(key.to_owned()), text: why.to_string() });
    }

    /// Adds an error of several keys, as a sentence without a full stop.
    pub fn note(&mut self, sentence: impl Display) {
        self.sentences.push(Sentence { key: None, text: sentence.to_string() });
    }

    pub(super) fn empty(&mut self, key: &str) {
        self.empty.push(key.to_owned());
    }

    /// Adds a key that is none of those that are known.
    pub(super) fn unknown(&mut self, key: &str, known: impl Iterator<Item = &'static str> + Clone) {
        let meant = closest(key, known.clone());
        if meant.is_none() {
            self.known = known.collect();
        }
        self.unknown.push((key.to_owned(), meant.map(str::to_owned)));
    }

    /// Whether there are no errors.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.empty.is_empty() && self.unknown.is_empty() && self.sentences.is_empty()
    }

    /// Whether something is said of the key already.
    pub(super) fn is_about(&self, key: &str) -> bool {
        self.sentences.iter().any(|sentence| sentence.key.as_deref() == Some(key))
    }

    /// Whether it is one key, and others would do in its place.
    fn is_in_a_group(&self, keys: &[String]) -> bool {
        let [key] = keys else { return false };
        self.missing.iter().any(|group| group.len() > 1 && group.contains(key))
    }

    pub(super) fn into_error(self, provider: &str, origin: &Origin) -> Error {
        let list =
            |what: &str, items: Vec<String>| (!items.is_empty()).then(|| format!("{what}: {}", items.join(", ")));
        let one_of = |keys: &Vec<String>| keys.iter().map(|key| origin.label(key)).collect::<Vec<_>>().join(" or ");
        let misspelt = |(key, meant): &(String, Option<String>)| match meant {
            Some(meant) => format!("`{key}` (did you mean `{meant}`?)"),
            None => format!("`{key}`"),
        };
        let lists = [
            list("missing", self.missing.iter().filter(|keys| !self.is_in_a_group(keys)).map(one_of).collect()),
            list("empty", self.empty.iter().map(|key| origin.label(key)).collect()),
            list("unknown", self.unknown.iter().map(misspelt).collect()),
        ];
        let known = self.known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let known = (!known.is_empty()).then(|| format!("the keys of {provider:?} are {known}"));
        let sentences = self.sentences.into_iter().map(|sentence| match sentence.key {
            Some(key) => format!("{}: {}", origin.label(&key), sentence.text),
            None => sentence.text,
        });
        let all: Vec<_> = lists.into_iter().flatten().chain(known).chain(sentences).collect();
        let file = origin.file.as_ref().map(|file| format!(" in {file}")).unwrap_or_default();
        Error::configuration(format!("the configuration of provider {provider:?}{file} is wrong; {}", all.join("; ")))
    }
}
