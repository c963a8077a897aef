/** The service card and its Markdown: there and back, and nothing lost. */
import { expect, test } from 'vitest';
import { completenessOf } from '../../../knowledge/documents/service-card.ts';
import { ITEMS, readCard, writeCard } from './card.ts';

const PAGE = `# Passo carraio

Un’introduzione.

## Come richiedere il permesso
Scrivi all’ufficio.

### Nel dettaglio
Serve una foto.

## Descrizione breve
Il permesso per uscire di casa con l’auto.

## Storia del servizio
Dal 1950.

## Come fare
Una seconda volta.
`;

test('sections become items under the heading they bear; what is no item stays at the end', () => {
  const card = readCard(PAGE);
  expect(card.intro).toBe('# Passo carraio\n\nUn’introduzione.');
  expect(card.items.get('Come fare')).toEqual({
    heading: 'Come richiedere il permesso',
    body: 'Scrivi all’ufficio.\n\n### Nel dettaglio\nServe una foto.',
  });
  expect(card.others).toBe('## Storia del servizio\nDal 1950.\n\n## Come fare\nUna seconda volta.');
  const written = writeCard(card);
  expect(written.indexOf('## Descrizione breve')).toBeLessThan(written.indexOf('## Come richiedere'));
  expect(writeCard(readCard(written))).toBe(written);
});

test('a card with all twelve filled in is complete with its title; an emptied item is missing again', () => {
  const card = readCard('# Prova\n');
  for (const item of ITEMS) card.items.set(item, { heading: item, body: `Testo di ${item}.` });
  expect(completenessOf(writeCard(card).replace(/^#+ /gm, ''), 'Prova')).toEqual({ present: 13, missing: [] });
  card.items.set('Cosa serve', { heading: 'Cosa serve', body: ' ' });
  expect(completenessOf(writeCard(card).replace(/^#+ /gm, ''), 'Prova')?.missing).toEqual(['Cosa serve']);
});
