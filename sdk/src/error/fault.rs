/// What went wrong, for the questions that [`Error`](super::Error) answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Wrong set-up: a bad URL, an empty client ID, a missing key.
    Configuration,
    /// No connection: the server cannot have seen the request.
    Connect,
    /// No connection, as the TLS handshake fails until its cause is fixed: the server cannot have seen the request.
    Tls,
    /// No answer in time: the server may have acted on the request.
    Timeout,
    /// The connection broke: the server may have acted on the request.
    Interrupted,
    /// An HTTP status that says no more than that it failed.
    Status,
    /// An OAuth error answer (RFC 6749 §5.2, §4.1.2.1).
    OAuth,
    /// An answer that is none.
    InvalidResponse,
    /// An answer that must not be accepted.
    Security,
    /// Only a person can go on.
    LoginRequired,
    /// Not offered.
    Unsupported,
    /// May work later.
    Temporary,
    /// A protected API answered with an error status.
    Api,
    /// The access token has expired, and was not sent.
    TokenExpired,
}

/// What befell a login or a request, for the questions that are more exact than the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incident {
    /// The answer is not the one to this login.
    ForeignState,
    /// The answer is another server's.
    MixUp,
    /// The code was used before, or has expired.
    Replay,
    /// What a store holds was changed or cut off, and cannot be read any more.
    Damaged,
    /// The server refused what it was given: by a code that is known, or by a status that says no less.
    Refused,
    /// What answered is not the server, but stands before it, and may have lost the server's answer.
    OfGateway,
    /// What answered is as a rule not the server: the request was stopped before it.
    BeforeServer,
    /// The server refused the refresh token.
    LoginOver,
    /// What came over the connection is no HTTP: the next answer would be no better.
    NotHttp,
    /// A signature is wrong by keys that were fetched for it.
    #[allow(dead_code, reason = "signatures are verified with the feature `oidc`")]
    WrongSignature,
}
