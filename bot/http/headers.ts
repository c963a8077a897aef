/** Security headers of every answer; pages replace the Content-Security-Policy with one that lets their own files in. */
export const securityHeaders: Record<string, string> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(self)',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-store',
};
