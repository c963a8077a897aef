/** The settings of bot/. */
import { z } from 'zod';
import { DEFAULT_DATA_DIR } from './environment.ts';
import { missingForProvider, providerSettings } from './staff/provider-settings.ts';
import { weakSecrets } from './weak-secrets.ts';

const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');
const wholeNumber = (from: number, to = Number.MAX_SAFE_INTEGER) => {
  const words = to === Number.MAX_SAFE_INTEGER ? `a whole number, at least ${from}` : `a whole number from ${from} to ${to}`;
  return z.coerce.number(words).int(words).min(from, words).max(to, words);
};
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** Every core setting: its schema, default and one line for `.env.example`. */
export const coreSettings = z.object({
  PORT: wholeNumber(0, 65535).default(3978).describe('Port to listen on; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  DATA_DIR: z.string().default(DEFAULT_DATA_DIR).describe('Folder for everything written at run time.'),
  PUBLIC_URL: z
    .union(
      [z.literal(''), z.url({ protocol: /^https?$/, error: 'an http:// or https:// address, or empty' })],
      'an http:// or https:// address, or empty',
    )
    .default('')
    .describe('Address citizens use, e.g. https://assistente.comune.example; empty = the address the request came to.'),
  TRUST_PROXY: yesNo.default(false).describe('true = believe x-forwarded-for, -host and -proto (only behind a proxy of your own).'),
  RETENTION_DAYS: wholeNumber(1, 3650)
    .default(90)
    .describe('Days after which what citizens wrote and who they are is deleted; counts stay.'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.+)?$/, 'an address that starts with postgres:// or postgresql://, or empty')
    .default('')
    .describe('PostgreSQL, postgres://user:password@host/name; empty = the embedded database in DATA_DIR.'),
  INDEX: z.string().default('embedded').describe('Knowledge index.'),
  EMBEDDER: z.string().default('none').describe('Where dense vectors come from.'),
  COMPOSER: z.string().default('extractive').describe('Who words the answers.'),
  CHANNELS: list.default(['web']).describe('Channels in use, separated by commas.'),
  LANGUAGES: list
    .default(['it', 'en', 'de', 'fr', 'es', 'sl', 'ro', 'ar', 'zh', 'uk'])
    .describe('Languages in use, separated by commas; the first is the body’s own.'),
  BOOKINGS: z.string().default('embedded').describe('Where appointments are kept.'),
  LINES: z.string().default('embedded').describe('Where the lines at the counters are kept.'),
  CASES: z.string().default('embedded').describe('Where cases are kept.'),
  REPORTS: z.string().default('embedded').describe('Where reports of what is broken go.'),
  PAYMENTS: z.string().default('embedded').describe('Where payment notices are looked up.'),
  HANDOFFS: z
    .string()
    .default('embedded')
    .describe('Where people take over: embedded = the desk here (/desk); rt = tickets, answered later.'),
  MAILS: z.string().default('embedded').describe('How receipts and notices by e-mail are sent; embedded = files in DATA_DIR/mails.'),
  IDENTITIES: z.string().default('').describe('Where citizens sign in; empty = embedded (made-up citizens) in the demo, none elsewhere.'),
  OPEN311_SERVER_KEYS: list
    .default([])
    .describe('Keys with which other programs may send reports to /open311/v2, separated by commas; empty = they can only read.'),
  CRAWL_HOSTS: list
    .default([])
    .describe('host:port pairs inside the network that may be read as sources, separated by commas, e.g. intranet.comune.example:443.'),
  LINK_CHECKS: yesNo.default(true).describe('false = the addresses written in the pages are never asked whether they still answer.'),
  DEMO: yesNo.default(true).describe('true = load the demo municipality on the first start; false = an empty office.'),
  BODY_NAME: z.string().default('').describe('Name of the public body shown to citizens; empty = the demo’s, or a neutral one.'),
  MESSAGES_PER_MINUTE: wholeNumber(1).default(15).describe('Messages one citizen may send in a minute.'),
  READS_PER_MINUTE: wholeNumber(1).default(180).describe('Reads one citizen may make in a minute.'),
  ACCESSIBILITY_CONTACT: z
    .string()
    .default('')
    .describe('E-mail or phone for accessibility problems, shown in the accessibility statement.'),
  ACCESSIBILITY_STATEMENT_URL: z
    .union(
      [z.literal(''), z.url({ protocol: /^https?$/, error: 'an http:// or https:// address, or empty' })],
      'an http:// or https:// address, or empty',
    )
    .default('')
    .describe('The body’s own statement as filed with AgID (form.agid.gov.it).'),
  SECOND_FACTOR: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe('required = staff must set up an authenticator app before anything else.'),
  SECRETS_KEY: z
    .union([z.literal(''), z.string().min(24)], 'at least 24 signs, or empty')
    .default('')
    .describe(
      'Key under which staff’s authenticator secrets are kept; empty = DATA_DIR/secrets.key, or with PostgreSQL the database itself.',
    ),
  ...providerSettings,
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .union(
      [z.literal(''), z.url({ protocol: /^https?$/, error: 'an http:// or https:// address, or empty' })],
      'an http:// or https:// address, or empty',
    )
    .default('')
    .describe('OpenTelemetry collector for traces of turns (OTLP over HTTP), e.g. http://127.0.0.1:4318; empty = none.'),
  OTEL_SERVICE_NAME: z.string().default('sportello').describe('Name under which the collector knows this process.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number('a share from 0 to 1')
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of turns that are traced, 0 to 1.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is logged (on stderr, never message text).'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production = no demo accounts, secure cookies only.'),
});

export type Settings = z.infer<typeof coreSettings>;

/** Thrown with every mistake at once, one line each. */
export class BadSettings extends Error {
  mistakes: string[];
  constructor(mistakes: string[]) {
    super(
      `Settings need mending:\n${mistakes.map((line) => `  - ${line}`).join('\n')}\nSet them in the environment or in .env (see .env.example).`,
    );
    this.mistakes = mistakes;
  }
}

/** The core settings, or BadSettings with every mistake. */
export function readSettings(environment: Record<string, string>): Settings {
  const { value, mistakes } = checkSettings(coreSettings, environment);
  const together = checkTogether(environment);
  if (!value || together.length > 0) throw new BadSettings([...mistakes, ...together]);
  return value;
}

/** What is wrong with settings that are each legal alone. */
export function checkTogether(environment: Record<string, string>): string[] {
  return [...missingForProvider(environment), ...(environment['NODE_ENV'] === 'production' ? weakSecrets(environment) : [])];
}

/** Checks values against a schema; returns them, or the mistakes in words. */
export function checkSettings<T extends z.ZodType>(
  schema: T,
  environment: Record<string, string>,
): { value?: z.infer<T>; mistakes: string[] } {
  const result = schema.safeParse(environment);
  if (result.success) return { value: result.data, mistakes: [] };
  return {
    mistakes: result.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '?');
      const given = environment[name];
      const shown =
        given === undefined
          ? 'is not set'
          : /token|secret|key|password|url/i.test(name)
            ? 'has a value that cannot be used'
            : `is "${given}"`;
      return `${name} ${shown}; it must be ${legalValues(issue)}`;
    }),
  };
}

function legalValues(issue: z.core.$ZodIssue): string {
  return 'values' in issue && Array.isArray(issue.values) ? `one of ${issue.values.join(', ')}` : issue.message;
}
