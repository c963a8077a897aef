/** Plug: notices from the CSV that the operator drops (`admin -- import-payments FILE`). */
import { z } from 'zod';
import type { PaymentNoticeTable } from '../databases/schema/cases.ts';
import { ok, type Result } from '../result.ts';
import { bodyCodeSetting, type Notice, type Payments, type PaymentsParts, payLink } from './contract.ts';

export const settings = z.object({ BODY_FISCAL_CODE: bodyCodeSetting });

export default async function open({ database }: PaymentsParts, given: unknown): Promise<Payments> {
  const { BODY_FISCAL_CODE } = settings.parse(given ?? {});

  async function one(column: 'nav' | 'iuv', value: string): Promise<Result<Notice>> {
    const rows = await database.read.selectFrom('payment_notice').selectAll().where(column, '=', value).limit(2).execute();
    // Two notices with one IUV: only the whole number tells them apart.
    const [row] = rows;
    return row && rows.length === 1 ? ok(toNotice(row, BODY_FISCAL_CODE)) : { kind: 'not_found' };
  }

  return {
    name: 'embedded',
    capabilities: () => new Set(['by_nav', 'by_iuv']),
    async health() {
      const { count } = await database.read
        .selectFrom('payment_notice')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return { state: 'up', detail: `${Number(count)} avvisi importati` };
    },
    find: (nav) => one('nav', nav),
    findByIuv: (iuv) => one('iuv', iuv),
    payLink,
    close: async () => {},
  };
}

function toNotice(row: PaymentNoticeTable, bodyCode: string): Notice {
  return {
    nav: row.nav,
    iuv: row.iuv,
    bodyCode: row.body_code || bodyCode,
    state: row.cancelled ? 'cancelled' : row.paid_on ? 'paid' : 'payable',
    amountCents: Number(row.amount_cents),
    dueOn: row.due_on,
    paidOn: row.paid_on,
    reason: row.reason,
  };
}
