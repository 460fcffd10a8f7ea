//! Finds secrets in text, in whatever encoding they are quoted: what is compared is the text as it reads after decoding.

mod encoded;
mod unescaped;

use std::ops::Range;

use zeroize::Zeroizing;

use unescaped::{Escapes, Unescaped};

/// How many encodings stand within each other, as a form within JSON within a page.
const MAX_LAYERS: usize = 3;
/// The start of a secret at the very end of a text that was cut off; shorter ones are in every other word.
const MIN_REMAINS: usize = 4;
/// A shorter secret within base64 or hex is found in every other text.
const MIN_PACKED: usize = 4;

/// What must not be quoted. Made once for all texts of an answer, and never copied: the body of a request may be a MiB of them.
pub(crate) struct Secrets(Vec<Zeroizing<Vec<u8>>>);

impl Secrets {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        #[cfg(test)]
        made::add();
        let secrets = secrets.into_iter().filter(|secret| !secret.is_empty());
        Self(secrets.map(|secret| Zeroizing::new(secret.bytes().map(folded).collect())).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn longest(&self) -> usize {
        self.0.iter().map(|secret| secret.len()).max().unwrap_or(0)
    }

    /// Where in the text they are, in order and apart from each other.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.find_read(&Unescaped::as_it_is(text.as_bytes()), MAX_LAYERS, 0, &mut found);
        found.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in found {
            match merged.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }

    /// Those that are not shorter than this.
    fn of_length(&self, shortest: usize) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.as_slice()).filter(move |secret| secret.len() >= shortest)
    }

    /// In one reading of the text: as such, and in what it is after taking off one more layer of any kind.
    fn find_read(&self, reading: &Unescaped, layers: usize, shortest: usize, found: &mut Vec<Range<usize>>) {
        let bytes = reading.bytes();
        let compared = Zeroizing::new(bytes.iter().copied().map(folded).collect::<Vec<_>>());
        for secret in self.of_length(shortest) {
            let Some(last) = compared.len().checked_sub(secret.len()) else { continue };
            let mut at = 0;
            while at <= last {
                if compared.get(at..).is_some_and(|rest| rest.starts_with(secret)) {
                    found.push(reading.source(at..at + secret.len()));
                    at += secret.len();
                } else {
                    at += 1;
                }
            }
        }
        found.extend(self.cut_off(&compared).map(|start| reading.source(start..bytes.len())));
        let Some(layers) = layers.checked_sub(1) else { return };
        // One kind after another: a secret may hold what looks like an escape of another kind.
        for escapes in Escapes::ALL {
            if let Some(further) = reading.unescaped(escapes) {
                self.find_read(&further, layers, shortest, found);
            }
        }
        for (run, contents) in encoded::runs(bytes) {
            if contents.iter().any(|content| self.are_in(content, layers, shortest)) {
                found.push(reading.source(run));
            }
        }
    }

    /// Whether something that was unpacked is one, or holds one.
    fn are_in(&self, content: &[u8], layers: usize, shortest: usize) -> bool {
        let is_content = |secret: &[u8]| {
            secret.len() == content.len() && secret.iter().zip(content).all(|(one, other)| *one == folded(*other))
        };
        let mut found = Vec::new();
        if self.longest() >= MIN_PACKED {
            let shortest = shortest.max(MIN_PACKED);
            self.find_read(&Unescaped::as_it_is(content), layers, shortest, &mut found);
        }
        !found.is_empty() || self.of_length(shortest).any(is_content)
    }

    /// Where the start of a secret begins that the end of the text cuts off.
    fn cut_off(&self, compared: &[u8]) -> Option<usize> {
        let longest = self.longest().min(compared.len());
        (MIN_REMAINS..=longest).rev().map(|length| compared.len() - length).find(|start| {
            let end = compared.get(*start..).unwrap_or_default();
            self.0.iter().any(|secret| secret.starts_with(end))
        })
    }
}

/// A byte as it is compared: without regard to case, and a plus sign is a space, as forms have it.
fn folded(byte: u8) -> u8 {
    if byte == b'+' { b' ' } else { byte.to_ascii_lowercase() }
}

/// How often secrets were made ready on this thread.
#[cfg(test)]
pub(crate) mod made {
    use std::cell::Cell;

    thread_local!(static TIMES: Cell<usize> = const { Cell::new(0) });

    pub(super) fn add() {
        TIMES.set(TIMES.get() + 1);
    }

    pub(crate) fn times() -> usize {
        TIMES.get()
    }
}
