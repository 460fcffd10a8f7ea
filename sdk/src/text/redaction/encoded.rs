use std::ops::Range;

use zeroize::Zeroizing;

/// Shorter runs hold nothing that could be told from a word.
const MIN_RUN: usize = 4;

type Content = Zeroizing<Vec<u8>>;

/// The runs of letters that may be base64 (either alphabet) or hexadecimal digits, each with all that it may be read as: it
/// may begin with letters that do not belong to it.
pub(super) fn runs(text: &[u8]) -> impl Iterator<Item = (Range<usize>, Vec<Content>)> {
    let base64 = split(text, |byte| sextet(byte).is_some()).map(|run| {
        let padded = run.end + text.get(run.end..).unwrap_or_default().iter().take_while(|byte| **byte == b'=').count();
        let letters = text.get(run.clone()).unwrap_or_default();
        let read = |offset: usize| unpack(letters.get(offset..).unwrap_or_default(), 6, sextet);
        (run.start..padded, (0..4).map(read).collect())
    });
    let hex = split(text, |byte| digit(byte).is_some()).map(|run| {
        let digits = text.get(run.clone()).unwrap_or_default();
        let read = |offset: usize| unpack(digits.get(offset..).unwrap_or_default(), 4, digit);
        (run, (0..2).map(read).collect())
    });
    base64.chain(hex)
}

/// The longest runs of what belongs.
fn split(text: &[u8], belongs: fn(u8) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.iter().position(|byte| belongs(*byte))?;
        let length = text.get(start..)?.iter().take_while(|byte| belongs(**byte)).count();
        at = start + length;
        Some(start..at)
    })
    .filter(|run| run.len() >= MIN_RUN)
}

/// Puts letters of so many bits together to bytes; what is left over makes none.
fn unpack(letters: &[u8], bits: u32, value: fn(u8) -> Option<u8>) -> Content {
    let mut bytes = Zeroizing::new(Vec::with_capacity(letters.len()));
    let (mut held, mut held_bits) = (0_u32, 0);
    for letter in letters.iter().filter_map(|letter| value(*letter)) {
        held = (held << bits) | u32::from(letter);
        held_bits += bits;
        if held_bits >= 8 {
            held_bits -= 8;
            bytes.push((held >> held_bits).to_le_bytes()[0]);
        }
    }
    bytes
}

/// Base64's letters and base64url's (RFC 4648 §4, §5).
fn sextet(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

pub(super) fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
