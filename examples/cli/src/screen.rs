//! What the program shows: results on standard output, all else on standard error.

use std::io::{IsTerminal as _, Write as _, stderr, stdin, stdout};

use comfy_table::{ContentArrangement, Table, presets};
use grantkit::__private::is_visible;
use serde_json::{Value, json};
use terminal_size::terminal_size_of;

use crate::failure::Failure;

/// The usual width, where a terminal does not say.
const WIDTH: u16 = 80;

/// Tables of several columns take more.
const NARROW: u16 = 60;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const GREEN: &str = "\x1b[32m";
const RESET: &str = "\x1b[0m";

/// Colours are left out where `NO_COLOR` is set or the output is no terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    is_json: bool,
    is_traced: bool,
}

#[allow(clippy::unused_self, reason = "all that is shown goes through the one screen")]
impl Screen {
    pub(crate) fn new(is_json: bool) -> Self {
        Self { is_json, is_traced: false }
    }

    /// The same, with a line for each request.
    pub(crate) fn traced(self) -> Self {
        Self { is_traced: true, ..self }
    }

    pub(crate) fn is_json(self) -> bool {
        self.is_json
    }

    /// Whether a person looks at the messages.
    pub(crate) fn is_watched(self) -> bool {
        stderr().is_terminal() && !self.is_json
    }

    /// Whether a line is drawn anew again and again; between those of a trace it would be torn.
    pub(crate) fn is_animated(self) -> bool {
        self.is_watched() && !self.is_traced
    }

    /// Whether a person can answer. The question goes to the terminal itself, wherever messages go.
    pub(crate) fn can_ask(self) -> bool {
        stdin().is_terminal()
    }

    /// Whether the result goes to a person, and not to a file or a program.
    pub(crate) fn is_result_watched(self) -> bool {
        stdout().is_terminal()
    }

    /// The columns of the terminal that messages go to.
    pub(crate) fn width(self) -> u16 {
        terminal_size_of(stderr()).map_or(WIDTH, |(width, _)| width.0)
    }

    /// One JSON value on a line of its own for a program, indented for a person.
    pub(crate) fn json(self, value: &Value) -> Result<(), Failure> {
        if stdout().is_terminal() { self.line(&json_text(value)) } else { self.line(&value.to_string()) }
    }

    /// A line of the result.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        let mut out = anstream::stdout();
        writeln!(out, "{text}")?;
        Ok(out.flush()?)
    }

    /// The result, bytes as they are.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = stdout();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// A table for a person; lines with tabs where the output is no terminal, for `cut` and `awk`.
    pub(crate) fn table<const N: usize>(self, header: [&str; N], rows: &[[String; N]]) -> Result<(), Failure> {
        let rows: Vec<_> = rows.iter().map(|row| row.each_ref().map(|cell| harmless(cell))).collect();
        if !stdout().is_terminal() {
            for row in rows {
                self.line(&row.each_ref().map(|cell| cell.replace(['\t', '\n'], " ")).join("\t"))?;
            }
            return Ok(());
        }
        let width = terminal_size_of(stdout()).map_or(WIDTH, |(width, _)| width.0);
        if width < NARROW {
            return rows.iter().try_for_each(|row| self.stacked(row, width));
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        table.set_header(header.map(str::to_uppercase));
        for row in rows {
            table.add_row(row.clone());
        }
        for (number, line) in table.lines().enumerate() {
            let line = line.trim_end();
            self.line(&if number == 0 { format!("{BOLD}{line}{RESET}") } else { line.to_owned() })?;
        }
        Ok(())
    }

    /// A row of a table for which there is no room: a name, and below it what there is to say.
    fn stacked(self, row: &[String], width: u16) -> Result<(), Failure> {
        let (name, rest) = row.split_first().map_or(("", row), |(name, rest)| (name.as_str(), rest));
        self.line(&format!("{BOLD}{name}{RESET}"))?;
        let rest = rest.iter().filter(|cell| !cell.is_empty());
        rest.flat_map(|cell| wrap(cell, usize::from(width) - 2)).try_for_each(|line| self.line(&format!("  {line}")))
    }

    /// Names and values, one a line.
    pub(crate) fn fields(self, fields: &[(&str, String)]) -> Result<(), Failure> {
        let rows: Vec<_> = fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| [(*name).to_owned(), harmless(value)])
            .collect();
        if !stdout().is_terminal() {
            return self.table(["", ""], &rows);
        }
        let width = terminal_size_of(stdout()).map_or(WIDTH, |(width, _)| width.0);
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        for row in rows {
            table.add_row(row);
        }
        table.lines().try_for_each(|line| self.line(line.trim_end()))
    }

    /// A message beside the result; none with `--json`.
    pub(crate) fn note(self, text: &str) {
        self.say(&harmless(text));
    }

    fn say(self, text: &str) {
        if !self.is_json {
            // Where standard output is closed there is no reader to tell.
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// The same for a sentence, broken between words.
    pub(crate) fn advice(self, text: &str) {
        self.note(&sentence(text));
    }

    /// The same for what has been done.
    pub(crate) fn done(self, text: &str) {
        self.say(&format!("{GREEN}✓{RESET} {}", harmless(text)));
    }

    /// A line of `--trace`: JSON with `--json`.
    pub(crate) fn trace(self, text: &str, value: &Value) {
        if self.is_json {
            let _ = writeln!(stderr(), "{value}");
        } else {
            self.note(text);
        }
    }

    /// An error, its causes, and what to type next.
    pub(crate) fn failure(self, failure: &Failure) {
        let code = failure.exit_code();
        if self.is_json {
            let error = json!({
                "error": code.name(),
                "exit_code": code as u8,
                "message": failure.message(),
                "causes": failure.causes(),
                "next": failure.next(),
            });
            let _ = writeln!(stderr(), "{error}");
            return;
        }
        let mut out = anstream::stderr();
        let _ = writeln!(
            out,
            "{RED}error:{RESET} {}",
            sentence(&harmless(&format!("error: {}", failure.message()))).trim_start_matches("error: ")
        );
        for cause in failure.causes() {
            let _ = writeln!(out, "{}", sentence(&harmless(&format!("  because {cause}"))));
        }
        if let Some(next) = failure.next() {
            let _ = writeln!(out, "{BOLD}next:{RESET} {}", harmless(next));
        }
    }
}

/// A text of others without what a terminal would obey, or what would turn the line around.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_obeyed(c) { '\u{fffd}' } else { c }).collect()
}

