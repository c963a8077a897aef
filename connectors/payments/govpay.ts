/** Plug: notices looked up in GovPay (pendenze v2), one by one. It only reads. */
import { z } from 'zod';
import { call } from '../call.ts';
import { ok, type Result } from '../result.ts';
import { bodyCodeSetting, type Notice, type NoticeState, type Payments, type PaymentsParts, payLink } from './contract.ts';

export const settings = z.object({
  BODY_FISCAL_CODE: bodyCodeSetting.refine((value) => value !== '', 'the 11 digits of the body’s fiscal code; needed with PAYMENTS=govpay'),
  GOVPAY_URL: z
    .url({
      protocol: /^https?$/,
      error: 'the address of GovPay’s pendenze interface, e.g. https://govpay.example/govpay/backend/api/pendenze/rs/basic/v2',
    })
    .describe('Address of GovPay’s pendenze v2 interface. Needed with PAYMENTS=govpay.'),
  GOVPAY_USER: z.string().default('').describe('User of GovPay.'),
  GOVPAY_PASSWORD: z.string().default('').describe('Password of that user.'),
});

/** A part paid is still to pay; a state we do not know is said to be unknown. */
const STATES: Record<string, NoticeState> = {
  NON_ESEGUITA: 'payable',
  ESEGUITA_PARZIALE: 'payable',
  ESEGUITA: 'paid',
  INCASSATA: 'paid',
  ANNULLATA: 'cancelled',
  SCADUTA: 'expired',
};

const day = z.preprocess(
  (value) => (typeof value === 'string' ? (/^\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? null) : null),
  z.string().nullable(),
);
const text = z.preprocess((value) => (value === null || value === undefined ? '' : String(value)), z.string());
const pending = z.object({
  stato: z.string(),
  importo: z.preprocess((value) => (value === null || value === undefined ? null : Number(value)), z.number().nonnegative().nullable()),
  dataScadenza: day,
  dataPagamento: day,
  causale: text,
});

export default async function open(_parts: PaymentsParts, given: unknown): Promise<Payments> {
  const { BODY_FISCAL_CODE, GOVPAY_URL, GOVPAY_USER, GOVPAY_PASSWORD } = settings.parse(given);
  const base = GOVPAY_URL.replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`${GOVPAY_USER}:${GOVPAY_PASSWORD}`).toString('base64')}`;

  async function find(nav: string): Promise<Result<Notice>> {
    if (!/^\d{18}$/.test(nav)) return { kind: 'not_found' };
    const answer = await call(new URL(`${base}/pendenze/byAvviso/${BODY_FISCAL_CODE}/${nav}`), {
      headers: { authorization, accept: 'application/json' },
    });
    if (answer.kind !== 'answered') return answer;
    if (answer.status === 404) return { kind: 'not_found' };
    const parsed = answer.status === 200 ? pending.safeParse(parse(answer.text)) : null;
    if (!parsed?.success) return { kind: 'down', reason: `${answer.status}: not a pendenza of GovPay` };
    const { stato, importo, dataScadenza, dataPagamento, causale } = parsed.data;
    return ok({
      nav,
      iuv: nav.startsWith('0') ? nav.slice(3) : nav.slice(1),
      bodyCode: BODY_FISCAL_CODE,
      state: STATES[stato] ?? 'unknown',
      amountCents: importo === null ? null : Math.round(importo * 100),
      dueOn: dataScadenza,
      paidOn: dataPagamento,
      reason: causale,
    });
  }

  return {
    name: 'govpay',
    capabilities: () => new Set(['by_nav']),
    async health() {
      // A number nobody has: any clear answer will do.
      const { kind } = await find('000000000000000000');
      return { state: kind === 'not_found' || kind === 'ok' ? 'up' : 'down', detail: `GovPay, ${new URL(base).host}` };
    },
    find,
    findByIuv: async () => ({ kind: 'not_allowed', need: 'unsupported' }),
    payLink,
    close: async () => {},
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
