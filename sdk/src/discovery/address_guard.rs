//! How far inside an API is, and so how far what it names may lead (server-side request forgery, RFC 9728 §7.7).

use url::{Host, Url};

use crate::error::{Error, Result};
use crate::transport::{Location, Transport};
use crate::wire::{AddressKind, AddressScope};

/// The way to an API, and to what it names.
#[derive(Debug)]
pub(super) struct AddressGuard {
    api: Url,
    transport: Transport,
    /// `None` as long as the API has not answered.
    place: Option<Place>,
}

/// Where an API is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    scope: AddressScope,
    /// It is taken to be outside, as nothing tells: it has answered by way of a proxy or a resolver of the program's own, or from an address
    /// of an overlay network or the like.
    is_hidden: bool,
}

impl AddressGuard {
    pub(super) fn new(api: &Url, transport: Transport, accepts_private_addresses: bool) -> Self {
        let written = AddressKind::of(api);
        let is_name = written == AddressKind::Public && matches!(api.host(), Some(Host::Domain(_)));
        let place = if accepts_private_addresses {
            Some(Place::at(AddressScope::of(api).min(AddressScope::Private)))
        } else {
            (!is_name).then(|| Place::of_server(written.scope_of_server()))
        };
        Self { api: api.clone(), transport, place }
    }

    /// Whether it is still to be found out where the API is, which no request to this address would tell.
    pub(super) fn is_unknown_after(&self, location: &str) -> bool {
        self.place.is_none() && !self.is_of_api(location)
    }

    /// Where the API is, as far as that is known.
    pub(super) fn place(&self) -> Place {
        self.place.unwrap_or(Place::at(AddressScope::Public))
    }

    /// The transport for an address that the API has named, or for its own. The program has named that: the first answer from there,
    /// which comes with a certificate for the API's name, tells where the API is; it is to be [learnt](Self::learn).
    pub(super) fn to(&self, location: &str) -> (Transport, Option<Location>) {
        if self.place.is_none() && self.is_of_api(location) {
            let (transport, location) = self.transport.locating();
            return (transport, Some(location));
        }
        (self.within(), None)
    }

    pub(super) fn learn(&mut self, location: Option<&Location>) {
        let answered = location.filter(|location| location.has_answered()).map(Location::scope);
        if let Some(scope) = answered {
            self.place = Some(Place::of_server(scope));
        }
    }

    /// A transport that leads nowhere further inside than the API is.
    pub(super) fn within(&self) -> Transport {
        self.transport.guarded(self.place().scope)
    }

    fn is_of_api(&self, location: &str) -> bool {
        Url::parse(location).is_ok_and(|location| location.origin() == self.api.origin())
    }
}

impl Place {
    pub(super) fn at(scope: AddressScope) -> Self {
        Self { scope, is_hidden: false }
    }

    /// Where a server is, as far as its address tells.
    fn of_server(scope: Option<AddressScope>) -> Self {
        Self { scope: scope.unwrap_or(AddressScope::Public), is_hidden: scope.is_none() }
    }

    pub(super) fn scope(self) -> AddressScope {
        self.scope
    }

    /// Refuses an address that is further inside than the API.
    pub(super) fn check(self, what: &str, target: &str) -> Result<()> {
        self.scope.check(what, target).map_err(|error| self.explained(error))
    }

    /// With what helps where the API's place is not known, if it is about that.
    pub(super) fn explained(self, error: Error) -> Error {
        if self.is_hidden && error.is_security() {
            return error.with_cure(
                "it is not known where the API is, which is reached by a proxy or a resolver of the program's own, or has an address of an \
                 overlay network: if it is in a private network itself, call `.danger_accept_private_addresses()` on its discovery",
            );
        }
        error
    }
}
