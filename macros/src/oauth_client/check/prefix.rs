use super::name::Name;
use super::provider::Picked;
use crate::mistakes::Mistakes;
use crate::oauth_client::parse::{Item, Parsed};
use crate::parse::Entry;

/// The prefix of the environment variables: as given, else made from the client's name.
pub(super) fn check(
    parsed: &Parsed<'_>,
    provider: Option<&Picked>,
    name: Option<&Name>,
    mistakes: &mut Mistakes,
) -> Option<String> {
    match (parsed.keyed.get("env_prefix"), provider) {
        (Some(entry), Some(Picked::Type(_))) if has_skipped_field(parsed) => {
            let text =
                format!("`{}` has a field that is skipped, so it is not read from the environment", parsed.ident);
            mistakes.at(&entry.key, text);
            None
        }
        (Some(entry), _) => given(entry, mistakes),
        (None, Some(Picked::Name(_))) => derived(name?, mistakes),
        // Its fields may be all that it is configured by: whatever its name, it can be derived.
        (None, Some(Picked::Type(_))) => Some(screaming_snake(&name?.text)).filter(|prefix| is_variable(prefix)),
        (None, None) => None,
    }
}

/// Whether there is a field for which no configuration has a value.
pub(super) fn has_skipped_field(parsed: &Parsed<'_>) -> bool {
    matches!(&parsed.item, Item::Struct(fields) if fields.iter().any(|field| field.skip.is_some()))
}

fn given(entry: &Entry, mistakes: &mut Mistakes) -> Option<String> {
    let Some(text) = entry.value.text() else {
        entry.wrong_value(mistakes, "`env_prefix` takes a string");
        return None;
    };
    let prefix = text.value();
    let trimmed = prefix.trim_end_matches('_');
    if is_variable(trimmed) {
        return Some(trimmed.to_owned());
    }
    mistakes.at(text, "an environment variable has letters, digits and `_`, and starts with a letter");
    None
}

fn derived(name: &Name, mistakes: &mut Mistakes) -> Option<String> {
    let prefix = screaming_snake(&name.text);
    if is_variable(&prefix) {
        return Some(prefix);
    }
    let text = format!("`{}` makes no name of an environment variable; add `env_prefix = \"..\"`", name.text);
    mistakes.at_span(name.span, text);
    None
}

fn is_variable(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
}

/// `REPORTS_API` of `ReportsApi`, `MY_REPORTS_EU` of `my-reports.eu`.
fn screaming_snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, char) in chars.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|before| chars.get(before)).copied().unwrap_or('_');
        let next = chars.get(at + 1).copied().unwrap_or('_');
        let starts_word = char.is_uppercase()
            && (previous.is_lowercase() || previous.is_ascii_digit() || previous.is_uppercase() && next.is_lowercase());
        let is_separator = !char.is_alphanumeric();
        if (starts_word || is_separator) && !words.is_empty() && !words.ends_with('_') {
            words.push('_');
        }
        if !is_separator {
            words.extend(char.to_uppercase());
        }
    }
    words.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_prefix() {
        for (name, prefix) in [
            ("Billing", "BILLING"),
            ("ReportsApi", "REPORTS_API"),
            ("ReportsAPI", "REPORTS_API"),
            ("HTTPReports", "HTTP_REPORTS"),
            ("reports_api", "REPORTS_API"),
            ("my-reports.eu", "MY_REPORTS_EU"),
            ("-- my  reports --", "MY_REPORTS"),
            ("Reports2Api", "REPORTS2_API"),
        ] {
            assert_eq!(screaming_snake(name), prefix);
        }
    }

    #[test]
    fn a_variable_starts_with_a_letter() {
        assert!(is_variable("MY_REPORTS2"));
        assert!(!is_variable("3SCALE") && !is_variable("") && !is_variable("BÜRO") && !is_variable("A-B"));
    }
}
