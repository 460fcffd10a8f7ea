use super::Error;

/// What came of it when the API rejected the token of a request, or the proof that went with it: the next step depends on it.
#[derive(Clone, Debug)]
pub(crate) enum ApiRejection {
    /// The request was sent again with a renewed token, which was rejected too.
    Again,
    /// A rejection had the token renewed only just now, or tried to.
    TooSoon,
    /// There is a new token, but the body was a stream, and is spent.
    BodySpent,
    /// It asked for a nonce in the proof, which is known now, but the body was a stream, and is spent.
    NonceAskedBodySpent,
    /// It asked for a nonce in the proof, and for another when it got that.
    NonceAskedAgain,
    /// It asked for a nonce in the proof, and gave none.
    NonceNotGiven,
    /// There is no new token.
    NotRenewed(Error),
}

impl ApiRejection {
    pub(super) fn explanation(&self) -> String {
        match self {
            Self::Again => "it rejected a new token too: check the token's audience and scope".into(),
            Self::TooSoon => {
                "it was refreshed on a rejection only just now, and is not refreshed again: check the token's audience and scope"
                    .into()
            }
            Self::BodySpent => "there is a new token, but the body was a stream: send the request again".into(),
            Self::NonceAskedBodySpent => {
                "it asks for a nonce in the DPoP proof, which is known now, but the body was a stream: send the request again"
                    .into()
            }
            Self::NonceAskedAgain => "it asked for a nonce in the DPoP proof, and for another when it got that".into(),
            Self::NonceNotGiven => "it asks for a nonce in the DPoP proof, and gives none (`DPoP-Nonce`)".into(),
            Self::NotRenewed(error) => format!("the token could not be refreshed: {error}"),
        }
    }
}
