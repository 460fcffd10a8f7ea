mod refused_jwks;
mod rfc_vectors;
mod unverified_jwt;
