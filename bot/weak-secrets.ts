/** In production a secret that everybody knows is worse than none: the start is refused, the value never shown. */

/** What installers, examples and haste leave behind. */
const KNOWN =
  /^(?:change[-_ ]?(?:me|it|this)|changeit|secret|segreto|password|passw0rd|parola|token|test|prova|demo|example|esempio|default|admin|sportello|x+|(?:your|my)[-_ ].*|<.*>|(.)\1*|0?1234567890?|12345678?9?|qwerty\w*)$/i;
const SHORTEST = 8;
const IS_SECRET = /(?:TOKEN|SECRET|PASSWORD|PASSWORT|_KEYS?|VERIFY_TOKEN)$|AppPassword$/;
/** Numbers and limits that end like a secret. */
const IS_NONE = /^(?:MODEL_DAILY_TOKENS)$/;

/** One line for each secret of the environment that is known or too short, and for a database address with such a password. */
export function weakSecrets(environment: Record<string, string>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (name === 'DATABASE_URL') return isWeak(passwordOf(value)) ? [`${name} holds a password that everybody knows; ${ADVICE}`] : [];
    if (!IS_SECRET.test(name) || IS_NONE.test(name)) return [];
    const weak = value.split(',').some((one) => isWeak(one.trim()) || one.trim().length < SHORTEST);
    return weak ? [`${name} is a secret that everybody knows, or shorter than ${SHORTEST} signs; ${ADVICE}`] : [];
  });
}

const ADVICE = 'in production it must be one of your own: openssl rand -base64 24';

const isWeak = (value: string): boolean => value !== '' && KNOWN.test(value);

function passwordOf(address: string): string {
  try {
    return decodeURIComponent(new URL(address).password);
  } catch {
    return '';
  }
}
