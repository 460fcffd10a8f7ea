/// Enough to recognise an error page by, little enough for a log line.
const LONGEST: usize = 200;

/// The start of a text that a server sent, on one line, with every given secret struck out.
pub(crate) fn excerpt<'a>(text: &str, secrets: impl Iterator<Item = &'a str>) -> String {
    let text = strike_out(text, secrets);
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

fn strike_out<'a>(text: &str, secrets: impl Iterator<Item = &'a str>) -> String {
    // The encoded forms too: a server that quotes the request quotes it as it came.
    secrets.filter(|secret| !secret.is_empty()).fold(text.to_owned(), |text, secret| {
        let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        text.replace(secret, "[redacted]").replace(&encoded, "[redacted]")
    })
}
