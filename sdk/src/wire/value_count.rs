use std::fmt::Display;

use crate::error::{Error, Result};

/// More values than any honest answer has: metadata and JWK sets have some hundreds. In memory each takes up to a hundred times
/// its two or three bytes of text.
const MAX_VALUES: usize = 8192;

/// Refuses JSON that is small as text and enormous once it is read; `what` names it. Anything but JSON passes.
pub(crate) fn check_value_count(what: impl Display, json: &[u8]) -> Result<()> {
    // Each takes a byte at the least.
    if json.len() > MAX_VALUES && count(json) > MAX_VALUES {
        return Err(Error::invalid_response(format!(
            "{what} has more than {MAX_VALUES} JSON values, which no answer of the protocol has"
        )));
    }
    Ok(())
}

/// How many values there are at the most: each but the first follows a comma or begins an array or an object.
fn count(json: &[u8]) -> usize {
    let mut bytes = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json).trim_ascii_start().iter();
    if !matches!(bytes.as_slice().first(), Some(b'{' | b'[')) {
        return 0;
    }
    let (mut values, mut is_in_string) = (0, false);
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => is_in_string = !is_in_string,
            b'\\' if is_in_string => drop(bytes.next()),
            b',' | b'[' | b'{' if !is_in_string => values += 1,
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_and_not_what_stands_in_strings() {
        assert_eq!(count(br#"{"a":1,"b":[1,2]}"#), 4);
        assert_eq!(count(br#"{"a":",,,[[[{{{","b\"":"\\"}"#), 2);
        assert_eq!(count(b"\xef\xbb\xbf [[],[]]"), 4);
        for other in ["", "<html>,,,", "eyJhbGciOiJub25lIn0.e30.", "code,is,text"] {
            assert_eq!(count(other.as_bytes()), 0, "{other}");
        }
    }

    #[test]
    fn tiny_values_without_number_are_refused() {
        let members = |number: usize| {
            let all: Vec<_> = (0..number).map(|at| format!("\"{at}\":0")).collect();
            format!("{{{}}}", all.join(","))
        };
        check_value_count("the answer", members(MAX_VALUES - 1).as_bytes()).unwrap();
        for json in
            [members(60_000), format!("[{}]", "[],".repeat(100_000)), format!("{{\"a\":[{}", "0,".repeat(200_000))]
        {
            let error = check_value_count("the answer of as.example", json.as_bytes()).unwrap_err();
            assert!(error.is_invalid_response(), "{error}");
            assert!(error.to_string().starts_with("the answer of as.example has more than"), "{error}");
        }
    }
}
