use crate::provider::ConfigKey;

/// Longer names are not compared.
const LONGEST: usize = 64;

/// The key that a typing mistake was probably meant to be: the rule of the registry's look-up, in a constant.
pub(super) const fn closest(word: &str, keys: &'static [ConfigKey]) -> Option<&'static str> {
    let mut best: Option<(usize, &'static str)> = None;
    let mut at = 0;
    while at < keys.len() {
        let name = keys[at].name;
        let distance = distance(word.as_bytes(), name.as_bytes());
        let is_better = match best {
            Some((least, _)) => distance < least,
            None => true,
        };
        if is_better && distance <= name.len().div_ceil(3) {
            best = Some((distance, name));
        }
        at += 1;
    }
    match best {
        Some((_, name)) => Some(name),
        None => None,
    }
}

/// Insertions, deletions, replacements and swaps of neighbours between the two (optimal string alignment).
pub(super) const fn distance(one: &[u8], other: &[u8]) -> usize {
    if one.len() > LONGEST || other.len() > LONGEST {
        return usize::MAX;
    }
    let mut before = [0; LONGEST + 1];
    let mut previous = [0; LONGEST + 1];
    let mut column = 0;
    while column <= other.len() {
        previous[column] = column;
        column += 1;
    }
    let mut row = 1;
    while row <= one.len() {
        let mut current = [0; LONGEST + 1];
        current[0] = row;
        let mut column = 1;
        while column <= other.len() {
            let differs = (one[row - 1] != other[column - 1]) as usize;
            let mut best = least(previous[column] + 1, current[column - 1] + 1);
            best = least(best, previous[column - 1] + differs);
            if row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1] {
                best = least(best, before[column - 2] + 1);
            }
            current[column] = best;
            column += 1;
        }
        before = previous;
        previous = current;
        row += 1;
    }
    previous[other.len()]
}

const fn least(one: usize, other: usize) -> usize {
    if one < other { one } else { other }
}
