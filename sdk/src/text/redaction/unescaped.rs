use std::ops::Range;

use zeroize::{Zeroize, Zeroizing};

use super::encoded::digit;

/// The longest name of an entity that is read, and most digits of a number.
const MAX_ENTITY: usize = 8;

/// A kind of escapes.
#[derive(Clone, Copy)]
pub(super) enum Escapes {
    /// `%2B` (RFC 3986 §2.1).
    Percent,
    /// Of JSON (RFC 8259 §7), JavaScript, Python and Rust.
    Backslash,
    /// Of HTML and XML.
    Entity,
}

impl Escapes {
    pub(super) const ALL: [Self; 3] = [Self::Percent, Self::Backslash, Self::Entity];

    /// The escape that the text begins with, and its length.
    fn read(self, text: &[u8]) -> Option<(Character, usize)> {
        match (self, text.first()?) {
            (Self::Percent, b'%') => {
                let byte = hex(text.get(1..3)?)?;
                Some((Character([byte.to_le_bytes()[0], 0, 0, 0], 1), 3))
            }
            (Self::Backslash, b'\\') => backslash(text),
            (Self::Entity, b'&') => entity(text),
            _ => None,
        }
    }
}

/// A text as it reads, with where in the source each byte of it comes from.
pub(super) struct Unescaped {
    bytes: Zeroizing<Vec<u8>>,
    from: Vec<(usize, usize)>,
}

impl Unescaped {
    pub(super) fn as_it_is(text: &[u8]) -> Self {
        Self { bytes: Zeroizing::new(text.to_vec()), from: (0..text.len()).map(|at| (at, at + 1)).collect() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What a part of the reading is in the source.
    pub(super) fn source(&self, part: Range<usize>) -> Range<usize> {
        let start = self.from.get(part.start).map_or(0, |(start, _)| *start);
        let end = part.end.checked_sub(1).and_then(|last| self.from.get(last)).map_or(start, |(_, end)| *end);
        start..end
    }

    /// With one layer of escapes taken off; `None` where there is none.
    pub(super) fn unescaped(&self, escapes: Escapes) -> Option<Self> {
        let room = self.bytes.len();
        let mut further = Self { bytes: Zeroizing::new(Vec::with_capacity(room)), from: Vec::with_capacity(room) };
        let (mut at, mut changed) = (0, false);
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let escape = escapes.read(rest);
            changed |= escape.is_some();
            let (mut character, length) = escape.unwrap_or_else(|| (Character::of_byte(rest), 1));
            let source = self.source(at..at + length);
            for byte in character.bytes() {
                further.bytes.push(*byte);
                further.from.push((source.start, source.end));
            }
            character.0.zeroize();
            at += length;
        }
        changed.then_some(further)
    }
}

/// UTF-8 of one character, or one byte of it.
struct Character([u8; 4], usize);

impl Character {
    fn of_byte(rest: &[u8]) -> Self {
        Self([rest.first().copied().unwrap_or_default(), 0, 0, 0], 1)
    }

    fn of(code: u32) -> Option<Self> {
        let mut bytes = [0; 4];
        let length = char::from_u32(code)?.encode_utf8(&mut bytes).len();
        Some(Self(bytes, length))
    }

    fn bytes(&self) -> &[u8] {
        self.0.get(..self.1).unwrap_or_default()
    }
}

fn backslash(text: &[u8]) -> Option<(Character, usize)> {
    let simple = |byte: u8| Some((Character([byte, 0, 0, 0], 1), 2));
    match text.get(1)? {
        b'n' => simple(b'\n'),
        b'r' => simple(b'\r'),
        b't' => simple(b'\t'),
        b'b' => simple(8),
        b'f' => simple(12),
        b'x' => Some((Character::of(hex(text.get(2..4)?)?)?, 4)),
        b'u' if text.get(2) == Some(&b'{') => {
            let length = text.get(3..)?.iter().take(MAX_ENTITY).position(|byte| *byte == b'}')?;
            Some((Character::of(hex(text.get(3..3 + length)?)?)?, 4 + length))
        }
        b'u' => {
            let high = hex(text.get(2..6)?)?;
            let low = || (text.get(6..8)? == b"\\u").then(|| hex(text.get(8..12)?)).flatten();
            match (high, low()) {
                (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                    Some((Character::of(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))?, 12))
                }
                _ => Some((Character::of(high)?, 6)),
            }
        }
        other if other.is_ascii_punctuation() => simple(*other),
        _ => None,
    }
}

/// By number, or one of those that a page has to write so.
fn entity(text: &[u8]) -> Option<(Character, usize)> {
    let length = text.iter().take(MAX_ENTITY + 3).position(|byte| *byte == b';')?;
    let name = text.get(1..length)?;
    let code = match name {
        b"amp" | b"AMP" => u32::from(b'&'),
        b"lt" | b"LT" => u32::from(b'<'),
        b"gt" | b"GT" => u32::from(b'>'),
        b"quot" | b"QUOT" => u32::from(b'"'),
        b"apos" => u32::from(b'\''),
        b"nbsp" => u32::from(b' '),
        b"plus" => u32::from(b'+'),
        b"sol" => u32::from(b'/'),
        b"equals" => u32::from(b'='),
        b"percnt" => u32::from(b'%'),
        b"colon" => u32::from(b':'),
        b"period" => u32::from(b'.'),
        b"comma" => u32::from(b','),
        b"lowbar" => u32::from(b'_'),
        b"num" => u32::from(b'#'),
        [b'#', b'x' | b'X', digits @ ..] => hex(digits)?,
        [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse().ok()?,
        _ => return None,
    };
    Some((Character::of(code)?, length + 1))
}

fn hex(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > MAX_ENTITY {
        return None;
    }
    digits.iter().try_fold(0_u32, |code, letter| Some((code << 4) | u32::from(digit(*letter)?)))
}
