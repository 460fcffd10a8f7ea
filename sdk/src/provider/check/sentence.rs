/// Long enough for the names of a struct, a provider and all keys of a provider.
const CAPACITY: usize = 1024;

/// A sentence that is put together while compiling.
#[derive(Clone, Copy)]
pub(super) struct Sentence {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Sentence {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0 }
    }

    /// What no longer fits is left out as a whole.
    pub(super) const fn text(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if self.length + text.len() > CAPACITY {
            return self;
        }
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    pub(super) const fn quoted(self, name: &str) -> Self {
        self.text("`").text(name).text("`")
    }

    pub(super) const fn did_you_mean(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.text("; did you mean ").quoted(name).text("?"),
            None => self,
        }
    }

    pub(super) const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "a setting is wrong",
        }
    }

    /// Ends the compilation with it.
    #[track_caller]
    pub(super) const fn fail(self) -> ! {
        panic!("{}", self.as_str())
    }
}
