//! Processes are killed while the fleet runs.
