//! Where a URL of the catalogue leads on a server that has all of the service's hosts.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

/// The path and query of a URL, in which placeholders stand for any text.
#[derive(Clone, Debug)]
pub(super) struct Target {
    path: String,
    segments: Vec<String>,
    query: Vec<(String, String)>,
}

/// What stood where the placeholders are.
pub(super) type Captures = BTreeMap<String, String>;

impl Target {
    /// Of a URL whose parameters are filled in.
    pub(super) fn new(url: &str) -> Self {
        // `{token:/openid}` is one segment.
        let url = url.replace("{token:/", "{token:").replace("{/", "{");
        let url = url.as_str();
        let rest = match url.split_once("://") {
            Some((_, rest)) => rest.find(['/', '?']).map_or("", |at| rest.split_at(at).1),
            // `{token:/access_url}/v3/users/me`: the whole address comes with the token.
            None => url.split_once('}').map_or(url, |(_, rest)| rest),
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let query = query.split('&').filter(|pair| !pair.is_empty());
        let query = query.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self {
            path: if path.is_empty() { "/".to_owned() } else { path.to_owned() },
            segments: segments(path),
            query: query.map(|(name, value)| (decoded(name), decoded(value))).collect(),
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether the path is this one, and what stands in it for the placeholders.
    pub(super) fn matches(&self, path: &str) -> Option<Captures> {
        let mut captures = Captures::new();
        let segments = segments(path);
        (segments.len() == self.segments.len()
            && self.segments.iter().zip(&segments).all(|(wanted, found)| same(wanted, found, &mut captures)))
        .then_some(captures)
    }

    /// Whether the query has what it must, and what stands in it for the placeholders.
    pub(super) fn matches_query(&self, sent: &[(String, String)], captures: &mut Captures) -> bool {
        self.query
            .iter()
            .all(|(name, wanted)| sent.iter().any(|(sent, value)| sent == name && same(wanted, value, captures)))
    }

    /// Whether the path is this one, or goes on below it.
    pub(super) fn contains(&self, path: &str) -> bool {
        let own: Vec<_> = self.segments.iter().filter(|segment| !segment.is_empty()).collect();
        let found = segments(path);
        let found: Vec<_> = found.iter().filter(|segment| !segment.is_empty()).collect();
        found.len() >= own.len() && own.iter().zip(&found).all(|(own, found)| own.contains('{') || own == found)
    }
}

fn segments(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(decoded).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn same(wanted: &str, found: &str, captures: &mut Captures) -> bool {
    match wanted.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        Some((before, (name, after))) => {
            let value = found.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            let value = value.filter(|value| !value.is_empty() && !value.contains(['{', '}']));
            value.inspect(|value| drop(captures.insert(name.to_owned(), (*value).to_owned()))).is_some()
        }
        None => wanted == found,
    }
}
