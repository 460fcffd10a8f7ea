//! The placeholders of an entry's texts: `{tenant}`, `{region.api}`, `{issuer}`, `{token:/user_id}`.

/// What stands between the braces, in order. Braces of JSON are no placeholders: a name has no quotation mark, comma or space.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|piece| piece.split_once('}').map(|(name, _)| name)).filter(|name| is_name(name))
}

/// The text with each placeholder's value in its place, or the first placeholder that has none.
///
/// A value is put in as it is: what goes into a URL from elsewhere is percent-encoded by the caller.
pub fn fill(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> Result<String, &str> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        rest = after;
        if let Some((name, after)) = after.split_once('}').filter(|(name, _)| is_name(name)) {
            filled.push_str(&value(name).ok_or(name)?);
            rest = after;
        } else {
            filled.push('{');
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['"', ',', ' ', '{'])
}
