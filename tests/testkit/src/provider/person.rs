//! The person who logs in, where the selectors of the catalogue look for them.

use grantkit_providers::catalogue::{Entry, Kind, Quirk, placeholders};
use serde_json::{Map, Value, json};

use super::authorize::extra;
use super::service::Service;
use crate::user::User;

/// Where a selector points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Profile,
    Token,
    IdToken,
}

/// The ID that the service shows for a subject.
pub(super) fn id(entry: &Entry, subject: &str) -> String {
    let selector = entry.id().next().unwrap_or_default();
    if let Some(name) = template_member(selector) {
        return selector.replace(&format!("{{{name}}}"), subject);
    }
    let parts = selector.split(" + ").enumerate();
    parts.map(|(part, pointer)| id_part(entry, pointer, subject, part)).collect::<Vec<_>>().join(":")
}

/// What is put into a selector that is a text with a member in it.
fn template_member(selector: &str) -> Option<&str> {
    placeholders(selector).next()
}

/// The first part is the subject; the further ones are what it is the subject of, such as a tenant.
fn id_part(entry: &Entry, pointer: &str, subject: &str, part: usize) -> String {
    // The token response repeats what the callback said.
    let name = pointer.strip_prefix("token:/");
    if let Some(name) = name.filter(|name| entry.kept_callback_parameters().any(|kept| kept == *name)) {
        return extra(name);
    }
    if entry.has_quirk(Quirk::IdIsDid) {
        return did(subject);
    }
    if part == 0 { subject.to_owned() } else { format!("{subject}0{part}") }
}

/// A DID of the AT Protocol, whose ID has 24 characters of base32.
fn did(subject: &str) -> String {
    let letters: String = subject.bytes().map(|byte| char::from(b'a' + byte % 26)).take(24).collect();
    format!("did:plc:{letters:a>24}")
}

/// The answer to the profile request.
pub(super) fn profile(entry: &Entry, user: &User) -> Value {
    let mut profile = if entry.kind() == Kind::Oidc { standard_claims(user) } else { json!({}) };
    write(entry, user, user.subject(), Source::Profile, &mut profile);
    if let Some(url) = entry.email_url() {
        for pointer in placeholders(url).filter(|name| name.starts_with('/')) {
            put(&mut profile, pointer, &user.subject().into(), true);
        }
        // The address takes the second request.
        return profile;
    }
    let verified = claim(user, "email_verified").unwrap_or(Value::Bool(false));
    if let (Some(selector), Some(email)) = (entry.email().next(), claim(user, "email")) {
        let verified_selector = entry.email_verified().next();
        put_selected(&mut profile, selector, &email, Source::Profile);
        if let Some(selector) = verified_selector {
            put_selected(&mut profile, selector, &verified, Source::Profile);
        }
    }
    profile
}

/// The answer to the second request.
pub(super) fn email(entry: &Entry, user: &User) -> Value {
    let mut answer = Value::Null;
    if let (Some(pointer), Some(email)) = (entry.second_email(), claim(user, "email")) {
        put(&mut answer, pointer, &email, false);
    }
    if let Some(pointer) = entry.second_email_verified() {
        put(&mut answer, pointer, &claim(user, "email_verified").unwrap_or(Value::Bool(false)), false);
    }
    answer
}

/// The claims of the user as OpenID Connect Core §5.1 has them.
pub(super) fn standard_claims(user: &User) -> Value {
    let mut claims = user.claims().clone();
    claims.insert("sub".to_owned(), user.subject().into());
    Value::Object(claims)
}

