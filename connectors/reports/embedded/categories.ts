/** What can be reported, as the office keeps it. */
import { z } from 'zod';
import type { Database } from '../../databases/contract.ts';
import { ok, type Result } from '../../result.ts';
import type { Attribute, Category } from '../contract.ts';

const attribute = z.object({
  code: z.string().regex(/^[\w-]{1,40}$/),
  description: z.string().min(1),
  datatype: z.enum(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']).default('string'),
  required: z.boolean().default(false),
  values: z.array(z.object({ key: z.string(), name: z.string() })).default([]),
});

export const plannedCategory = z.object({
  code: z.string().regex(/^[\w-]{1,40}$/, 'only letters, digits, - and _'),
  name: z.string().min(1),
  words: z.array(z.string()).default([]),
  description: z.string().default(''),
  group: z.string().default(''),
  office: z.string().default(''),
  days: z.number().int().min(1).max(365).nullable().default(null),
  attributes: z.array(attribute).default([]),
});
export type PlannedCategory = z.infer<typeof plannedCategory>;

/** In the office's order. */
export async function readCategories(database: Database): Promise<PlannedCategory[]> {
  const rows = await database.read.selectFrom('report_category').select('json').orderBy('position').orderBy('code').execute();
  return rows.map((row) => plannedCategory.parse(JSON.parse(row.json)));
}

/** Writes all of them anew; reports already made keep their code. */
export async function saveCategories(database: Database, input: unknown): Promise<Result<PlannedCategory[]>> {
  const parsed = z.array(plannedCategory).safeParse(input);
  if (!parsed.success)
    return { kind: 'invalid', fields: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])) };
  await database.write(async (tx) => {
    await tx.deleteFrom('report_category').execute();
    for (const [position, one] of parsed.data.entries())
      await tx
        .insertInto('report_category')
        .values({ code: one.code, position, json: JSON.stringify(one) })
        .execute();
  });
  return ok(parsed.data);
}

export const toCategory = ({ attributes, ...one }: PlannedCategory): Category => ({ ...one, hasFields: attributes.length > 0 });

/** What is missing or of the wrong kind, by `attribute[code]`. */
export function wrongAttributes(attributes: Attribute[], given: Record<string, string | string[]>): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const { code, required, datatype, values } of attributes) {
    const said = [given[code] ?? []].flat().filter((one) => one.trim() !== '');
    if (required && said.length === 0) wrong[`attribute[${code}]`] = 'serve una risposta';
    else if (datatype === 'number' && said.some((one) => !Number.isFinite(Number(one.replace(',', '.')))))
      wrong[`attribute[${code}]`] = 'serve un numero';
    else if (values.length > 0 && said.some((one) => !values.some(({ key }) => key === one)))
      wrong[`attribute[${code}]`] = `uno di: ${values.map(({ key }) => key).join(', ')}`;
    else if (said.length > 1 && datatype !== 'multivaluelist') wrong[`attribute[${code}]`] = 'una sola risposta';
  }
  return wrong;
}
