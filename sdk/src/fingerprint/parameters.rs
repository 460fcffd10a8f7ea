use std::cmp::Ordering;

/// Names and values in the form that is hashed: sorted, each pair once, lengths in front. No two lists of parameters read the same, and
/// the order in which they were added does not matter.
#[derive(Clone, Default)]
pub(super) struct Parameters(Vec<u8>);

/// Enough for most lists: one allocation each.
const FIRST_ROOM: usize = 256;

impl Parameters {
    /// A pair that is there already is not added.
    pub(super) fn insert(&mut self, name: &str, value: &str) {
        let new = (name.as_bytes(), value.as_bytes());
        let mut at = 0;
        let mut rest = self.0.as_slice();
        while let Some((known, behind)) = pair(rest) {
            match known.cmp(&new) {
                Ordering::Less => at += rest.len() - behind.len(),
                Ordering::Equal => return,
                Ordering::Greater => break,
            }
            rest = behind;
        }
        let length = 2 * size_of::<u64>() + name.len() + value.len();
        if self.0.is_empty() {
            self.0.reserve(length.max(FIRST_ROOM));
        }
        for text in [new.0, new.1] {
            self.0.extend_from_slice(&(text.len() as u64).to_be_bytes());
            self.0.extend_from_slice(text);
        }
        // To its place: those that are greater move up.
        if let Some(behind) = self.0.get_mut(at..) {
            behind.rotate_right(length);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.as_bytes();
        std::iter::from_fn(move || {
            let ((name, _), behind) = pair(rest)?;
            rest = behind;
            str::from_utf8(name).ok()
        })
    }
}

type Pair<'a> = (&'a [u8], &'a [u8]);

/// The first pair, and what is behind it.
fn pair(bytes: &[u8]) -> Option<(Pair<'_>, &[u8])> {
    let (name, rest) = text(bytes)?;
    let (value, rest) = text(rest)?;
    Some(((name, value), rest))
}

fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_do_not_matter() {
        let of = |pairs: &[(&str, &str)]| {
            let mut parameters = Parameters::default();
            for (name, value) in pairs {
                parameters.insert(name, value);
            }
            parameters.0
        };
        let sorted = of(&[("a", ""), ("a", "1"), ("aa", "0"), ("b", "22")]);
        assert_eq!(of(&[("b", "22"), ("aa", "0"), ("a", "1"), ("a", ""), ("a", "1"), ("b", "22")]), sorted);
        assert_ne!(of(&[("a", "1"), ("aa", "0"), ("b", "22")]), sorted);
        // What stands in the name is not taken for what stands in the value.
        assert_ne!(of(&[("ab", "c")]), of(&[("a", "bc")]));
    }
}
