//! What an error says of itself, without secrets.

use std::fmt;

use super::Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        // Only where the same call may succeed: no try helps where a person or a configuration has to change first.
        if let Some(wait) = self.retry_after.filter(|_| self.is_retryable()) {
            write!(f, " (next try in {:.1} s)", wait.as_secs_f64())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("fault", &self.inner.fault).field("message", &self.inner.message);
        if let Some(status) = self.inner.status {
            out.field("status", &status.as_u16());
        }
        if let Some(failure) = &self.inner.oauth {
            out.field("oauth", failure);
        }
        if !self.inner.challenges.is_empty() {
            out.field("challenges", &self.inner.challenges);
        }
        if let Some(wait) = self.retry_after {
            out.field("retry_after", &wait);
        }
        if self.was_not_sent {
            out.field("was_not_sent", &true);
        }
        if self.inner.source.is_some() {
            out.field("causes", &Causes(self));
        }
        out.finish()
    }
}

/// The chain of what led to an error, the nearest first, as sentences: a cause's own `Debug` may show what its `Display` does not.
struct Causes<'a>(&'a Error);

/// Deeper ones say nothing new.
const MAX_CAUSES: usize = 8;

impl fmt::Debug for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = std::error::Error::source(self.0);
        let chain = std::iter::successors(first, |cause| cause.source());
        f.debug_list().entries(chain.take(MAX_CAUSES).map(ToString::to_string)).finish()
    }
}
