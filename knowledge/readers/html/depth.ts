/** Elements within elements without end: what reads them recursively, libraries included, would run out of stack. */
import { Unreadable } from '../contract.ts';

/** Pages of content systems reach some sixty. */
const DEEPEST = 500;

interface Node {
  children?: unknown;
}

/** Throws Unreadable when an element stands within more than 500 others. Walks without recursion. */
export function refuseDeep(root: Node): void {
  let level: Node[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw tooDeep();
    level = level.flatMap((node) => (node.children as Node[] | undefined) ?? []);
  }
}

/** The same for XML that is not parsed yet, by its tags alone. */
export function refuseDeepXml(xml: string): void {
  let depth = 0;
  for (const [tag] of xml.matchAll(/<[/A-Za-z][^<>]*>/g)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>') && ++depth > DEEPEST) throw tooDeep();
  }
}

const tooDeep = () => new Unreadable(`i suoi elementi sono annidati oltre ${DEEPEST} livelli: salvalo di nuovo in una forma più semplice`);
