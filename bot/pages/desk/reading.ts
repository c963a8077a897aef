/** The list as the page has it: the first time whole, then what differs, put together again here. */
import { api } from '../shared/staff-api.ts';
import { createOrder } from './order.ts';
import type { Listed, View } from './types.ts';

interface Answer {
  list: string;
  /** The list that `handoffs` differ from; absent = they are all. */
  since?: string;
  order?: string[];
  handoffs: Listed[];
  agentsPresent: number;
}

export function createReading() {
  const order = createOrder();
  let known: { view: View; list: string; items: Map<string, Listed> } | null = null;
  return {
    /** null = what was asked later is here already. */
    async read(view: View): Promise<{ handoffs: Listed[]; agentsPresent: number } | null> {
      const isNews = order.ask();
      const had = known?.view === view ? known : null;
      const answer = await api<Answer>('GET', `/api/handoffs?view=${view}${had ? `&since=${had.list}` : ''}`);
      if (!isNews()) return null;
      const news = new Map(answer.handoffs.map((one) => [one.id, one]));
      const handoffs =
        had && answer.since === had.list && answer.order
          ? answer.order.flatMap((id) => news.get(id) ?? had.items.get(id) ?? [])
          : answer.handoffs;
      known = { view, list: answer.list, items: new Map(handoffs.map((one) => [one.id, one])) };
      return { handoffs, agentsPresent: answer.agentsPresent };
    },
  };
}
