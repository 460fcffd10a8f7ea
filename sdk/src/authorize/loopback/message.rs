use super::language::Texts;

/// What a page tells the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    LoggedIn,
    Refused,
    Failed,
    /// The answer is encrypted for the program.
    Answered,
    /// The answer is in the fragment, and is handed on.
    OneMoment,
    /// An error that may be of another login.
    WaitsOn,
    AnotherBrowser,
    AnotherLogin,
    AnsweredAlready,
    OpenedAlready,
    NotUnderstood,
    NotHere,
    LoginOnly,
    Elsewhere,
}

/// A mark to see from afar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Success,
    Refusal,
    Error,
    Neutral,
}

impl Message {
    pub(super) fn mark(self) -> Mark {
        match self {
            Self::LoggedIn => Mark::Success,
            Self::Refused => Mark::Refusal,
            Self::Failed | Self::WaitsOn | Self::AnotherBrowser | Self::AnotherLogin | Self::NotUnderstood => {
                Mark::Error
            }
            _ => Mark::Neutral,
        }
    }

    /// The title, and the sentences below it.
    pub(super) fn words(self, texts: &Texts) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::LoggedIn => (texts.logged_in, [texts.close, ""]),
            Self::Refused => (texts.not_logged_in, [texts.refused, texts.close]),
            Self::Failed => (texts.not_logged_in, [texts.failed, texts.close]),
            Self::Answered => (texts.back, [texts.program_says, ""]),
            Self::OneMoment => (texts.one_moment, [texts.handed_on, ""]),
            Self::WaitsOn => (texts.not_logged_in, [texts.not_its_answer, texts.try_again]),
            Self::AnotherBrowser => (texts.another_browser, [texts.begun_elsewhere, ""]),
            Self::AnotherLogin => (texts.another_login, [texts.not_awaited, ""]),
            Self::AnsweredAlready => (texts.answered_already, [texts.has_its_answer, ""]),
            Self::OpenedAlready => (texts.opened_already, [texts.works_once, ""]),
            Self::NotUnderstood => (texts.not_understood, [texts.not_awaited, ""]),
            Self::NotHere => (texts.nothing_here, [texts.not_the_programs, ""]),
            Self::LoginOnly => (texts.nothing_here, [texts.login_only, ""]),
            Self::Elsewhere => (texts.one_moment, ["", ""]),
        }
    }
}
