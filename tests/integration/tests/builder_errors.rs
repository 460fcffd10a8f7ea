//! What the compiler says of an incomplete or contradictory client: each mistake in a file of its own, whose name is the
//! sentence. The wanted form: one error, the caret under the method, what to type in the note.

#[test]
fn mistakes_read_as_sentences() {
    trybuild::TestCases::new().compile_fail("tests/builder_errors/ui/*.rs");
}

/// A part of this program, so that the compiler errors need no dependency to be built, only checked.
#[allow(unused, clippy::all, clippy::pedantic, reason = "it is there to be compiled")]
#[path = "builder_errors/cures/each_mistake_has_its_cure.rs"]
mod each_mistake_has_its_cure;
#[allow(unused, clippy::all, clippy::pedantic, reason = "it is there to be compiled")]
#[path = "builder_errors/cures/scopes_of_every_kind.rs"]
mod scopes_of_every_kind;
#[allow(unused, clippy::all, clippy::pedantic, reason = "it is there to be compiled")]
#[path = "builder_errors/cures/stored_types_have_no_generics.rs"]
mod stored_types_have_no_generics;

#[test]
fn what_the_sentences_say_to_type_compiles_and_runs() -> grantkit::Result<()> {
    scopes_of_every_kind::main();
    each_mistake_has_its_cure::main()?;
    stored_types_have_no_generics::main()
}
