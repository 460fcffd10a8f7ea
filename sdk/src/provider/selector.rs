use serde_json::Value;

use crate::error::{Error, Result};

/// Where something about a person stands in what a provider says: what a [`ProfileMapping`](super::ProfileMapping) is made of.
///
/// | written | read |
/// |---|---|
/// | `/user/id` | the member of the profile, as a JSON pointer (RFC 6901) |
/// | `/emails[primary]/email`, `/[primary]/email` | of an array, the element whose member `primary` is true |
/// | `token:/user_id`, `id_token:/sub` | the member of the token response, the claim of the verified ID token |
/// | `second:/email` | the member of the answer to the second request |
/// | `/first_name + /last_name` | both, joined by a space; of an ID, all of them, joined by `:` |
/// | `https://cdn.example/{/id}.png` | the text with the members put in |
#[derive(Clone, Debug)]
pub struct Selector<'a>(Shape<'a>);

#[derive(Clone, Debug)]
enum Shape<'a> {
    Sum(Vec<Pointer<'a>>),
    Template(Vec<Piece<'a>>),
}

#[derive(Clone, Debug)]
enum Piece<'a> {
    Text(&'a str),
    Value(Pointer<'a>),
}

#[derive(Clone, Debug)]
struct Pointer<'a> {
    source: Source,
    path: &'a str,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Profile,
    Token,
    IdToken,
    Second,
}

/// What a [`Selector`] reads from; what there is none of is [`Value::Null`].
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    /// The answer to the profile request.
    pub profile: &'a Value,
    /// The token response.
    pub token: &'a Value,
    /// The claims of the ID token.
    pub id_token: &'a Value,
    /// The answer to the second request.
    pub second: &'a Value,
}

impl<'a> Selector<'a> {
    /// Reads a selector.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) says what is wrong with it.
    pub fn parse(text: &'a str) -> Result<Self> {
        Self::read(text).map_err(|wrong| Error::configuration(format!("a selector of a profile is wrong: {wrong}")))
    }

    fn read(text: &'a str) -> std::result::Result<Self, String> {
        if ["{/", "{token:", "{id_token:", "{second:"].iter().any(|start| text.contains(start)) {
            return Ok(Self(Shape::Template(pieces(text)?)));
        }
        text.split(" + ").map(Pointer::parse).collect::<std::result::Result<_, _>>().map(|sum| Self(Shape::Sum(sum)))
    }

    /// The text: what is there of a name, joined by a space.
    pub fn text(&self, answers: Answers<'_>) -> Option<String> {
        match &self.0 {
            Shape::Sum(sum) => {
                let present: Vec<_> = sum.iter().filter_map(|pointer| pointer.text(answers)).collect();
                (!present.is_empty()).then(|| present.join(" "))
            }
            Shape::Template(pieces) => filled(pieces, answers),
        }
    }

    /// The ID: all of its parts, joined by `:`, or nothing.
    pub fn id(&self, answers: Answers<'_>) -> Option<String> {
        match &self.0 {
            Shape::Sum(sum) => {
                let parts: Option<Vec<_>> = sum.iter().map(|pointer| pointer.text(answers)).collect();
                parts.map(|parts| parts.join(":"))
            }
            Shape::Template(pieces) => filled(pieces, answers),
        }
    }

    /// Whether all of it is true: `true`, `"true"` or 1; `None` if none of it is there.
    pub fn is_true(&self, answers: Answers<'_>) -> Option<bool> {
        let Shape::Sum(sum) = &self.0 else { return None };
        let values: Vec<_> = sum.iter().filter_map(|pointer| pointer.value(answers)).collect();
        (!values.is_empty()).then(|| values.len() == sum.len() && values.into_iter().all(is_true))
    }
}

impl<'a> Pointer<'a> {
    fn parse(text: &'a str) -> std::result::Result<Self, String> {
        let prefixes = [("token:", Source::Token), ("id_token:", Source::IdToken), ("second:", Source::Second)];
        let found = prefixes.iter().find_map(|(prefix, source)| Some((*source, text.strip_prefix(prefix)?)));
        let (source, path) = found.unwrap_or((Source::Profile, text));
        if !path.starts_with('/') {
            return Err(format!("`{text}` is not a pointer: `{path}` does not start with `/`"));
        }
        if path.contains(' ') || path.contains("//") || path.ends_with('/') {
            return Err(format!("`{text}` is not a pointer: it has an empty or spaced segment"));
        }
        for segment in path[1..].split('/') {
            let (_, flag) = flagged(segment);
            let brackets = segment.matches(['[', ']']).count();
            if brackets != if flag.is_some() { 2 } else { 0 } || flag == Some("") {
                return Err(format!("`{text}` has a bracket in the wrong place"));
            }
        }
        Ok(Self { source, path })
    }

    fn value<'v>(&self, answers: Answers<'v>) -> Option<&'v Value> {
        let mut value = match self.source {
            Source::Profile => answers.profile,
            Source::Token => answers.token,
            Source::IdToken => answers.id_token,
            Source::Second => answers.second,
        };
        for segment in self.path.get(1..)?.split('/') {
            let (member, flag) = flagged(segment);
            if !member.is_empty() {
                value = value.pointer(&format!("/{member}"))?;
            }
            if let Some(flag) = flag {
                value = value.as_array()?.iter().find(|element| element.get(flag).is_some_and(is_true))?;
            }
        }
        (!value.is_null()).then_some(value)
    }

    fn text(&self, answers: Answers<'_>) -> Option<String> {
        match self.value(answers)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            // Exactly as it came; a number that only a double holds is not.
            Value::Number(number) if !number.is_f64() => Some(number.to_string()),
            _ => None,
        }
    }
}

/// A segment's member, and the flag in its brackets.
fn flagged(segment: &str) -> (&str, Option<&str>) {
    let flag = segment.strip_suffix(']').and_then(|segment| segment.split_once('['));
    flag.map_or((segment, None), |(member, flag)| (member, Some(flag)))
}

fn pieces(text: &str) -> std::result::Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (pointer, after) = after.split_once('}').ok_or_else(|| format!("`{text}` has an open brace"))?;
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Value(Pointer::parse(pointer)?));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

fn filled(pieces: &[Piece<'_>], answers: Answers<'_>) -> Option<String> {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => Some((*text).to_owned()),
        // One segment of an address, and no more than that.
        Piece::Value(pointer) => {
            pointer.text(answers).map(|text| form_urlencoded::byte_serialize(text.as_bytes()).collect())
        }
    });
    texts.collect()
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(is) => *is,
        Value::String(text) => text == "true",
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    }
}
