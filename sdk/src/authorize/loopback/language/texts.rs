mod arabic;
mod chinese_simplified;
mod chinese_traditional;
mod dutch;
mod english;
mod french;
mod german;
mod hebrew;
mod italian;
mod japanese;
mod korean;
mod polish;
mod portuguese;
mod spanish;
mod swedish;

use arabic::ARABIC;
use chinese_simplified::CHINESE_SIMPLIFIED;
use chinese_traditional::CHINESE_TRADITIONAL;
use dutch::DUTCH;
pub(super) use english::ENGLISH;
use french::FRENCH;
use german::GERMAN;
use hebrew::HEBREW;
use italian::ITALIAN;
use japanese::JAPANESE;
use korean::KOREAN;
use polish::POLISH;
use portuguese::PORTUGUESE;
use spanish::SPANISH;
use swedish::SWEDISH;

/// What the page says in a language.
pub(in crate::authorize::loopback) struct Texts {
    /// As in `lang` (RFC 5646).
    pub(in crate::authorize::loopback) code: &'static str,
    pub(in crate::authorize::loopback) logged_in: &'static str,
    pub(in crate::authorize::loopback) not_logged_in: &'static str,
    pub(in crate::authorize::loopback) back: &'static str,
    pub(in crate::authorize::loopback) one_moment: &'static str,
    pub(in crate::authorize::loopback) refused: &'static str,
    pub(in crate::authorize::loopback) failed: &'static str,
    pub(in crate::authorize::loopback) close: &'static str,
    pub(in crate::authorize::loopback) program_says: &'static str,
    pub(in crate::authorize::loopback) handed_on: &'static str,
    pub(in crate::authorize::loopback) needs_script: &'static str,
    pub(in crate::authorize::loopback) login_only: &'static str,
    pub(in crate::authorize::loopback) not_its_answer: &'static str,
    pub(in crate::authorize::loopback) try_again: &'static str,
    pub(in crate::authorize::loopback) another_browser: &'static str,
    pub(in crate::authorize::loopback) begun_elsewhere: &'static str,
    pub(in crate::authorize::loopback) another_login: &'static str,
    pub(in crate::authorize::loopback) not_awaited: &'static str,
    pub(in crate::authorize::loopback) answered_already: &'static str,
    pub(in crate::authorize::loopback) has_its_answer: &'static str,
    pub(in crate::authorize::loopback) opened_already: &'static str,
    pub(in crate::authorize::loopback) works_once: &'static str,
    pub(in crate::authorize::loopback) not_understood: &'static str,
    pub(in crate::authorize::loopback) nothing_here: &'static str,
    pub(in crate::authorize::loopback) not_the_programs: &'static str,
}

impl Texts {
    /// As in `dir`.
    pub(in crate::authorize::loopback) fn direction(&self) -> &'static str {
        if matches!(self.code, "ar" | "he") { "rtl" } else { "ltr" }
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> [&'static str; 24] {
        [
            self.logged_in,
            self.not_logged_in,
            self.back,
            self.one_moment,
            self.refused,
            self.failed,
            self.close,
            self.program_says,
            self.handed_on,
            self.needs_script,
            self.login_only,
            self.not_its_answer,
            self.try_again,
            self.another_browser,
            self.begun_elsewhere,
            self.another_login,
            self.not_awaited,
            self.answered_already,
            self.has_its_answer,
            self.opened_already,
            self.works_once,
            self.not_understood,
            self.nothing_here,
            self.not_the_programs,
        ]
    }
}

pub(super) static LANGUAGES: [&Texts; 15] = [
    &ENGLISH,
    &GERMAN,
    &FRENCH,
    &SPANISH,
    &ITALIAN,
    &PORTUGUESE,
    &DUTCH,
    &POLISH,
    &SWEDISH,
    &JAPANESE,
    &KOREAN,
    &CHINESE_SIMPLIFIED,
    &CHINESE_TRADITIONAL,
    &ARABIC,
    &HEBREW,
];
