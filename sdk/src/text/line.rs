use std::borrow::Cow;
use std::fmt;

/// Of a whole message: some ten quoted values with what is said of them.
const MAX_MESSAGE: usize = 4096;

/// One line of text for a person, a log or a terminal: nothing in it breaks the line, hides, or turns around what stands
/// beside it, whatever it was made of; and it is bounded.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Line(Cow<'static, str>);

impl Line {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Cow<'static, str>> for Line {
    fn from(text: Cow<'static, str>) -> Self {
        let is_fit = text.len() <= MAX_MESSAGE && text.chars().all(is_visible);
        Self(if is_fit { text } else { shortened(&text, MAX_MESSAGE).into() })
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// The text's first `max` characters on one line.
pub(super) fn shortened(text: &str, max: usize) -> String {
    let mut characters = text.chars();
    let mut line: String = characters.by_ref().take(max).map(visible).collect();
    if characters.next().is_some() {
        line.push('…');
    }
    line
}

/// The character, or a space in place of one that cannot be seen.
pub(super) fn visible(character: char) -> char {
    if is_visible(character) { character } else { ' ' }
}

/// Neither a control character, nor a line or paragraph separator, nor a bidirectional control (UAX #9 §2), nor one that is
/// ignored where text is shown (UAX #44, `Default_Ignorable_Code_Point`: zero-width ones, fillers, tags), nor private use.
pub fn is_visible(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    !character.is_control()
        && !matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{e000}'..='\u{f8ff}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_line_breaks_hides_or_turns_it() {
        let hostile = [
            '\n',
            '\r',
            '\u{0}',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{3164}',
            '\u{e000}',
            '\u{feff}',
            '\u{fff9}',
            '\u{e0041}',
            '\u{10ffff}',
        ];
        for character in hostile {
            let line = Line::from(Cow::Owned(format!("a{character}b")));
            assert_eq!(line.as_str(), "a b", "{character:?}");
        }
    }

    #[test]
    fn text_of_any_language_stays() {
        for text in
            ["Zugriff verweigert: ä ö ü ß", "доступ запрещён", "アクセスが拒否されました", "تم رفض الوصول", "🙂 é"]
        {
            assert_eq!(Line::from(Cow::Borrowed(text)).as_str(), text);
        }
    }

    #[test]
    fn a_line_is_bounded() {
        let line = Line::from(Cow::Owned("x".repeat(1_000_000)));
        assert_eq!(line.as_str().chars().count(), MAX_MESSAGE + 1);
        assert!(line.as_str().ends_with("x…"));
    }
}
