/** Distinct questions in the demo's own words: no two alike, so that no cache of answers can help. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DOCUMENTS = resolve(import.meta.dirname, '../../knowledge/demo/documents');

/** Words that would open the booking or the ticket form: this measures answers. */
const STARTS_A_FORM = /prenot|appuntam|disd|annull|spost|cancell|rinvi|bigliett|turno|coda|fila|agenda/;

const frames = [
  (a: string, b: string) => `Quanto costa ${a} se ho già ${b}?`,
  (a: string, b: string) => `Quali documenti servono per ${a} e ${b}?`,
  (a: string, b: string) => `Dove devo andare per ${a} con ${b}?`,
  (a: string, b: string) => `Entro quando si fa ${a} dopo ${b}?`,
  (a: string, b: string) => `Posso chiedere ${a} senza ${b}?`,
  (a: string, b: string) => `Come funziona ${a} per chi ha ${b}?`,
];

/** Gives a function that makes the n-th question; the same n gives the same question. */
export function questionMaker(): (n: number) => string {
  const pairs = vocabulary();
  return (n) => {
    const first = pairs[(n * 7919) % pairs.length]!;
    const second = pairs[(n * 104_729 + 31) % pairs.length]!;
    return `${frames[n % frames.length]!(first, second)} (${n})`;
  };
}

/** Pairs of neighbouring words, as people put them together. */
function vocabulary(): string[] {
  const pairs = new Set<string>();
  for (const file of readdirSync(DOCUMENTS).filter((name) => name.endsWith('.md'))) {
    const words =
      readFileSync(join(DOCUMENTS, file), 'utf8')
        .toLowerCase()
        .match(/\p{L}{4,}/gu) ?? [];
    for (let i = 0; i + 1 < words.length; i += 3) {
      const pair = `${words[i]} ${words[i + 1]}`;
      if (!STARTS_A_FORM.test(pair)) pairs.add(pair);
    }
  }
  return [...pairs];
}