/// What of an answer's bytes a terminal may show: text without what it would obey. The rest, half a character, belongs before the next bytes.
pub(crate) fn text_of_others(bytes: &[u8]) -> (String, &[u8]) {
    let whole = match std::str::from_utf8(bytes) {
        // As more may come, a character that has begun at the end is no error.
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    let (whole, rest) = bytes.split_at(whole);
    let shown = |c: char| {
        if c == '\t' {
            c
        } else if is_obeyed(c) {
            '\u{fffd}'
        } else {
            c
        }
    };
    (String::from_utf8_lossy(whole).replace("\r\n", "\n").chars().map(shown).collect(), rest)
}

/// JSON of others for a person: indented, with such characters escaped, so that it stays the same JSON.
pub(crate) fn json_text(value: &Value) -> String {
    // They stand in strings.
    let escaped = |c: char| {
        if !is_obeyed(c) {
            return c.to_string();
        }
        let units: Vec<_> = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        units.concat()
    };
    format!("{value:#}").chars().map(escaped).collect()
}

/// A control character, or one that hides or turns around what stands beside it: the table of the SDK's errors.
fn is_obeyed(c: char) -> bool {
    c != '\n' && !is_visible(c)
}

/// Broken between words where a person reads it in a terminal; a program gets it whole.
fn sentence(text: &str) -> String {
    match terminal_size_of(stderr()) {
        Some((width, _)) => wrap(text, usize::from(width.0)).join("\n"),
        None => text.to_owned(),
    }
}

/// Lines of at most this many characters; a longer word has a line of its own, whole, so that it can be copied.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for (number, word) in paragraph.split(' ').enumerate() {
            let is_full = line.chars().count() + 1 + word.chars().count() > width;
            if is_full && !line.trim().is_empty() {
                lines.push(std::mem::take(&mut line));
            } else if number > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{harmless, json_text, wrap};

    #[test]
    fn what_a_terminal_would_obey_is_not_shown() {
        assert_eq!(harmless("Al\u{1b}[2Jice\u{202e}\u{7}\n"), "Al\u{fffd}[2Jice\u{fffd}\u{fffd}\n");
        assert_eq!(harmless("Zoë 李"), "Zoë 李");
        // Hidden: a soft hyphen, a deprecated format character, a variation selector, a tag, and what has no meaning but by agreement.
        for hidden in ['\u{ad}', '\u{206a}', '\u{fe0f}', '\u{e0041}', '\u{e000}'] {
            assert_eq!(harmless(&format!("a{hidden}b")), "a\u{fffd}b", "{hidden:?}");
        }
    }

    #[test]
    fn json_for_a_person_is_the_same_json() {
        let value = serde_json::json!({ "a\u{9b}": ["\u{202e}Zoë\n", "\u{7f}", "\u{e0041}"] });
        let text = json_text(&value);
        let expected = "{\n  \"a\\u009b\": [\n    \"\\u202eZoë\\n\",\n    \"\\u007f\",\n    \"\\udb40\\udc41\"\n  ]\n}";
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(value));
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("see https://as.example/a/long/one now", 8), ["see", "https://as.example/a/long/one", "now"]);
        assert_eq!(wrap("  because of that", 12), ["  because of", "that"]);
        assert_eq!(wrap("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(wrap("", 9), [""]);
    }
}
