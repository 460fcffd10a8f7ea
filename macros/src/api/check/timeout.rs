use quote::ToTokens;
use syn::Expr;

use crate::api::parse::ParsedRequest;
use crate::mistakes::Mistakes;
use crate::parse::Value;

/// What the time of the method's requests is limited to; that it is a `Duration` is the compiler's to check.
pub(super) fn check(request: &ParsedRequest<'_>, mistakes: &mut Mistakes) -> Option<Expr> {
    let entry = request.keyed.get("timeout")?;
    let expression = match &entry.value {
        Value::Path(_) | Value::Other(_) => syn::parse2::<Expr>(entry.value.to_token_stream()).ok(),
        Value::Nothing | Value::Literal(_) | Value::Parenthesised(_) | Value::Reported => None,
    };
    if expression.is_none() {
        entry.wrong_value(mistakes, "`timeout` takes a `Duration`: `timeout = Duration::from_secs(30)`");
    }
    expression
}
