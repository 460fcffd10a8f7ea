import { errors } from 'oidc-provider';

export const { AccessDenied, CustomOIDCProviderError, InvalidGrant, InvalidRequest, InvalidScope, InvalidTarget } = errors;
