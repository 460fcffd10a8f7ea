//! Types are known elsewhere by their full names, which need not be theirs alone.

use std::any::{TypeId, type_name};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The type's identity in this process, where another type of its name came before it.
pub(super) fn clash<T: ?Sized + 'static>() -> Option<TypeId> {
    static FIRST: LazyLock<Mutex<HashMap<&'static str, TypeId>>> = LazyLock::new(Mutex::default);
    let id = TypeId::of::<T>();
    let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
    (*first.entry(type_name::<T>()).or_insert(id) != id).then_some(id)
}
