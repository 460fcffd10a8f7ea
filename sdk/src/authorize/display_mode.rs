/// What the login page is shown on (`display`, OpenID Connect Core §3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DisplayMode {
    /// The whole page, as a server does unless asked.
    Page,
    /// A small window.
    Popup,
    /// A device with a touch screen.
    Touch,
    /// A feature phone.
    Wap,
}

impl DisplayMode {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Popup => "popup",
            Self::Touch => "touch",
            Self::Wap => "wap",
        }
    }
}
