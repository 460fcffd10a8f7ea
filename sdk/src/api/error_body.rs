//! What an API says of an error in JSON, for the program to read.

use std::borrow::Cow;

use serde_json::Value;

use super::body::MAX_ERROR_BODY;
use crate::lenient;
use crate::text::{Secrets, ServerText};

/// The body as JSON, with the secrets struck out of all its texts; none where it is too long, or no JSON.
pub(super) fn json(body: &[u8], secrets: &[Cow<'_, str>]) -> Option<Value> {
    if body.len() > MAX_ERROR_BODY {
        return None;
    }
    let secrets = Secrets::new(secrets.iter().map(AsRef::as_ref));
    Some(without(lenient::read_as_given(body).ok()?, &secrets))
}

fn without(json: Value, secrets: &Secrets) -> Value {
    let clean = |text: &str| ServerText::value(text, secrets).as_str().to_owned();
    match json {
        Value::String(text) => Value::String(clean(&text)),
        Value::Array(items) => items.into_iter().map(|item| without(item, secrets)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (clean(&name), without(value, secrets))).collect()
        }
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::made;

    /// A request's body may be a MiB of secrets: they are made ready once, however many texts the answer has.
    #[test]
    fn secrets_are_made_ready_once_for_a_body() {
        let secrets = [Cow::from("canary-1"), Cow::from("canary-2")];
        let texts: Vec<_> =
            (0..200).map(|number| json!({ format!("m{number}"): "says Y2FuYXJ5LTE= and canary-2" })).collect();
        let body = json!({ "errors": texts }).to_string();
        let before = made::times();
        let clean = json(body.as_bytes(), &secrets).unwrap();
        assert_eq!(made::times() - before, 1);
        assert_eq!(clean["errors"][199]["m199"], "says [redacted] and [redacted]");
    }
}
