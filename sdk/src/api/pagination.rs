//! Answers that come in pages, read as one stream.

mod items;
mod link_header;
mod next_page;
mod page;
mod pages;
mod rules;
#[cfg(test)]
mod tests;
mod walk;

pub use items::Items;
pub use page::Page;
pub use pages::Pages;
pub use rules::Pagination;
