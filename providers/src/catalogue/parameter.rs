use super::field::Field;

/// What a placeholder of an entry's URLs stands for, such as a tenant: a key of the provider's configuration.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    name: &'static str,
    form: Form,
    default: Option<&'static str>,
    lines: &'static str,
}

/// What may be written for a [`Parameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// A URL without a slash at its end, query or fragment: `https`, or `http` on a loopback address.
    BaseUrl,
    /// A host name, with or without a port.
    Host,
    /// Letters, digits, `.`, `_` and `-`: a part of a host name, or one segment of a path.
    Name,
    /// One of the words of [`Parameter::choices`].
    Choice,
}

/// A word that may be written for a [`Parameter`], and what it puts into the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word, such as `eu`.
    pub word: &'static str,
    /// The part, where one word stands for several texts: `{region.api}` is the part `api`; empty for `{region}`.
    pub part: &'static str,
    /// What is put in.
    pub text: &'static str,
}

impl Parameter {
    /// From `name form default`, with the default left out if there is none.
    pub(super) fn new(line: &'static str, lines: &'static str) -> Self {
        let mut words = line.splitn(3, ' ');
        let name = words.next().unwrap_or_default();
        let form = words.next().and_then(Form::named).unwrap_or(Form::Name);
        Self { name, form, default: words.next(), lines }
    }

    /// The key.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What may be written for it.
    pub fn form(&self) -> Form {
        self.form
    }

    /// What it is unless given.
    pub fn default_value(&self) -> Option<&'static str> {
        self.default
    }

    /// The words of a [`Form::Choice`].
    pub fn choices(&self) -> impl Iterator<Item = Choice> {
        let name = self.name;
        Field::Choice.values(self.lines).filter_map(move |line| {
            let (key, text) = line.strip_prefix(name)?.strip_prefix(' ')?.split_once('=')?;
            let (word, part) = key.split_once(' ').unwrap_or((key, ""));
            Some(Choice { word, part, text })
        })
    }

    /// What the word puts into the URL.
    pub fn choice(&self, word: &str, part: &str) -> Option<&'static str> {
        self.choices().find(|choice| choice.word == word && choice.part == part).map(|choice| choice.text)
    }
}

impl Form {
    /// The form of this name in the data.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "base_url" => Self::BaseUrl,
            "host" => Self::Host,
            "name" => Self::Name,
            "choice" => Self::Choice,
            _ => return None,
        })
    }
}
