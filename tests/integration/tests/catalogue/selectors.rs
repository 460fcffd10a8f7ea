//! How a selector reads a profile.

use grantkit::provider::{Answers, Selector};
use serde_json::{Value, json};

fn answers() -> (Value, Value, Value) {
    let profile = json!({
        "id": 9_007_199_254_740_993_u64,
        "first": "Ada",
        "last": "Lovelace",
        "empty": "",
        "nothing": null,
        "mails": [{ "mail": "old@acme.dev" }, { "mail": "ada@acme.dev", "primary": true, "verified": "true" }],
        "verified": 1,
        "valid": false,
        "https://acme.dev/id": "U1",
    });
    (profile, json!({ "user": { "id": "42" } }), json!({ "sub": "s1" }))
}

fn text(selector: &str) -> Option<String> {
    let (profile, token, id_token) = answers();
    Selector::parse(selector).unwrap().text(Answers {
        profile: &profile,
        token: &token,
        id_token: &id_token,
        second: &Value::Null,
    })
}

fn id(selector: &str) -> Option<String> {
    let (profile, token, id_token) = answers();
    Selector::parse(selector).unwrap().id(Answers {
        profile: &profile,
        token: &token,
        id_token: &id_token,
        second: &Value::Null,
    })
}

fn is_true(selector: &str) -> Option<bool> {
    let (profile, token, id_token) = answers();
    Selector::parse(selector).unwrap().is_true(Answers {
        profile: &profile,
        token: &token,
        id_token: &id_token,
        second: &Value::Null,
    })
}

#[test]
fn selector_reads_members_of_each_answer() {
    assert_eq!(text("/id").as_deref(), Some("9007199254740993"), "beyond what a double holds");
    assert_eq!(text("token:/user/id").as_deref(), Some("42"));
    assert_eq!(text("id_token:/sub").as_deref(), Some("s1"));
    assert_eq!(text("/https:~1~1acme.dev~1id").as_deref(), Some("U1"));
    assert_eq!(text("/mails[primary]/mail").as_deref(), Some("ada@acme.dev"));
    assert_eq!(text("/mails[missing]/mail"), None);
    assert_eq!(text("/empty"), None, "an empty text is no name");
    assert_eq!(text("/nothing"), None);
}

#[test]
fn selector_reads_the_element_of_an_array_that_is_the_answer() {
    let emails = json!([{ "email": "a@acme.dev", "primary": false }, { "email": "b@acme.dev", "primary": true }]);
    let answers = Answers { profile: &emails, token: &Value::Null, id_token: &Value::Null, second: &Value::Null };
    let selector = Selector::parse("/[primary]/email").unwrap();
    assert_eq!(selector.text(answers).as_deref(), Some("b@acme.dev"));
}

#[test]
fn selector_joins_names_by_a_space_and_ids_by_a_colon() {
    assert_eq!(text("/first + /last").as_deref(), Some("Ada Lovelace"));
    assert_eq!(text("/first + /missing").as_deref(), Some("Ada"), "half a name is a name");
    assert_eq!(id("token:/user/id + /first").as_deref(), Some("42:Ada"));
    assert_eq!(id("/id + /missing"), None, "half an ID is none");
}

#[test]
fn selector_fills_a_template_or_gives_nothing() {
    assert_eq!(
        text("https://cdn.acme.dev/{/first}/{id_token:/sub}.png").as_deref(),
        Some("https://cdn.acme.dev/Ada/s1.png")
    );
    assert_eq!(text("https://cdn.acme.dev/{/missing}.png"), None);
}

#[test]
fn selector_takes_for_true_what_says_so_alone() {
    assert_eq!(is_true("/verified"), Some(true));
    assert_eq!(is_true("/mails[primary]/verified"), Some(true));
    assert_eq!(is_true("/valid"), Some(false));
    assert_eq!(is_true("/verified + /valid"), Some(false), "both have to be");
    assert_eq!(is_true("/verified + /missing"), Some(false));
    assert_eq!(is_true("/missing"), None);
    assert_eq!(is_true("/first"), Some(false), "a name is no yes");
}

#[test]
fn selector_that_is_none_is_refused() {
    for text in ["id", "/a b", "/a//b", "/a/", "/a[", "/a]", "/a[]", "/[x][y]", "token:id", "/a + b", "x{/a"] {
        assert!(Selector::parse(text).is_err(), "{text}");
    }
}
