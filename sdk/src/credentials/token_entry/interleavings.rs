//! Three actors on one entry, in every order in which they can overtake each other, or in many thousands where every order
//! is too many. It is the code itself that runs here, on the locks of a model checker (`credentials/sync.rs`).
//!
//! What holds in all of them: never two requests at a time, every waiting caller is answered (the checker reports others), no
//! older token after a newer one, and nothing from before a `clear` or a `put` after it.

mod actors;
mod rejections;
mod scenarios;
mod simulation;
