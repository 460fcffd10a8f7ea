use proptest::prelude::*;
use serde_json::json;

use super::*;

fn read(json: &str) -> Option<JsonObject> {
    JsonObject::read(json.as_bytes().to_vec())
}

#[test]
fn members_are_found_by_their_names_in_whatever_order_they_are_given() {
    let object =
        read(r#" {"sub":"alice","aud":["a","b"],"exp":1.5,"n":null,"esc\u0061ped":"\"é\u00e9","e":{"x":[{}]}} "#);
    let object = object.unwrap();
    assert_eq!((object.text("sub"), object.text("escaped"), object.text("aud")), (Some("alice"), Some("\"éé"), None));
    assert_eq!(object.get("aud"), Some(&json!(["a", "b"])));
    assert_eq!((object.get("exp"), object.get("sub")), (Some(&json!(1.5)), Some(&json!("alice"))));
    assert!(object.has("n") && object.get("n") == Some(&Value::Null) && object.get("m").is_none() && !object.has("m"));
    assert_eq!(object.names().collect::<Vec<_>>(), ["aud", "e", "escaped", "exp", "n", "sub"]);
    assert_eq!(object.get("e"), Some(&json!({ "x": [{}] })));
}

#[test]
fn a_name_that_is_given_twice_is_refused_however_it_is_written() {
    for json in [
        r#"{"sub":"a","sub":"b"}"#,
        r#"{"sub":"a","s\u0075b":"b"}"#,
        r#"{"sub":"a","iss":"i","aud":"c","sub":"a"}"#,
        r#"{"":1,"":1}"#,
    ] {
        assert!(read(json).is_none(), "{json}");
    }
    assert!(read(r#"{"sub":"a","Sub":"b","inner":{"sub":"c"}}"#).is_some());
}

#[test]
fn what_is_no_json_object_is_refused() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
    for json in ["", "null", "[]", "\"a\"", "{", "{}x", "{} {}", "{1:2}", r#"{"a":}"#, r#"{"a":"\ud800"}"#, &deep] {
        assert!(read(json).is_none(), "{json}");
    }
    assert!(JsonObject::read(b"{\"a\":\"\xff\"}".to_vec()).is_none());
    assert!(read("{}").is_some_and(|object| object.names().next().is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn object_reads_what_serde_json_reads(members in prop::collection::hash_map(".{0,8}", ".{0,12}", 0..40), flag: bool, number: i64) {
        let mut map: Map<String, Value> = members.into_iter().map(|(name, text)| (name, text.into())).collect();
        map.insert("flag".to_owned(), flag.into());
        map.insert("list".to_owned(), json!([number, { "number": number }]));
        let json = Value::from(map.clone()).to_string();
        for object in [read(&json).unwrap(), JsonObject::from(map.clone())] {
            for (name, value) in &map {
                prop_assert_eq!(object.get(name), Some(value));
                prop_assert_eq!(object.text(name), value.as_str());
            }
            prop_assert_eq!(object.to_map(), map.clone());
        }
    }
}
