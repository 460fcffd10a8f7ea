use zeroize::Zeroizing;

/// Several texts that are looked for at once: sorted, so that those that begin alike stand together, and what there is to do at a place
/// of a text does not grow with their number.
pub(super) struct Patterns {
    sorted: Vec<Zeroizing<Vec<u8>>>,
    /// A bit for what the first bytes of each come to: nearly all places of a text are passed by it.
    starts: Box<[u64; WORDS]>,
    /// Which bytes those begin with that are shorter than a start.
    short: Box<[bool; 256]>,
    longest: usize,
}

/// How many bytes a start has.
const START: usize = 4;
const WORDS: usize = (1 << 16) / 64;

/// What is found at one place of a text.
#[derive(Default)]
pub(super) struct Match {
    /// The length of the longest that stands there.
    pub(super) longest: Option<usize>,
    /// The text ends within one.
    pub(super) is_cut_off: bool,
    /// How many comparisons that took.
    pub(super) steps: usize,
}

impl Patterns {
    pub(super) fn new(texts: impl Iterator<Item = Zeroizing<Vec<u8>>>) -> Self {
        let mut sorted: Vec<_> = texts.collect();
        sorted.sort_by(|one, other| one.as_slice().cmp(other.as_slice()));
        sorted.dedup();
        let (mut starts, mut short) = (Box::new([0; WORDS]), Box::new([false; 256]));
        for text in &sorted {
            if let Some((word, bit)) = bit_of(text) {
                if let Some(word) = starts.get_mut(word) {
                    *word |= bit;
                }
            } else if let Some(is_first) = text.first().and_then(|first| short.get_mut(usize::from(*first))) {
                *is_first = true;
            }
        }
        let longest = sorted.iter().map(|text| text.len()).max().unwrap_or(0);
        Self { sorted, starts, short, longest }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Whether it is worth a look what stands here.
    pub(super) fn may_begin(&self, rest: &[u8]) -> bool {
        let is_short = rest.first().and_then(|first| self.short.get(usize::from(*first))).is_some_and(|it| *it);
        let has_bit = |(word, bit): (usize, u64)| self.starts.get(word).is_some_and(|word| *word & bit != 0);
        is_short || bit_of(rest).is_some_and(has_bit)
    }

    /// Those that the text begins with, of at least this length.
    pub(super) fn at(&self, rest: &[u8], shortest: usize) -> Match {
        let (mut found, mut among) = (Match::default(), self.sorted.as_slice());
        for depth in 0.. {
            if let [only] = among {
                let alike = only.iter().zip(rest).skip(depth).take_while(|(one, other)| one == other).count();
                let end = depth + alike;
                found.steps += 1 + alike / 8;
                if end == only.len() && end >= shortest.max(1) {
                    found.longest = Some(end);
                }
                found.is_cut_off = end == rest.len() && end < only.len();
                break;
            }
            // All of these are alike up to here; one that ends here is the first.
            let Some(first) = among.first() else { break };
            if first.len() == depth && depth >= shortest.max(1) {
                found.longest = Some(depth);
            }
            let Some(byte) = rest.get(depth) else {
                found.is_cut_off = true;
                break;
            };
            found.steps += 1 + (usize::BITS - among.len().leading_zeros()) as usize;
            let start = among.partition_point(|text| text.get(depth) < Some(byte));
            let end = among.partition_point(|text| text.get(depth) <= Some(byte));
            among = among.get(start..end).unwrap_or_default();
        }
        found
    }
}

/// Where the bit of a start is; `None` for what is shorter.
fn bit_of(text: &[u8]) -> Option<(usize, u64)> {
    let start = u32::from_le_bytes(*text.first_chunk::<START>()?);
    // Fibonacci hashing: the upper half of the product depends on all bits.
    let hash = (start.wrapping_mul(0x9e37_79b1) >> 16) as usize;
    Some((hash / 64, 1 << (hash % 64)))
}
