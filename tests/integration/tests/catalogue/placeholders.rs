//! The placeholders of a text: `{name}`, `{region.api}`, `{token:/user_id}`.

/// What stands between the braces.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|piece| piece.split_once('}').map(|(name, _)| name))
}

/// The text with something in place of each placeholder.
pub(crate) fn filled(text: &str) -> String {
    let mut pieces = text.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |filled, piece| filled + "x" + piece.split_once('}').map_or("{", |(_, rest)| rest))
}
