/** Settings of the staff's sign-in at the body's own OpenID Connect provider, and who may do what by its word. */
import { z } from 'zod';
import type { Role } from '../http/route.ts';

/** Strongest last. */
const BY_STRENGTH: Role[] = ['agent', 'editor', 'supervisor', 'administrator'];

export interface RoleRule {
  /** A value of the claim. */
  group: string;
  role: Role;
  /** null = every office. */
  office: string | null;
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
/** Plain http is for a provider on this machine. */
const SAFE = /^https:|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$)/;

export const providerSettings = {
  STAFF_SIGN_IN: z
    .enum(['password', 'provider', 'both'])
    .default('password')
    .describe('How staff sign in: password = users made here, provider = OpenID Connect alone, both.'),
  STAFF_OIDC_ISSUER: z
    .string()
    .regex(/^$|^https?:\/\//, 'an https:// address, or empty')
    .refine((value) => value === '' || SAFE.test(value), 'an https:// address, or empty')
    .default('')
    .describe(
      'Staff’s provider: its address; our own addresses there are PUBLIC_URL/staff/callback and, to be told who leaves, PUBLIC_URL/staff/back-channel-logout.',
    ),
  STAFF_OIDC_CLIENT_ID: z.string().default('').describe('Name the staff’s provider knows us by.'),
  STAFF_OIDC_CLIENT_SECRET: z.string().default('').describe('Secret shared with the staff’s provider.'),
  STAFF_OIDC_NAME: z.string().max(60).default('l’accesso dell’ente').describe('What the button to the provider says: "Accedi con …".'),
  STAFF_OIDC_SCOPE: z.string().default('openid profile').describe('Scopes asked for, separated by spaces.'),
  STAFF_OIDC_ROLES_CLAIM: z
    .string()
    .default('groups')
    .describe('Claim with the person’s groups; dots lead inside, e.g. realm_access.roles.'),
  STAFF_OIDC_ROLES: z
    .string()
    .transform((text, check) => {
      const rules = readRules(text);
      if (rules) return rules;
      check.addIssue({
        code: 'custom',
        message: `group=role or group=role@Office, separated by semicolons; roles: ${BY_STRENGTH.join(', ')}`,
      });
      return z.NEVER;
    })
    .default([])
    .describe('Group → role and office: group=role or group=role@Office, separated by semicolons. Who is in none does not come in.'),
  STAFF_OIDC_ACR: z
    .string()
    .transform(words)
    .default([])
    .describe(
      'The provider’s words (acr) for a sign-in that is strong enough, separated by commas; empty = any. One named counts as a second factor.',
    ),
};

export type ProviderSettings = { [name in keyof typeof providerSettings]: z.infer<(typeof providerSettings)[name]> };

/** What is missing beside a STAFF_SIGN_IN that needs a provider, one line each. */
export function missingForProvider(environment: Record<string, string>): string[] {
  if (!['provider', 'both'].includes(environment['STAFF_SIGN_IN'] ?? '')) return [];
  return ['STAFF_OIDC_ISSUER', 'STAFF_OIDC_CLIENT_ID', 'STAFF_OIDC_CLIENT_SECRET', 'STAFF_OIDC_ROLES']
    .filter((name) => !environment[name])
    .map((name) => `${name} is not set; it must be, with STAFF_SIGN_IN=${environment['STAFF_SIGN_IN']}`);
}

/** null = cannot be read. */
function readRules(text: string): RoleRule[] | null {
  const rules: RoleRule[] = [];
  for (const part of text.split(';').map((one) => one.trim())) {
    if (!part) continue;
    const [, group, role, office] = /^(.+)=(\w+)(?:@(.+))?$/.exec(part) ?? [];
    if (!group || !BY_STRENGTH.includes(role as Role)) return null;
    rules.push({ group: group.trim(), role: role as Role, office: office?.trim() ?? null });
  }
  return rules;
}

/** The strongest role that a group gives; of several offices the one without end, else the first of the list. null = none. */
export function roleOf(claims: Record<string, unknown>, claim: string, rules: RoleRule[]): Pick<RoleRule, 'role' | 'office'> | null {
  let value: unknown = claims[claim];
  if (value === undefined)
    value = claim.split('.').reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], claims);
  const groups = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
  const given = rules.filter(({ group }) => groups.includes(group));
  const strength = Math.max(...given.map(({ role }) => BY_STRENGTH.indexOf(role)));
  const best = given.filter(({ role }) => BY_STRENGTH.indexOf(role) === strength);
  const rule = best.find(({ office }) => office === null) ?? best[0];
  return rule ? { role: rule.role, office: rule.office } : null;
}
