use secrecy::SecretString;

/// A value that becomes a secret: text, or a [`SecretString`]. Every type that is `Into<SecretString>` is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a secret",
    label = "no text that could be kept secret",
    note = "give a `SecretString`, a `String` or a `&str`; of an `Option`, take the value out first",
    note = "a client without a secret says `.public()` in place of `.client_secret(..)`"
)]
pub trait IntoSecret: Into<SecretString> {}

#[diagnostic::do_not_recommend]
impl<T: Into<SecretString>> IntoSecret for T {}
