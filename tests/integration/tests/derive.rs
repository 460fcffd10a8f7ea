//! The derives, as a program uses them, and what the compiler says where they are used wrongly.

#[path = "derive/auth0.rs"]
mod auth0;
#[path = "derive/by_name.rs"]
mod by_name;
#[path = "derive/by_type.rs"]
mod by_type;
#[path = "derive/by_type_at_run_time.rs"]
mod by_type_at_run_time;
#[path = "derive/config.rs"]
mod config;
#[path = "derive/visibility.rs"]
mod visibility;

#[test]
fn mistakes_read_as_sentences() {
    trybuild::TestCases::new().compile_fail("tests/derive/ui/*.rs");
}
