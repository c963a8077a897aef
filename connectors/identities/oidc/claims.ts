/** Who signed in, out of a provider's claims. Gateways to SPID and CIE spell them in different ways. */
import type { Level, Verified } from '../contract.ts';

export type Claims = Record<string, unknown>;

const EID = 'https://attributes.eid.gov.it/';
const FISCAL = /^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/;

/** `levels`: the provider's words for levels 1, 2 and 3; a word that is none of them is no level. */
export function levelOf(acr: unknown, levels: string[]): Level | null {
  const at = typeof acr === 'string' ? levels.indexOf(acr) : -1;
  return at >= 0 && at < 3 ? ((at + 1) as Level) : null;
}

/** `fiscalClaims`: where the fiscal code may stand, best first. Null = not said, or no fiscal code of a person. */
export function personIn(claims: Claims, fiscalClaims: string[]): Omit<Verified, 'level'> | null {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name].trim() : '');
  const fiscalCode = fiscalClaims
    .map((name) =>
      text(name)
        .toUpperCase()
        .replace(/^TINIT-/, ''),
    )
    .find((code) => FISCAL.test(code));
  if (!fiscalCode) return null;
  const given = text('given_name') || text(`${EID}given_name`);
  const family = text('family_name') || text(`${EID}family_name`) || text('familyName');
  const name = given ? [given, family].filter(Boolean).join(' ') : text('name') || family;
  return { fiscalCode, name: inCapitals(name) || fiscalCode };
}

/** Providers often write names in capitals only. */
const inCapitals = (name: string): string =>
  name === name.toUpperCase()
    ? name.toLowerCase().replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    : name;
