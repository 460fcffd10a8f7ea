//! What the compiler says of wrong uses: each in a file of its own, whose name is the sentence. The wanted form: one error, the caret
//! under the caller's own word, what to type in the note.

#[test]
fn wrong_uses_read_as_sentences() {
    // One project for all, so that their dependencies are checked once.
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/api/*.rs");
    cases.compile_fail("tests/builder/*.rs");
    cases.compile_fail("tests/capabilities/*.rs");
    cases.compile_fail("tests/derive/*.rs");
    cases.compile_fail("tests/uses/*.rs");
}
