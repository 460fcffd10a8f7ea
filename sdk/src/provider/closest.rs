//! "Did you mean": the one rule for names of providers, keys and variables, at run time and in constants.

/// Longer names are not compared.
const MAX_LENGTH: usize = 64;

/// The name that a typing mistake was probably meant to be: the first of the nearest.
pub(super) fn closest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best = None;
    for name in names {
        if let Some(distance) = closer(word, name, best.map(|(least, _)| least)) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How far `name` is from `word`, where that is near enough to be meant, and nearer than `least`.
pub(super) const fn closer(word: &str, name: &str, least: Option<usize>) -> Option<usize> {
    let distance = distance(word, name);
    let is_nearer = match least {
        Some(least) => distance < least,
        None => true,
    };
    if is_nearer && distance <= name.len().div_ceil(3) { Some(distance) } else { None }
}

/// Insertions, deletions, replacements and swaps of neighbours between the two (optimal string alignment).
pub(super) const fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() > MAX_LENGTH || other.len() > MAX_LENGTH {
        return usize::MAX;
    }
    let mut before = [0; MAX_LENGTH + 1];
    let mut previous = [0; MAX_LENGTH + 1];
    let mut column = 0;
    while column <= other.len() {
        previous[column] = column;
        column += 1;
    }
    let mut row = 1;
    while row <= one.len() {
        let mut current = [0; MAX_LENGTH + 1];
        current[0] = row;
        let mut column = 1;
        while column <= other.len() {
            let differs = (one[row - 1] != other[column - 1]) as usize;
            let mut best = smaller(previous[column] + 1, current[column - 1] + 1);
            best = smaller(best, previous[column - 1] + differs);
            if row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1] {
                best = smaller(best, before[column - 2] + 1);
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

const fn smaller(one: usize, other: usize) -> usize {
    if one < other { one } else { other }
}
