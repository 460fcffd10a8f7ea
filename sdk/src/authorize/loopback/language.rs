mod texts;

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

pub(super) use texts::Texts;
use texts::{ENGLISH, LANGUAGES};

/// The texts in the language that the browser asks for first of those that there are (RFC 9110 §12.5.4); else in English.
pub(super) fn of_browser(headers: &HeaderMap) -> &'static Texts {
    let lines = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
    let mut asked: Vec<_> = lines.flat_map(|line| line.split(',')).filter_map(range).collect();
    // Stable: of equal ones the first.
    asked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    asked.iter().find_map(|(range, _)| find(range)).unwrap_or(&ENGLISH)
}

/// A language range with its weight; `None` for one that is not wanted.
fn range(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';');
    let range = parts.next()?.trim();
    let weight =
        parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
    (weight > 0.0 && !range.is_empty()).then_some((range, weight))
}

fn find(range: &str) -> Option<&'static Texts> {
    let range = range.to_ascii_lowercase();
    let is_traditional = ["zh-hant", "zh-tw", "zh-hk", "zh-mo"].iter().any(|prefix| range.starts_with(prefix));
    let language = range.split('-').next().unwrap_or_default();
    let code = match language {
        "zh" if is_traditional => "zh-Hant",
        "zh" => "zh-Hans",
        // Hebrew by its former code.
        "iw" => "he",
        language => language,
    };
    LANGUAGES.iter().copied().find(|texts| texts.code == code)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of(accepted: &'static str) -> &'static str {
        of_browser(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(accepted))])).code
    }

    #[test]
    fn the_language_is_the_first_of_the_browsers_that_there_is() {
        assert_eq!(of("de"), "de");
        assert_eq!(of("de-CH,fr;q=0.9"), "de");
        assert_eq!(of("fr;q=0.5, es;q=0.8"), "es");
        assert_eq!(of("tlh, ja;q=0.3"), "ja");
        assert_eq!(of("de;q=0, fr;q=0.1"), "fr");
        assert_eq!(of("en-GB,de;q=0.9"), "en");
        assert_eq!(
            (of("zh-TW"), of("zh-CN"), of("zh"), of("zh-Hant-HK")),
            ("zh-Hant", "zh-Hans", "zh-Hans", "zh-Hant")
        );
        for other in ["", "tlh", "*", ";q=1", "de;q=x", "\u{7f}", ",,,"] {
            let code = HeaderValue::from_str(other)
                .map(|value| of_browser(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, value)])).code);
            assert_eq!(code.unwrap_or("en"), "en", "{other:?}");
        }
        assert_eq!(of_browser(&HeaderMap::new()).code, "en");
    }

    #[test]
    fn every_language_has_every_text_and_its_direction() {
        for texts in LANGUAGES {
            for text in texts.all() {
                assert!(!text.is_empty() && !text.contains(['<', '&', '"', '\'']), "{}: {text}", texts.code);
            }
            assert_eq!(texts.direction(), if ["ar", "he"].contains(&texts.code) { "rtl" } else { "ltr" });
        }
        let codes: std::collections::BTreeSet<_> = LANGUAGES.iter().map(|texts| texts.code).collect();
        assert_eq!(codes.len(), LANGUAGES.len());
    }
}
