use super::words::words;

words! {
    /// A text of an [`Entry`](super::Entry), by the letter that its lines start with in the table.
    Field {
        /// The entry's name.
        Name = "n",
        /// The service's name.
        Title = "N",
        /// Another name by which people look for it.
        Alias = "l",
        /// A parameter: name, form and default.
        Parameter = "p",
        /// A word of a parameter.
        Choice = "c",
        /// [`Endpoint::Issuer`](super::Endpoint::Issuer)
        Issuer = "i",
        /// [`Endpoint::Discovery`](super::Endpoint::Discovery)
        Discovery = "d",
        /// [`Endpoint::Authorization`](super::Endpoint::Authorization)
        Authorization = "a",
        /// [`Endpoint::Token`](super::Endpoint::Token)
        Token = "t",
        /// [`Endpoint::Refresh`](super::Endpoint::Refresh)
        Refresh = "r",
        /// [`Endpoint::Exchange`](super::Endpoint::Exchange)
        Exchange = "X",
        /// [`Endpoint::ClientCredentials`](super::Endpoint::ClientCredentials)
        ClientCredentials = "k",
        /// [`Endpoint::Revocation`](super::Endpoint::Revocation)
        Revocation = "v",
        /// [`Endpoint::Introspection`](super::Endpoint::Introspection)
        Introspection = "x",
        /// [`Endpoint::DeviceAuthorization`](super::Endpoint::DeviceAuthorization)
        DeviceAuthorization = "D",
        /// [`Endpoint::DeviceToken`](super::Endpoint::DeviceToken)
        DeviceToken = "E",
        /// [`Endpoint::Userinfo`](super::Endpoint::Userinfo)
        Userinfo = "u",
        /// [`Endpoint::EndSession`](super::Endpoint::EndSession)
        EndSession = "e",
        /// [`Endpoint::PushedAuthorizationRequest`](super::Endpoint::PushedAuthorizationRequest)
        PushedAuthorizationRequest = "P",
        /// The parameter with the client's ID.
        ClientIdParameter = "I",
        /// The parameter with the client's secret.
        ClientSecretParameter = "S",
        /// The parameter with the redirect URI.
        RedirectUriParameter = "V",
        /// The audience of assertions.
        AssertionAudience = "f",
        /// A scope of a login.
        LoginScope = "s",
        /// The scope of the e-mail address.
        EmailScope = "m",
        /// The scope of a refresh token.
        OfflineScope = "o",
        /// A parameter of every authorization request.
        AuthorizationParameter = "A",
        /// A parameter of an authorization request for a refresh token.
        OfflineParameter = "O",
        /// A member of the authorization response that is kept.
        KeptCallbackParameter = "K",
        /// A member of the authorization response that goes into the token request.
        ForwardedCallbackParameter = "F",
        /// A parameter of every token request.
        TokenRequestParameter = "T",
        /// A header of every token request.
        TokenRequestHeader = "H",
        /// Another `grant_type`.
        GrantType = "G",
        /// The object with the token response proper.
        TokenResponseContainer = "w",
        /// A member of the token response under another name.
        RenamedTokenResponseMember = "M",
        /// The URL of the profile.
        ProfileUrl = "U",
        /// The body of the profile request.
        ProfileBody = "B",
        /// A header of the profile request.
        ProfileHeader = "h",
        /// Where the token goes in the profile request.
        ProfileToken = "y",
        /// Where the ID stands.
        Id = "1",
        /// Where the e-mail address stands.
        Email = "2",
        /// Where it stands that the e-mail address is verified.
        EmailVerified = "3",
        /// Where the name stands.
        PersonName = "4",
        /// Where the picture stands.
        Picture = "5",
        /// The URL of the second request.
        EmailUrl = "6",
        /// Where the e-mail address stands in its answer.
        SecondEmail = "7",
        /// Where it stands in its answer that the address is verified.
        SecondEmailVerified = "8",
        /// The base URL of the API.
        ApiBaseUrl = "b",
        /// Where the token goes in a request to the API.
        ApiToken = "z",
        /// A header of every request to the API.
        ApiHeader = "g",
        /// The parameter with the token to be revoked.
        RevocationTokenParameter = "R",
        /// The parameter with the client's ID in a revocation.
        RevocationClientIdParameter = "j",
        /// The parameter with the client's secret in a revocation.
        RevocationClientSecretParameter = "J",
        /// A parameter of a revocation.
        RevocationParameter = "q",
        /// The page where clients are registered, and so where the keys come from.
        RegistrationUrl = "C",
    }
}

impl Field {
    pub(super) const PROFILE: &[Self] = &[Self::Id, Self::Email, Self::EmailVerified, Self::PersonName, Self::Picture];

    pub(super) const fn letter(self) -> &'static str {
        self.name()
    }

    /// All texts of the field in an entry's lines, in their order.
    pub(super) fn values(self, lines: &'static str) -> impl Iterator<Item = &'static str> {
        lines.split('\n').filter_map(move |line| line.strip_prefix(self.letter()))
    }
}
