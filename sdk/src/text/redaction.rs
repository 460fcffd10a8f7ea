//! Finds secrets in text, in whatever encoding they are quoted: what is compared is the text as it reads after decoding.

mod encoded;
mod patterns;
#[cfg(test)]
mod tests;
mod unescaped;

use std::cell::Cell;
use std::ops::Range;

use zeroize::Zeroizing;

use patterns::{Match, Patterns};
use unescaped::{Escapes, Unescaped};

/// How many encodings stand within each other, as a form within JSON within a page.
const MAX_LAYERS: usize = 3;
/// The start of a secret at the very end of a text that was cut off; shorter ones are in every other word.
const MIN_REMAINS: usize = 4;
/// A shorter secret within base64 or hex is found in every other text.
const MIN_PACKED: usize = 4;

/// Steps of one answer's search: bytes of a reading, and comparisons. An error answer of the usual size takes a tenth of it; some
/// milliseconds, whatever a server encodes within each other.
const BUDGET: usize = 1 << 20;

/// What must not be quoted. Made once for all texts of an answer, and never copied: the body of a request may be a MiB of them.
pub(crate) struct Secrets {
    patterns: Patterns,
    /// Steps that are left for the answer.
    left: Cell<usize>,
}

impl Secrets {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        #[cfg(test)]
        made::add();
        let secrets = secrets.into_iter().filter(|secret| !secret.is_empty());
        let patterns = Patterns::new(secrets.map(|secret| Zeroizing::new(secret.bytes().map(folded).collect())));
        Self { patterns, left: Cell::new(BUDGET) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    pub(super) fn longest(&self) -> usize {
        self.patterns.longest()
    }

    /// Where in the text they are, in order and apart from each other; `None` where to find out takes more than is left for the answer:
    /// nothing of the text may be quoted then.
    pub(super) fn find(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let mut found = Vec::new();
        self.find_read(&Unescaped::as_it_is(text.as_bytes()), MAX_LAYERS, 0, &mut found)?;
        found.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in found {
            match merged.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        Some(merged)
    }

    /// In one reading of the text: as such, and in what it is after taking off one more layer of any kind.
    fn find_read(
        &self,
        reading: &Unescaped,
        layers: usize,
        shortest: usize,
        found: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let bytes = reading.bytes();
        self.spend(bytes.len())?;
        let compared = Zeroizing::new(bytes.iter().copied().map(folded).collect::<Vec<_>>());
        // The start of a secret that the end of the text cuts off.
        let mut cut_off = None;
        for at in 0..compared.len() {
            let rest = compared.get(at..).unwrap_or_default();
            if !self.patterns.may_begin(rest) {
                continue;
            }
            let Match { longest, is_cut_off, steps } = self.patterns.at(rest, shortest);
            self.spend(steps)?;
            found.extend(longest.map(|length| reading.source(at..at + length)));
            if is_cut_off && rest.len() >= MIN_REMAINS {
                cut_off.get_or_insert(at);
            }
        }
        found.extend(cut_off.map(|start| reading.source(start..bytes.len())));
        let Some(layers) = layers.checked_sub(1) else { return Some(()) };
        // One kind after another: a secret may hold what looks like an escape of another kind.
        for escapes in Escapes::ALL {
            if let Some(further) = reading.unescaped(escapes) {
                self.find_read(&further, layers, shortest, found)?;
            }
        }
        for (run, contents) in encoded::runs(bytes) {
            for content in contents {
                if self.are_in(&content, layers, shortest)? {
                    found.push(reading.source(run));
                    break;
                }
            }
        }
        Some(())
    }

    /// Whether something that was unpacked is one, or holds one.
    fn are_in(&self, content: &[u8], layers: usize, shortest: usize) -> Option<bool> {
        if content.len() < MIN_PACKED {
            let content = Zeroizing::new(content.iter().copied().map(folded).collect::<Vec<_>>());
            let Match { longest, steps, .. } = self.patterns.at(&content, shortest);
            self.spend(steps)?;
            return Some(longest == Some(content.len()));
        }
        let mut found = Vec::new();
        if self.longest() >= MIN_PACKED {
            let shortest = shortest.max(MIN_PACKED);
            self.find_read(&Unescaped::as_it_is(content), layers, shortest, &mut found)?;
        }
        Some(!found.is_empty())
    }

    /// Once there is too little left, nothing of the answer is looked at any more.
    fn spend(&self, steps: usize) -> Option<()> {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or(0));
        left.map(drop)
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
