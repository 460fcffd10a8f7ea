//! The derives, as a program uses them. What the compiler says where they are used wrongly: `tests/compile_errors`.

#[path = "../../../compile_errors/tests/support/auth0.rs"]
mod auth0;
mod by_name;
mod by_type;
mod by_type_at_run_time;
mod config;
mod visibility;
