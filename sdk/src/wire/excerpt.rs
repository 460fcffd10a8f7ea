use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

/// Enough to recognise an error page by, little enough for a log line.
const LONGEST: usize = 200;
/// The start of a secret at the very end of a text that was cut off; shorter ones are in every other word.
const SHORTEST_REMAINS: usize = 4;

/// The start of a text that a server sent, on one line, with every given secret struck out.
pub(crate) fn excerpt<'a>(text: &str, secrets: impl Iterator<Item = &'a str>) -> String {
    let mut forms: Vec<_> = secrets.filter(|secret| !secret.is_empty()).flat_map(forms).collect();
    // The longest first, lest a shorter one leaves the rest of it standing.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    let (mut line, mut rest, mut length) = (String::new(), text, 0);
    while let Some(next) = rest.chars().next() {
        if length >= LONGEST {
            line.push('…');
            break;
        }
        let found = forms.iter().find(|form| rest.starts_with(form.as_str()));
        let cut_off = || rest.len() >= SHORTEST_REMAINS && forms.iter().any(|form| form.starts_with(rest));
        if let Some(secret) = found {
            line.push_str("[redacted]");
            rest = rest.get(secret.len()..).unwrap_or_default();
        } else if cut_off() {
            line.push_str("[redacted]");
            break;
        } else {
            line.push(if next.is_control() { ' ' } else { next });
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
        length += 1;
    }
    line
}

/// A secret as it may be quoted: a server that quotes the request quotes it as it came, or as its page wants it.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let percent = form.replace('+', "%20");
    let json = serde_json::Value::from(secret).to_string();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    vec![
        secret.to_owned().into(),
        lower_case_hex(&form).into(),
        form.into(),
        lower_case_hex(&percent).into(),
        percent.into(),
        json.get(1..json.len() - 1).unwrap_or(secret).to_owned().into(),
        html.replace('\'', "&#39;").into(),
        BASE64_STANDARD.encode(secret).into(),
    ]
}

/// `%3A` as `%3a`, as some write it.
fn lower_case_hex(encoded: &str) -> String {
    let mut hex_digits = 0;
    let lower = |c: char| {
        let is_hex = hex_digits > 0;
        hex_digits = if c == '%' { 2_u8 } else { hex_digits.saturating_sub(1) };
        if is_hex { c.to_ascii_lowercase() } else { c }
    };
    encoded.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(text: &str, secrets: &[&str]) -> String {
        excerpt(text, secrets.iter().copied())
    }

    #[test]
    fn a_secret_is_struck_out_in_every_form_that_it_is_quoted_in() {
        let secret = "p:\"ß &'+<x>%";
        let forms = [
            secret,
            "p%3A%22%C3%9F+%26%27%2B%3Cx%3E%25",
            "p%3A%22%C3%9F%20%26%27%2B%3Cx%3E%25",
            "p%3a%22%c3%9f%20%26%27%2b%3cx%3e%25",
            "p:\\\"ß &'+<x>%",
            "p:&quot;ß &amp;&#39;+&lt;x&gt;%",
            "cDoiw58gJicrPHg+JQ==",
        ];
        for form in forms {
            assert_eq!(struck(&format!("before {form} after"), &[secret]), "before [redacted] after");
        }
    }

    #[test]
    fn a_secret_that_holds_another_is_struck_out_whole() {
        assert_eq!(struck("abcdef abc def", &["abc", "abcdef"]), "[redacted] [redacted] def");
        assert_eq!(struck("red", &["red", "act"]), "[redacted]");
    }

    #[test]
    fn a_secret_at_the_end_of_a_text_that_was_cut_off_is_struck_out_as_far_as_it_goes() {
        assert_eq!(struck("it is s3cret-of-bil", &["s3cret-of-billing"]), "it is [redacted]");
        assert_eq!(struck("it was", &["so"]), "it was");
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(struck("a\r\nb\u{1b}[31m\u{0}", &[]), "a  b [31m ");
        let long = "ä".repeat(300);
        assert_eq!(struck(&long, &[]), format!("{}…", "ä".repeat(200)));
        assert_eq!(struck(&"ä".repeat(200), &[""]), "ä".repeat(200));
        // A secret across the edge does not show its first half.
        let across = format!("{}s3cret", "x".repeat(198));
        assert_eq!(struck(&across, &["s3cret"]), format!("{}[redacted]", "x".repeat(198)));
    }
}
