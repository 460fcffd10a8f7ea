//! A person's home, the servers and the browser of the tests.

mod browser;
mod home;
mod scripted;
mod server;
mod terminal;

pub(crate) use browser::{browse, get};
pub(crate) use home::{Home, Ran};
pub(crate) use scripted::Scripted;
pub(crate) use server::{Server, free_ports};
pub(crate) use terminal::Terminal;
