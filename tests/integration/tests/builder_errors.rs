//! What the compiler says of an incomplete or contradictory client: each mistake in a file of its own, whose name is the
//! sentence. The wanted form is in STYLE.md: one error, the caret under the method, what to type in the note.

#[test]
fn mistakes_read_as_sentences() {
    trybuild::TestCases::new().compile_fail("tests/builder_errors/ui/*.rs");
}

#[test]
fn what_the_sentences_say_to_type_compiles() {
    trybuild::TestCases::new().pass("tests/builder_errors/cures/*.rs");
}
