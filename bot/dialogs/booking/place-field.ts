/** Where: asked only for a service that is given in several places. */
import { z } from 'zod';
import type { Place } from '../../../connectors/bookings/contract.ts';
import { plain } from '../../conversation/filling/control.ts';
import { field, type Field } from '../../conversation/filling/form.ts';

const ANY = /\b(?:qualsiasi|qualunque|indifferente|uguale|ovunque|any|egal|importe|cualquier)\b/;

/** '' = any of them. */
export const chosenPlace = (values: Record<string, unknown>): { place?: string } =>
  typeof values['place'] === 'string' && values['place'] !== '' ? { place: values['place'] } : {};

export function placeField(places: (service: unknown) => Place[]): Field {
  const named = (text: string, among: Place[], open: boolean): Place | undefined => {
    const said = plain(text);
    const whole = among.filter(({ name }) => said.includes(plain(name)));
    if (whole.length === 1) return whole[0];
    if (!open) return undefined;
    const words = said.split(' ').filter((word) => word.length > 3 || /^\d+$/.test(word));
    const close = among.filter(({ name, address }) => words.some((word) => plain(`${name} ${address}`).split(' ').includes(word)));
    return close.length === 1 ? close[0] : undefined;
  };
  return field<string>({
    name: 'place',
    schema: z.string(),
    needs: ['service'],
    applies: ({ service }) => places(service).length > 1,
    read({ text, values }, open) {
      const found = named(text, places(values['service']), open);
      if (found) return { kind: 'value', value: found.id };
      return open && ANY.test(plain(text)) ? { kind: 'value', value: '' } : { kind: 'none' };
    },
    async check(value, { values, say }) {
      const known = value === '' || places(values['service']).some(({ id }) => id === value);
      return known ? { kind: 'ok', value } : { kind: 'refused', note: say('formNotUnderstood') };
    },
    ask({ say, values }) {
      const there = places(values['service']);
      return {
        text: say('placeAsk', { places: there.map(({ name, address }) => `${name} (${address})`).join(' · ') }),
        choices: [...there.map(({ name }) => name), say('placeAny')],
      };
    },
    label: ({ say }) => say('placeLabel'),
    called: /\b(?:sede|posto dove|place|ort|lieu)\b/i,
    show: (value, { say, values }) =>
      value === '' ? say('placeAny') : (places(values['service']).find(({ id }) => id === value)?.name ?? value),
  });
}
