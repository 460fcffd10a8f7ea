/// Keeps the traits of the type-state to the states that are here.
pub trait Sealed {}
