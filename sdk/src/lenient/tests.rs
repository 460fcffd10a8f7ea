use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::value::MAX_DURATION;
use super::*;

#[test]
fn an_object_is_read_by_its_names_alone() {
    #[derive(Debug, Deserialize)]
    struct Pushed {
        #[serde(default)]
        request_uri: Option<String>,
    }
    let read = |json: &str| object::<Pushed>(json.as_bytes(), "it is not the JSON object of RFC 9126 §2.2");
    for (text, expected) in [
        (r#"{"request_uri":"urn:a"}"#, Some("urn:a")),
        ("\u{feff}{\"request_uri\":\"urn:a\"}", Some("urn:a")),
        (" \r\n{}", None),
    ] {
        assert_eq!(read(text).unwrap().request_uri.as_deref(), expected, "{text}");
    }
    // serde would read the first by position.
    for text in [r#"["urn:a"]"#, "\u{feff}[\"urn:a\"]", "null", "\"urn:a\"", "", "{", r#"{"request_uri":7}"#] {
        let error = read(text).unwrap_err();
        assert!(error.is_invalid_response() && error.to_string().contains("RFC 9126"), "{text}: {error}");
    }
}

#[test]
fn a_struct_is_read_by_its_names_at_every_depth() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        place: String,
        #[serde(default)]
        count: u64,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    enum Kind {
        Unit,
        Named { place: String },
        Of(Inner),
    }
    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Outer<'a> {
        one: Option<Inner>,
        list: Vec<Inner>,
        by_name: std::collections::BTreeMap<String, Inner>,
        pair: (u8, Option<Inner>),
        kinds: Vec<Kind>,
        #[serde(borrow)]
        text: Option<&'a str>,
        raw: Option<Value>,
    }
    let json = r#"{
        "one": { "place": "a", "count": 2 }, "list": [{ "place": "b" }], "by_name": { "c": { "place": "d" } },
        "pair": [1, { "place": "e" }], "kinds": ["Unit", { "Named": { "place": "f" } }, { "Of": { "place": "g" } }],
        "text": "h", "raw": [["i"]], "further": [[1]]
    }"#;
    let inner = |place: &str, count| Inner { place: place.to_owned(), count };
    let expected = Outer {
        one: Some(inner("a", 2)),
        list: vec![inner("b", 0)],
        by_name: [("c".to_owned(), inner("d", 0))].into(),
        pair: (1, Some(inner("e", 0))),
        kinds: vec![Kind::Unit, Kind::Named { place: "f".to_owned() }, Kind::Of(inner("g", 0))],
        text: Some("h"),
        raw: Some(json!([["i"]])),
    };
    assert_eq!(read_json::<Outer<'_>>(json.as_bytes()).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Outer<'_>>(json).unwrap(), expected, "in all else it is as serde has it");
    for by_position in [
        r#"{ "one": ["a", 2] }"#,
        r#"{ "list": [["b", 1]] }"#,
        r#"{ "by_name": { "c": ["d", 1] } }"#,
        r#"{ "pair": [1, ["e", 1]] }"#,
        r#"{ "kinds": [{ "Named": ["f"] }] }"#,
        r#"{ "kinds": [{ "Of": ["g", 1] }] }"#,
        "[]",
    ] {
        assert!(serde_json::from_str::<Outer<'_>>(by_position).is_ok(), "{by_position}");
        let error = read_json::<Outer<'_>>(by_position.as_bytes()).unwrap_err();
        assert!(error.is_data() && error.line() == 1, "{by_position}: {error}");
    }
    assert!(read_json::<Value>(b"{} x").is_err() && read_json::<Value>("\u{feff}[1]".as_bytes()).is_ok());
    assert!(read_value::<Vec<Inner>>(json!([["b", 1]])).is_err());
}

