/// The values of a TOML text that are no tables, each with the keys that lead to it: strings without their quotes, numbers and words
/// as they stand, those of an array one by one. From what is no TOML on, nothing: Cargo has said so before.
pub(super) fn entries(text: &str) -> Vec<(Vec<String>, String)> {
    let mut reader = Reader { rest: text, found: Vec::new() };
    let _ = reader.document();
    reader.found
}

struct Reader<'a> {
    rest: &'a str,
    found: Vec<(Vec<String>, String)>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Option<()> {
        let mut table = Vec::new();
        loop {
            self.skip_space();
            if self.rest.is_empty() {
                return Some(());
            }
            if self.eat("[") {
                let closing = if self.eat("[") { "]]" } else { "]" };
                table = self.keys(Vec::new())?;
                self.expect(closing)?;
            } else {
                self.entry(&table)?;
            }
        }
    }

    /// `a.b = value`
    fn entry(&mut self, table: &[String]) -> Option<()> {
        let keys = self.keys(table.to_vec())?;
        self.expect("=")?;
        self.value(&keys)
    }

    fn keys(&mut self, mut keys: Vec<String>) -> Option<Vec<String>> {
        loop {
            self.skip_space();
            let key = match self.string() {
                Some(quoted) => quoted,
                None => self.bare(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))?,
            };
            keys.push(key.to_owned());
            self.skip_space();
            if !self.eat(".") {
                return Some(keys);
            }
        }
    }

    fn value(&mut self, keys: &[String]) -> Option<()> {
        self.skip_space();
        if self.eat("{") {
            return self.items("}", |reader| reader.entry(keys));
        }
        if self.eat("[") {
            return self.items("]", |reader| reader.value(keys));
        }
        let value = match self.string() {
            Some(text) => text,
            None => self.bare(|letter| !matches!(letter, ',' | ']' | '}' | '#' | '\n' | '\r'))?.trim_end(),
        };
        self.found.push((keys.to_vec(), value.to_owned()));
        Some(())
    }

    fn items(&mut self, closing: &str, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        loop {
            self.skip_space();
            if self.eat(closing) {
                return Some(());
            }
            item(self)?;
            self.skip_space();
            self.eat(",");
        }
    }

    /// What stands between quotes; escapes stay as they are, as no name has any.
    fn string(&mut self) -> Option<&'a str> {
        let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| self.eat(quotes))?;
        let (text, mut end) = (self.rest, 0);
        while !text[end..].starts_with(quotes) {
            let mut letters = text[end..].chars();
            if letters.next() == Some('\\') && quotes.starts_with('"') {
                letters.next();
            }
            if letters.as_str().is_empty() {
                // It is not closed: nothing comes after it.
                self.rest = "";
                return None;
            }
            end = text.len() - letters.as_str().len();
        }
        // Of quotes at the end of a long string, the last three close it.
        while quotes.len() == 3 && text[end + 1..].starts_with(quotes) {
            end += 1;
        }
        self.rest = &text[end + quotes.len()..];
        Some(&text[..end])
    }

    fn bare(&mut self, is_part: impl Fn(char) -> bool) -> Option<&'a str> {
        let end = self.rest.find(|letter| !is_part(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    /// Spaces, line ends and comments.
    fn skip_space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('#') {
                return;
            }
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, wanted: &str) -> Option<()> {
        self.skip_space();
        self.eat(wanted).then_some(())
    }
}
