/** A form: fields with a schema, how each is heard, checked, asked and shown. Its state is plain JSON. */
import type { z } from 'zod';
import type { Say } from '../../../knowledge/languages/speak.ts';

export interface FormState {
  form: string;
  /** Idempotency key of what the form does: kept as long as the form is, so that a repeated confirmation does it once. */
  key: string;
  values: Record<string, unknown>;
  /** Names whose value passed its check. */
  checked: string[];
  /** Names in the order the citizen gave them: "back" takes the last. */
  given: string[];
  /** The field asked for; null while the summary is shown. */
  open: string | null;
  stage: 'filling' | 'confirming';
  /** Failures in a row, by field; '' is the summary. */
  misses: Record<string, number>;
  /** Choices shown last: "the second one" is said of them. */
  offered: string[];
  /** The last turn answered a question in between: a mere "ok" may belong to that answer. */
  interrupted: boolean;
  /** Questions in between, in a row. */
  asides?: number | undefined;
}

/** A question with the choices that go with it. */
export interface Asked {
  text: string;
  choices: string[];
}

/** What a field may look at. */
export interface Around {
  text: string;
  lang: string;
  now: Date;
  values: Record<string, unknown>;
  offered: string[];
  /** Name of the field just asked for. */
  open: string | null;
  say: Say;
}

export type Reading =
  | { kind: 'none' }
  | { kind: 'value'; value: unknown }
  /** Said, but not taken: `text` says why. */
  | { kind: 'wrong'; text: string }
  /** Heard, but open to more than one meaning. */
  | { kind: 'doubt'; ask: Asked };

export type Checked =
  | { kind: 'ok'; value: unknown; note?: string }
  /** Kept, but not complete. */
  | { kind: 'more'; value: unknown; note?: string; ask: Asked }
  /** Dropped. */
  | { kind: 'refused'; note: string }
  /** The form cannot go on. */
  | { kind: 'stop'; note: string };

export interface Field<V = unknown> {
  name: string;
  schema: z.ZodType<V>;
  /** Fields whose checked value this one's check looks at; when one changes, this one is checked again. */
  needs?: string[];
  /** Never asked for; taken when it is said. */
  optional?: boolean;
  /** Absent = always. A field that does not apply is neither asked nor shown; `needs` names what it depends on. */
  applies?(values: Record<string, unknown>): boolean;
  /** What a message says of it. `open`: it is the question just asked. Pure. */
  read(around: Around, open: boolean): Reading;
  /** Compares a value with the world; it may keep something aside for it (a hold), and be called again with the same value. */
  check?(value: V, around: Around): Promise<Checked>;
  ask(around: Around): Asked | Promise<Asked>;
  /** Its name in words. */
  label(around: Around): string;
  /** What is left of a value when the citizen points at the field to change it; absent = nothing. */
  reopen?(value: V, around: Around): V;
  /** Words by which the citizen points at it: "the phone number is wrong". */
  called?: RegExp;
  /** Its line in the summary; null = none. */
  show(value: V, around: Around): string | null;
}

export interface Form {
  name: string;
  fields: Field[];
  /** Says above and below the summary what confirming does. */
  confirm(around: Around): { before: string; after: string; choices: string[] };
  /** What a bare "no" at the summary means. */
  refusal: 'change' | 'cancel';
  /** Other words that confirm this form ("cancel it"). */
  yes?: RegExp;
  /** Words that would leave another form but are this one's own subject ("cancel"). */
  own?: RegExp;
}

/** Hides the type of a field's value behind its schema: what is not such a value never reaches `check` or `show`. */
export function field<V>(of: Field<V>): Field {
  const { check, show, reopen } = of;
  return {
    ...of,
    ...(check && { check: (value: unknown, around: Around) => check(of.schema.parse(value), around) }),
    ...(reopen && { reopen: (value: unknown, around: Around) => reopen(of.schema.parse(value), around) }),
    show: (value, around) => {
      const parsed = of.schema.safeParse(value);
      return parsed.success ? show(parsed.data, around) : null;
    },
  } as Field;
}

export const emptyForm = (form: string, key: string, values: Record<string, unknown> = {}): FormState => ({
  form,
  key,
  values,
  checked: [],
  given: Object.keys(values),
  open: null,
  stage: 'filling',
  misses: {},
  offered: [],
  interrupted: false,
});
