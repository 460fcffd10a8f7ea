//! What the sentences say to type compiles and runs.

#![allow(unused, clippy::all, clippy::pedantic, reason = "programs that are there to be compiled")]

mod each_mistake_has_its_cure;
mod scopes_of_every_kind;
mod stored_types_have_no_generics;
mod typed_first_works;

#[test]
fn what_the_sentences_say_to_type_compiles_and_runs() -> grantkit::Result<()> {
    scopes_of_every_kind::main();
    each_mistake_has_its_cure::main()?;
    stored_types_have_no_generics::main()
}
