use std::any::{TypeId, type_name};

use super::Fingerprint;

/// What tells a function that a program supplies from every other: a name for one that captures nothing, a [`Fingerprint`] for one
/// that does.
///
/// A function does what it does with the values that it captures, and two of them may be made in one place with different values: a
/// name would stand for both, and one would be served the other's tokens. So a name for a function that captures anything does not
/// compile: `cargo build` and `cargo test` say so, and `cargo check`, which does not get that far, does not.
///
/// What a function captures are the local variables that it uses. Those of its types that are parameters of what it is written in (`T`) are
/// part of its identity by themselves. A `static`, or what it finds out when it runs, is not: where the answer depends on one, give a
/// `Fingerprint` of that. A `fn` pointer may point to any function, so that a name stands for none: pass the function itself, by its path,
/// or a `Fingerprint` of what tells it.
///
/// ```
/// use grantkit::Client;
/// use grantkit::credentials::Fingerprint;
///
/// # fn example(tenant: String) -> grantkit::Result<()> {
/// let builder = Client::builder().client_id("app").public().token_endpoint("https://as.example/token")?;
/// let builder = builder.read_token_answer("nested", |answer| {
///     if let Some(serde_json::Value::Object(data)) = answer.remove("data") {
///         answer.members_mut().extend(data);
///     }
///     Ok(())
/// });
/// let client = builder.write_token_request(Fingerprint::new("tenant", &tenant), move |request| {
///     request.set("tenant", tenant.as_str());
///     Ok(())
/// });
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail
/// # let builder = grantkit::Client::builder().client_id("app").public().token_endpoint("https://as.example/token").unwrap();
/// # let tenant = std::env::args().next().unwrap();
/// builder.write_token_request("tenant", move |request| {
///     request.set("tenant", tenant.as_str()); // which tenant is not told by the name
///     Ok(())
/// });
/// ```
///
/// ```compile_fail
/// # let builder = grantkit::Client::builder().client_id("app").public().token_endpoint("https://as.example/token").unwrap();
/// # use grantkit::grant::TokenAnswer;
/// fn nested(answer: &mut TokenAnswer) -> grantkit::Result<()> {
///     answer.remove("data").map_or(Ok(()), |_| Ok(()))
/// }
/// let any: fn(&mut TokenAnswer) -> grantkit::Result<()> = nested;
/// builder.read_token_answer("nested", any); // `nested` by itself compiles
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell one function from another",
    label = "neither a name nor a `Fingerprint`",
    note = "a function that captures nothing is told by its name: a `&str`, or a `String`",
    note = "one that captures something: `Fingerprint::new(\"tenant\", &tenant)`, of all that it captures"
)]
pub trait FunctionIdentity: sealed::Sealed {
    /// Whether it tells what a function has captured.
    #[doc(hidden)]
    const TELLS_CAPTURES: bool;

    #[doc(hidden)]
    fn into_fingerprint(self) -> Fingerprint;
}

impl FunctionIdentity for &str {
    const TELLS_CAPTURES: bool = false;

    fn into_fingerprint(self) -> Fingerprint {
        Fingerprint::new("function", self)
    }
}

impl FunctionIdentity for String {
    const TELLS_CAPTURES: bool = false;

    fn into_fingerprint(self) -> Fingerprint {
        Fingerprint::new("function", self)
    }
}

impl FunctionIdentity for Fingerprint {
    const TELLS_CAPTURES: bool = true;

    fn into_fingerprint(self) -> Fingerprint {
        self
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for &str {}
    impl Sealed for String {}
    impl Sealed for super::Fingerprint {}
}

impl Fingerprint {
    /// The fingerprint of a function that a caller supplies, for a setter that takes one; see [`FunctionIdentity`].
    ///
    /// In this process, no other function has the same.
    pub fn of_function<I: FunctionIdentity, F: 'static>(identity: I, function: &F) -> Self {
        const {
            assert!(
                I::TELLS_CAPTURES || size_of::<F>() == 0,
                "this function captures values, or is a `fn` pointer, which its name does not tell from others: give a `Fingerprint` of the \
                 values in place of the name, as `Fingerprint::new(\"tenant\", &tenant)`, or the function itself in place of the pointer"
            );
        }
        let _ = function;
        let said = identity.into_fingerprint();
        let said = match type_parameters(type_name::<F>()) {
            "" => said,
            types => Self::builder().part("function", said).parameter("types", types).build(),
        };
        let id = TypeId::of::<F>();
        let local = Self::builder().local_part("function", said).local("type", format!("{id:?}")).build().local;
        // What other processes go by stays what was said: where a function is written may change with each version of a program.
        Self { local, ..said }
    }
}

/// Of a function's name, the part that differs between those that are made of one generic function.
fn type_parameters(name: &str) -> &str {
    match (name.find('<'), name.rfind('>')) {
        (Some(start), Some(end)) => name.get(start..=end).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<F: Fn() + 'static>(function: F) -> Fingerprint {
        Fingerprint::of_function("name", &function)
    }

    fn generic<T: 'static>() -> Fingerprint {
        of(|| {
            let _ = size_of::<T>();
        })
    }

    fn of_captured<T: 'static>() -> Fingerprint {
        Fingerprint::of_function(Fingerprint::new("captured", "value"), &generic::<T>)
    }

    trait Method {
        fn method() -> Fingerprint;
    }

    impl<T: 'static> Method for Vec<T> {
        fn method() -> Fingerprint {
            of(|| ())
        }
    }

    fn plain() {}

    #[test]
    fn the_types_of_a_generic_function_are_part_of_its_identity() {
        for (one, same, other) in [
            (generic::<u8>(), generic::<u8>(), generic::<u16>()),
            (of_captured::<u8>(), of_captured::<u8>(), of_captured::<u16>()),
            (Vec::<u8>::method(), Vec::<u8>::method(), Vec::<u16>::method()),
        ] {
            assert_eq!(one, same);
            assert_ne!(one.to_string(), other.to_string());
            assert!(!one.is_of_this_process());
        }
    }

    #[test]
    fn two_functions_under_one_name_are_told_apart_in_this_process_alone() {
        let (one, other) = (of(|| ()), of(plain));
        assert_ne!(one, other);
        assert_eq!(one.to_string(), other.to_string());
        // Stores have tokens under it.
        assert_eq!(one.to_string(), Fingerprint::new("function", "name").to_string());
        assert!(!one.is_of_this_process());
        let whole = Fingerprint::of_function(Fingerprint::unique(), &plain);
        assert!(whole.is_of_this_process());
    }
}