/// What the service puts into ID tokens beyond the standard claims.
pub(super) fn id_token_claims(entry: &Entry, user: &User) -> Map<String, Value> {
    let mut claims = json!({});
    write(entry, user, user.subject(), Source::IdToken, &mut claims);
    for (selector, name) in
        entry.email().map(|selector| (selector, "email")).chain(entry.email_verified().map(|it| (it, "email_verified")))
    {
        if let Some(value) = claim(user, name) {
            put_selected(&mut claims, selector, &value, Source::IdToken);
        }
    }
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

pub(super) fn stands_in_id_token(entry: &Entry) -> bool {
    let all = entry.id().chain(entry.email()).chain(entry.person_name());
    all.into_iter().any(|selector| selector.contains("id_token:"))
}

/// The members of the token answer that say who has logged in, and with which the profile and the API are asked.
pub(super) fn add_to_token_answer(
    service: &Service,
    members: &mut Map<String, Value>,
    user: &User,
    subject: &str,
    base_url: &str,
) {
    let entry = service.entry;
    let mut answer = Value::Object(std::mem::take(members));
    write(entry, user, subject, Source::Token, &mut answer);
    for (selector, name) in
        entry.email().map(|selector| (selector, "email")).chain(entry.email_verified().map(|it| (it, "email_verified")))
    {
        if let Some(value) = claim(user, name) {
            put_selected(&mut answer, selector, &value, Source::Token);
        }
    }
    let urls = [entry.profile_url(), entry.email_url(), entry.api_base_url()];
    for url in urls.into_iter().flatten() {
        for pointer in placeholders(url).filter_map(|name| name.strip_prefix("token:")) {
            let is_address = url.starts_with(&format!("{{token:{pointer}}}"));
            let value = if is_address { base_url } else { subject };
            if answer.pointer(pointer).is_none() {
                put(&mut answer, pointer, &value.into(), true);
            }
        }
    }
    if let Value::Object(answer) = answer {
        *members = answer;
    }
}

/// Puts ID, name and picture where the first selector of each looks for it.
fn write(entry: &Entry, user: &User, subject: &str, source: Source, answer: &mut Value) {
    if let (Some(selector), Some(Value::String(name))) = (entry.person_name().next(), claim(user, "name")) {
        let pointers: Vec<_> = selector.split(" + ").collect();
        let mut words = name.splitn(pointers.len(), ' ');
        for pointer in pointers {
            put_selected(answer, pointer, &words.next().unwrap_or_default().into(), source);
        }
    }
    // Where it is a name, that is what it is.
    if let Some(member) = entry.id().next().and_then(template_member) {
        put_selected(answer, member, &subject.into(), source);
    } else if let Some(selector) = entry.id().next() {
        for (part, pointer) in selector.split(" + ").enumerate() {
            let text = id_part(entry, pointer, subject, part);
            let number = text.parse::<u64>().ok().filter(|_| entry.kind() != Kind::Oidc && source == Source::Profile);
            put_selected(answer, pointer, &number.map_or_else(|| text.into(), Value::from), source);
        }
    }
    if let (Some(selector), Some(picture)) = (entry.picture().next(), claim(user, "picture")) {
        if selector.contains("{/") {
            for pointer in placeholders(selector).filter(|name| name.starts_with('/')) {
                put(answer, pointer, &"picture".into(), true);
            }
        } else {
            put_selected(answer, selector, &picture, source);
        }
    }
}

fn claim(user: &User, name: &str) -> Option<Value> {
    user.claims().get(name).cloned()
}

/// Puts a value where a selector without a sum or template looks for it, if that is in this answer.
fn put_selected(answer: &mut Value, selector: &str, value: &Value, source: Source) {
    let prefixed = [("token:", Source::Token), ("id_token:", Source::IdToken)];
    let found = prefixed.into_iter().find_map(|(prefix, source)| Some((source, selector.strip_prefix(prefix)?)));
    let (place, pointer) = found.unwrap_or((Source::Profile, selector));
    if place == source && pointer.starts_with('/') {
        // Of a flag that is a sum, each part is true.
        pointer.split(" + ").for_each(|pointer| put(answer, pointer, value, false));
    }
}

/// Puts a value where a JSON pointer leads, and makes what is missing on the way.
fn put(answer: &mut Value, pointer: &str, value: &Value, keep: bool) {
    let mut place = answer;
    for segment in pointer.split('/').skip(1) {
        // RFC 6901 §3.
        let segment = segment.replace("~1", "/").replace("~0", "~");
        let segment = segment.as_str();
        let (member, flag) = segment
            .strip_suffix(']')
            .and_then(|it| it.split_once('['))
            .map_or((segment, None), |(member, flag)| (member, Some(flag)));
        if !member.is_empty() {
            place = step(place, member);
        }
        if let Some(flag) = flag {
            place = flagged(place, flag);
        }
    }
    if !keep || place.is_null() {
        *place = value.clone();
    }
}

fn step<'a>(place: &'a mut Value, member: &str) -> &'a mut Value {
    let index = member.parse::<usize>().ok().filter(|_| !place.is_object());
    if let Some(index) = index {
        if !place.is_array() {
            *place = json!([]);
        }
        let elements = place.as_array_mut().map_or(0, |elements| {
            elements.resize(elements.len().max(index + 1), Value::Null);
            elements.len()
        });
        debug_assert!(elements > index);
        return &mut place[index];
    }
    if !place.is_object() {
        *place = json!({});
    }
    &mut place[member]
}

/// The element whose member `flag` is true, behind one where it is false.
fn flagged<'a>(place: &'a mut Value, flag: &str) -> &'a mut Value {
    if !place.is_array() {
        *place = json!([{ flag: false, "email": "other@example.com", "verified": true }, { flag: true }]);
    }
    &mut place[1]
}
