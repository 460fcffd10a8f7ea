// Client certificates (RFC 8705): of the TLS connection, or as a proxy in front of it hands them on.

import { X509Certificate } from 'node:crypto';

const HEADER = 'x-client-certificate'; // PEM, percent-encoded
const VERIFIED = 'x-client-verify'; // SUCCESS

function getCertificate(ctx) {
  const header = ctx.get(HEADER);
  if (header) return new X509Certificate(decodeURIComponent(header));
  const certificate = ctx.socket.getPeerX509Certificate?.();
  return certificate && new X509Certificate(certificate.raw);
}

function certificateSubjectMatches(ctx, property, expected) {
  const { subject, subjectAltName = '' } = getCertificate(ctx);
  const alternatives = subjectAltName.split(', ');
  switch (property) {
    case 'tls_client_auth_subject_dn':
      // RFC 4514 begins with the last of what node lists in lines.
      return subject.split('\n').reverse().join(',') === expected;
    case 'tls_client_auth_san_dns':
      return alternatives.includes(`DNS:${expected}`);
    case 'tls_client_auth_san_uri':
      return alternatives.includes(`URI:${expected}`);
    case 'tls_client_auth_san_ip':
      return alternatives.includes(`IP Address:${expected}`);
    case 'tls_client_auth_san_email':
      return alternatives.includes(`email:${expected}`);
    default:
      return false;
  }
}

export const mTLS = {
  enabled: true,
  certificateBoundAccessTokens: true,
  selfSignedTlsClientAuth: true,
  tlsClientAuth: true,
  getCertificate,
  certificateAuthorized: (ctx) => ctx.get(VERIFIED) === 'SUCCESS' || ctx.socket.authorized === true,
  certificateSubjectMatches,
};

const ALIASED = {
  backchannel_authentication_endpoint: '/backchannel',
  device_authorization_endpoint: '/device/auth',
  introspection_endpoint: '/token/introspection',
  pushed_authorization_request_endpoint: '/request',
  revocation_endpoint: '/token/revocation',
  token_endpoint: '/token',
  userinfo_endpoint: '/me',
};

/** RFC 8705 §5. */
export function endpointAliases(tlsIssuer) {
  return tlsIssuer && Object.fromEntries(Object.entries(ALIASED).map(([name, path]) => [name, tlsIssuer + path]));
}