#[test]
fn a_value_is_read_as_servers_write_it_and_is_absent_otherwise() {
    assert_eq!(as_text(json!("a")).as_deref(), Some("a"));
    for none in [json!(""), json!(null), json!(7), json!(["a"]), json!({}), json!(true)] {
        assert_eq!(as_text(none.clone()), None, "{none}");
    }
    for (value, expected) in [
        (json!("read write"), Some("read write")),
        (json!(["read", "write"]), Some("read write")),
        (json!(["read", 7, "", null]), Some("read")),
        (json!([]), None),
        (json!([7]), None),
        (json!(""), None),
        (json!({ "read": true }), None),
    ] {
        assert_eq!(as_scope(value.clone()).as_deref(), expected, "{value}");
    }
    assert_eq!(as_description(json!(["no such user", "or a wrong code"])).unwrap(), "no such user; or a wrong code");
    assert_eq!(as_list(json!("code")), Some(vec!["code".to_owned()]));
    assert_eq!(as_list(json!([])), Some(Vec::new()));
    assert_eq!((as_list(json!(null)), as_list(json!(7)), as_list(json!(""))), (None, None, None));
    for (value, expected) in [
        (json!(true), Some(true)),
        (json!("true"), Some(true)),
        (json!("False"), Some(false)),
        (json!(null), None),
        (json!("yes"), None),
        (json!(1), None),
    ] {
        assert_eq!(as_flag(&value), expected, "{value}");
    }
    assert!(as_object(json!([])).unwrap().is_empty() && as_object(json!({ "a": 1 })).unwrap().len() == 1);
    assert!(as_object(json!(["a"])).is_none() && as_object(json!("")).is_none());
}

#[test]
fn seconds_may_be_text_or_have_a_fraction_and_are_bounded() {
    for (value, expected) in [
        (json!(3600), Some(3600)),
        (json!("3600"), Some(3600)),
        (json!(" 5.9 "), Some(5)),
        (json!(5.9), Some(5)),
        (json!(0), Some(0)),
        (json!(u64::MAX), Some(MAX_DURATION.as_secs())),
        (json!("99999999999999999999"), Some(MAX_DURATION.as_secs())),
        (json!(-1), None),
        (json!("-1"), None),
        (json!("soon"), None),
        (json!("NaN"), None),
        (json!(""), None),
        (json!([60]), None),
    ] {
        assert_eq!(as_seconds(&value), expected.map(Duration::from_secs), "{value}");
    }
    for (value, expected) in [
        (json!(1_700_000_000), Some(1_700_000_000)),
        (json!("1700000000"), Some(1_700_000_000)),
        (json!(1_700_000_000.75), Some(1_700_000_000)),
        (json!(-1), Some(-1)),
        (json!(i64::MAX), Some(i64::MAX)),
        (json!(1e300), None),
        (json!("tomorrow"), None),
    ] {
        assert_eq!(as_timestamp(&value), expected, "{value}");
    }
}

#[test]
fn a_required_member_is_named_and_one_given_twice_is_refused() {
    fn read(json: &str) -> Result<Members<'_>> {
        Members::read(json.as_bytes(), "the answer", "RFC 8628 §3.2")
    }
    let mut members = read(r#"{"a":"x","b":7,"c":"","d":"60","e":null,"f":"?","further":[1]}"#).unwrap();
    assert_eq!(members.required_text("a").unwrap(), "x");
    assert_eq!(members.required_seconds("d").unwrap(), Duration::from_mins(1));
    for (name, said) in [("b", "not text"), ("c", "is empty"), ("e", "has no `e`"), ("g", "has no `g`")] {
        let error = members.required_text(name).unwrap_err().to_string();
        assert!(error.contains(&format!("`{name}`")) && error.contains(said), "{error}");
    }
    assert!(members.required_seconds("f").unwrap_err().to_string().contains("`f` that is not a number of seconds"));
    assert_eq!(members.rest(), *json!({ "further": [1] }).as_object().unwrap());
    assert!(read(r#"{"a":"x","a":"y"}"#).is_err() && read(r#"["x"]"#).is_err());
}

#[test]
fn the_readers_for_serde_let_no_wrong_type_spoil_the_rest() {
    #[derive(Debug, Deserialize)]
    struct Read {
        #[serde(default, deserialize_with = "de::text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "de::list")]
        list: Option<Vec<String>>,
        #[serde(default, deserialize_with = "de::flag")]
        flag: Option<bool>,
        #[serde(default, deserialize_with = "de::seconds")]
        seconds: Option<Duration>,
        #[serde(default, deserialize_with = "de::object")]
        object: Option<Map<String, Value>>,
        needed: String,
    }
    let odd: Read = serde_json::from_value(
        json!({ "text": 7, "list": "one", "flag": "true", "seconds": "9", "object": [], "needed": "n" }),
    )
    .unwrap();
    assert_eq!((odd.text, odd.list, odd.flag), (None, Some(vec!["one".to_owned()]), Some(true)));
    assert_eq!((odd.seconds, odd.object.unwrap().len(), &*odd.needed), (Some(Duration::from_secs(9)), 0, "n"));
    let bare: Read = serde_json::from_value(json!({ "needed": "n", "text": {}, "flag": null, "list": [1] })).unwrap();
    assert_eq!((bare.text, bare.list, bare.flag, bare.seconds), (None, Some(Vec::new()), None, None));
}
