use super::*;
use crate::text::ServerText;

impl Secrets {
    fn steps(&self) -> usize {
        BUDGET - self.left.get()
    }
}

/// What a request with a bulk body has: many texts that begin alike.
fn many() -> Vec<String> {
    (0..256).map(|number| format!("{}invoice-{number:04}", "customer-".repeat(20))).collect()
}

fn secrets(of: &[String]) -> Secrets {
    Secrets::new(of.iter().map(String::as_str))
}

#[test]
fn each_of_many_secrets_is_found() {
    let many = many();
    for secret in &many {
        let text = format!("no such customer: {secret}, nor {}", secret.replace('-', "%2D").replace('%', "%25"));
        let found = secrets(&many).find(&text).unwrap();
        let excerpts: Vec<_> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(excerpts[0], secret);
        assert_eq!(excerpts.len(), 2);
    }
    // Within each other, and cut off at the end.
    let nested = ["ab", "abc", "abcabcd", "bcab"].map(str::to_owned);
    assert_eq!(secrets(&nested).find("xabcabcdx ab").unwrap(), [1..8, 10..12]);
    assert_eq!(secrets(&nested).find("x abcabc").unwrap().first(), Some(&(2..8)));
}

#[test]
fn steps_grow_by_the_logarithm_of_the_number_of_secrets() {
    let text = "the quick brown fox jumps over the lazy dog; ".repeat(300);
    let (one, all) = (secrets(&many()[..1]), secrets(&many()));
    assert_eq!(one.find(&text), all.find(&text));
    // 256 times as many: eight comparisons for one, where there is any.
    assert!(all.steps() <= 8 * one.steps(), "{} and {}", one.steps(), all.steps());
    assert!(all.steps() < BUDGET / 10, "{}", all.steps());
}

/// An answer is the server's to choose: runs that are hex and base64, escapes of every kind within each other, and what secrets have in
/// common.
#[test]
fn answer_that_costs_too_much_is_not_quoted() {
    let many = many();
    let hex = |text: &str| {
        text.bytes()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|digit| char::from_digit(u32::from(digit), 16))
            .collect::<String>()
    };
    let escaped = r"%255c\u0026amp;%26quot;\x25".repeat(500);
    let hostile = [
        escaped.clone(),
        "customer-".repeat(16 * 1024 / 9),
        hex(&hex("customer-".repeat(450).as_str())),
        format!("{}{}", hex(&escaped), many[7]),
    ];
    let of_answer = secrets(&many);
    for text in hostile.iter().cycle().take(64) {
        assert!(!ServerText::value(text, &of_answer).as_str().contains("invoice-0007"));
    }
    assert_eq!(of_answer.steps(), BUDGET, "and no more");
    assert_eq!(of_answer.find("anything"), None);
    assert_eq!(ServerText::value("anything", &of_answer).as_str(), "[not shown]");
    assert_eq!(ServerText::value("anything", &secrets(&many)).as_str(), "anything");
}
