use http::HeaderMap;
use http::header::LINK;

use crate::wire::ListMember;

/// The target of the first link with `rel="next"` that is about the page itself (RFC 8288 §3).
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let is_next = |link: &ListMember| {
        // Of several `rel` the first counts (§3.3); with an `anchor` it is a link of another resource (§3.2).
        let relations = link.get("rel").unwrap_or_default();
        relations.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case("next")) && link.get("anchor").is_none()
    };
    ListMember::all(headers, &LINK).into_iter().find(is_next).map(|link| link.value)
}
