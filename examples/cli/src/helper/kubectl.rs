//! An exec credential plugin of kubectl: <https://kubernetes.io/docs/reference/config-api/client-authentication.v1/>.

use std::env;
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::screen::Screen;
use crate::time::rfc3339;

const V1: &str = "client.authentication.k8s.io/v1";
const V1_BETA: &str = "client.authentication.k8s.io/v1beta1";

/// Prints an `ExecCredential` of the version that kubectl asks for (`KUBERNETES_EXEC_INFO`).
pub(crate) fn answer(token: &str, expires_at: Option<SystemTime>, screen: Screen) -> Result<(), Failure> {
    let info = env::var("KUBERNETES_EXEC_INFO").ok().and_then(|info| serde_json::from_str::<Value>(&info).ok());
    let version = info.as_ref().and_then(|info| info.get("apiVersion")).and_then(Value::as_str).unwrap_or(V1);
    if version != V1 && version != V1_BETA {
        let unknown = format!("kubectl asks for {version:?}, and this program speaks {V1} and {V1_BETA}");
        return Err(Failure::configuration(unknown).or_next(format!("set `apiVersion: {V1}` in the kubeconfig")));
    }
    let mut status = json!({ "token": token });
    if let Some(end) = expires_at.and_then(rfc3339) {
        status["expirationTimestamp"] = end.into();
    }
    screen.line(&json!({ "apiVersion": version, "kind": "ExecCredential", "status": status }).to_string())
}
