//! Keys in PEM, as configurations have them.

use grantkit::Result;
use grantkit::keys::SigningKey;
use zeroize::Zeroizing;

/// The key. One that came through an environment variable has its line ends as `\n`, two characters, more often than not: they are mended.
pub(crate) fn signing_key(pem: &str) -> Result<SigningKey> {
    SigningKey::from_pem(with_line_ends(pem).as_bytes())
}

/// The same of a file, into which a variable may have been written as it was.
pub(crate) fn signing_key_in_file(content: &[u8]) -> Result<SigningKey> {
    // What is no text is no PEM, and told so.
    std::str::from_utf8(content).map_or_else(|_| SigningKey::from_pem(content), signing_key)
}

/// The text with line ends in place of `\n` and `\r\n` that are written out; no copy of a key is left behind.
pub(crate) fn with_line_ends(pem: &str) -> Zeroizing<String> {
    // It gets shorter, if anything.
    let mut text = Zeroizing::new(String::with_capacity(pem.len()));
    let mut rest = pem;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        rest = if let Some(after) = after.strip_prefix('n') {
            text.push('\n');
            after
        } else if let Some(after) = after.strip_prefix('r') {
            after
        } else {
            text.push('\\');
            after
        };
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_that_are_written_out_become_line_ends() {
        for (written, meant) in
            [("a\nb", "a\nb"), (r"a\nb\n", "a\nb\n"), (r"a\r\nb", "a\nb"), (r"a\b\", r"a\b\"), ("", "")]
        {
            assert_eq!(with_line_ends(written).as_str(), meant);
        }
    }
}
