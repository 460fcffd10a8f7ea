//! A command to type next.

/// A command line, which a person copies. What a server or another program says is in it only where a shell takes it as it is.
#[derive(Debug)]
pub(crate) struct CommandLine(String);

impl CommandLine {
    /// Of this program's words.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Adds a word of others behind this (`" --acr "`), or nothing where a shell would not take it as it is.
    pub(crate) fn of_others(mut self, before: &str, word: &str) -> Self {
        if let Some(word) = plain(word) {
            self.0.push_str(before);
            self.0.push_str(word);
        }
        self
    }

    /// Adds these words of this program.
    pub(crate) fn words(mut self, words: &str) -> Self {
        self.0.push_str(words);
        self
    }
}

impl From<CommandLine> for String {
    fn from(line: CommandLine) -> Self {
        line.0
    }
}

/// The word, where each shell takes it as it is, and no program for an option.
pub(crate) fn plain(word: &str) -> Option<&str> {
    let is_taken = |c: char| c.is_ascii_alphanumeric() || "_./:@+=,-".contains(c);
    Some(word).filter(|word| !word.is_empty() && !word.starts_with('-') && word.chars().all(is_taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_shell_would_read_are_left_out() {
        for word in [
            "$(id)", "a;b", "a b", "`id`", "a|b", "a&b", "'a'", "\"a\"", "a>b", "a*", "--json", "%PATH%", "!!", "~",
            "\\", "ä", "",
        ] {
            let line: String =
                CommandLine::new("grantkit login work").of_others(" --acr ", word).words(" --device").into();
            assert_eq!(line, "grantkit login work --device", "{word}");
        }
        let line = CommandLine::new("grantkit login work")
            .of_others(" --acr ", "urn:acme:gold")
            .of_others(" --scope ", "read:invoices");
        assert_eq!(String::from(line), "grantkit login work --acr urn:acme:gold --scope read:invoices");
    }
}
