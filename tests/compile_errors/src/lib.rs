//! The tests are in `tests/`: a file for each wrong use, whose name says what is wrong, and what the compiler says of it beside it.
