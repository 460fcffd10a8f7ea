use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;

fn struck(text: &str, secrets: &[&str]) -> String {
    ServerText::without(text, secrets.iter().copied()).as_str().to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

fn form(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn units(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |text, unit| format!("{text}\\u{unit:04X}"))
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn numbers(text: &str) -> String {
    text.chars().fold(String::new(), |text, char| format!("{text}&#x{:X};", u32::from(char)))
}

fn decimals(text: &str) -> String {
    text.chars().fold(String::new(), |text, char| format!("{text}&#{};", u32::from(char)))
}

type Encoding = fn(&str) -> String;

/// Of each character for itself.
const ESCAPED: [Encoding; 14] = [
    str::to_owned,
    form,
    |text| form(text).replace('+', "%20"),
    percent,
    |text| percent(text).to_lowercase(),
    json,
    units,
    |text| units(text).to_lowercase(),
    |text| json(text).replace('/', "\\/"),
    |text| json(text).replace('+', "\\u002B"),
    entities,
    numbers,
    decimals,
    |text| text.chars().flat_map(char::escape_unicode).collect(),
];

/// Of the text as a whole, which may be part of a larger one.
const PACKED: [Encoding; 6] = [
    |text| BASE64_STANDARD.encode(text),
    |text| BASE64_URL_SAFE_NO_PAD.encode(text),
    |text| BASE64_STANDARD.encode(format!("billing:{text}")),
    |text| BASE64_STANDARD.encode(format!(r#"{{"token":"{text}"}}"#)),
    |text| hex(text.as_bytes()),
    |text| hex(text.as_bytes()).to_uppercase(),
];

const OTHER_CASE: [Encoding; 2] = [str::to_uppercase, |text| form(text).to_lowercase()];

#[test]
fn a_secret_is_struck_out_in_every_encoding_that_it_is_quoted_in() {
    let secret = "p:\"s /&'+<x>%";
    for encode in ESCAPED.into_iter().chain(PACKED).chain(OTHER_CASE) {
        let quoted = encode(secret);
        assert_eq!(struck(&format!("before {quoted} after"), &[secret]), "before [redacted] after", "{quoted}");
    }
    let beyond_ascii = "pß-🙂-secret";
    for encode in ESCAPED.into_iter().chain(PACKED) {
        let quoted = encode(beyond_ascii);
        assert_eq!(struck(&format!("before {quoted} after"), &[beyond_ascii]), "before [redacted] after", "{quoted}");
    }
}

#[test]
fn a_secret_is_struck_out_in_one_encoding_within_another() {
    let secret = "p:\"s /&'+<x>%";
    let all = || ESCAPED.into_iter().chain(PACKED);
    for (outer, inner) in all().flat_map(|outer| all().chain(OTHER_CASE).map(move |inner| (outer, inner))) {
        let quoted = outer(&inner(secret));
        assert_eq!(struck(&format!("before {quoted} after"), &[secret]), "before [redacted] after", "{quoted}");
    }
}

#[test]
fn a_secret_that_holds_another_is_struck_out_whole() {
    assert_eq!(struck("abcdef abc def", &["abc", "abcdef"]), "[redacted] [redacted] def");
    assert_eq!(struck("red", &["red", "act"]), "[redacted]");
}

#[test]
fn secret_cut_off_at_the_end_of_a_text_is_struck_out() {
    assert_eq!(struck("it is s3cret-of-bil", &["s3cret-of-billing"]), "it is [redacted]");
    assert_eq!(struck("it is s3cret%2Dof", &["s3cret-of-billing"]), "it is [redacted]");
    assert_eq!(struck("it was", &["so"]), "it was");
}

#[test]
fn a_short_secret_spoils_no_words() {
    assert_eq!(struck("an error occurred in the database", &["x", "kQ", "pw1"]), "an error occurred in the database");
    assert_eq!(struck("YWJj", &["abc"]), "[redacted]");
}

#[test]
fn server_text_is_one_short_line() {
    assert_eq!(struck("a\r\nb\u{1b}[31m\u{0}\u{202e}c\u{2028}", &[]), "a  b [31m  c ");
    assert_eq!(struck("a\r\nb\u{202e}c", &["secret"]), "a  b c");
    let long = "ä".repeat(300);
    assert_eq!(struck(&long, &[]), format!("{}…", "ä".repeat(200)));
    assert_eq!(struck(&long, &["secret"]), format!("{}…", "ä".repeat(200)));
    assert_eq!(struck(&"ä".repeat(200), &[""]), "ä".repeat(200));
    // A secret across the edge does not show its first half.
    let across = format!("{}s3cret", "x".repeat(198));
    assert_eq!(struck(&across, &["s3cret"]), format!("{}[redacted]", "x".repeat(198)));
}

#[test]
fn a_page_is_an_address_that_a_browser_may_open() {
    let url = |text: &str| ServerText::url(text, []).map(|url| url.as_str().to_owned());
    let long = format!("https://as.example/{}", "x".repeat(500));
    assert_eq!(url(&long), Some(long));
    for text in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "why", "/relative", ""] {
        assert_eq!(url(text), None, "{text}");
    }
    assert_eq!(url(&format!("https://as.example/{}", "x".repeat(5000))), None);
    let quoted = ServerText::url("https://as.example/?t=s3cret%2Bx", ["s3cret+x"]).unwrap();
    assert_eq!(quoted.as_str(), "https://as.example/?t=[redacted]");
}

proptest! {
    #[test]
    fn whatever_is_sent_the_secret_is_not_said(before in ".{0,20}", after in ".{0,20}", secret in "[!-~]{8,40}", kind in 0..20_usize) {
        let quoted = ESCAPED.into_iter().chain(PACKED).nth(kind).unwrap()(&secret);
        let said = struck(&format!("{before} {quoted} {after}"), &[&secret]);
        prop_assert!(!said.contains(&secret) && !said.contains(&quoted), "{}", said);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), secret in any::<String>()) {
        let said = ServerText::without(&text, [secret.as_str()]);
        prop_assert!(said.as_str().chars().count() <= 200 * 10 + 1);
    }

    #[test]
    fn no_bytes_make_it_panic(text in "[%&#;xXu0-9a-f\\\\{}+=/ ]{0,200}", secret in "[%&a-f0-9+/]{1,8}") {
        let _ = ServerText::without(&text, [secret.as_str()]);
    }
}
