//! What says without a request that this is one of Google's machines.

use std::env;
use std::sync::LazyLock;

/// Of Cloud Run's services and jobs, and of App Engine.
const VARIABLES: [&str; 3] = ["K_SERVICE", "CLOUD_RUN_JOB", "GAE_SERVICE"];
/// By the firmware of a virtual machine, also in its containers (google-auth, `detect_gce_residency_linux`).
const PRODUCT_NAME: &str = "/sys/class/dmi/id/product_name";

/// Whether the environment or the firmware says so. A container may hide both.
pub(super) fn is_this_machine() -> bool {
    static BY_FIRMWARE: LazyLock<bool> = LazyLock::new(|| {
        std::fs::read_to_string(PRODUCT_NAME).is_ok_and(|name| name.trim_start().starts_with("Google"))
    });
    VARIABLES.iter().any(|variable| env::var_os(variable).is_some_and(|value| !value.is_empty())) || *BY_FIRMWARE
}
