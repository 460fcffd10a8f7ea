use std::alloc::System;
use std::hint::black_box;

use stats_alloc::{Region, StatsAlloc};

const CALLS: usize = 1000;

/// How many allocations a call makes, on the average of a thousand; `allocator` is the program's.
pub fn allocations<T>(allocator: &StatsAlloc<System>, mut call: impl FnMut() -> T) -> usize {
    let region = Region::new(allocator);
    (0..CALLS).for_each(|_| drop(black_box(call())));
    let change = region.change();
    (change.allocations + change.reallocations) / CALLS
}
