/** What is not a question to the documents, by rules alone: a person asked for, an emergency, a courtesy. */
import type { UnderstoodQuestion } from './question.ts';
import { certainRoute } from './routing/route.ts';

type Kind = UnderstoodQuestion['kind'];

/** `detail`: which numbers to show, or which courtesy to return. What is only likely stays a question: the documents may answer it. */
export function recogniseIntent(text: string): { kind: Kind; detail?: string } {
  const route = certainRoute(text);
  if (!route || (route.intent !== 'emergency' && route.intent !== 'smalltalk' && route.intent !== 'human')) return { kind: 'question' };
  return { kind: route.intent, ...(route.detail === undefined ? {} : { detail: route.detail }) };
}
