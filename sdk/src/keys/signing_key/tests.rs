//! The keys in the folder `keys` are those of the RFCs that their names say, in one form or another, or made for these tests by
//! OpenSSL and Python's `cryptography`. None is used anywhere else.

mod independent;
mod jwks;
mod loading;
mod rfc_vectors;
