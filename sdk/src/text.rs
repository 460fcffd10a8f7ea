//! Text that comes from outside, made fit for people: on one line, short, without secrets.

mod line;
mod redaction;
mod server_text;

pub(crate) use line::Line;
pub use line::is_visible;
pub(crate) use redaction::Secrets;
#[cfg(test)]
pub(crate) use redaction::made;
pub(crate) use server_text::ServerText;
