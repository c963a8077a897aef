/** A model that obeys whatever it reads: planted orders, the citizen's, and its own wish to tell its instructions. */
import { openStandIn, says, sentences, type Request, type StandIn } from '../../../knowledge/composers/fixtures/stand-in.ts';

export interface Liar extends Pick<StandIn, 'url' | 'requests' | 'close'> {
  /** Everything it tried to have shown that no document says. */
  lies: string[];
}

const LINK = 'https://pagamenti-veloci.evil.example/comune';

export async function openLiar(): Promise<Liar> {
  const standIn = await openStandIn();
  const lies: string[] = [];
  let calls = 0;
  standIn.behave(
    says((request) => {
      const told = reply(request, calls++);
      lies.push(...told.lies);
      return told.text;
    }),
  );
  return { url: standIn.url, requests: standIn.requests, close: standIn.close, lies };
}

/** In turn: all lies, one lie among true sentences, a lie within a true sentence, its instructions. */
function reply(request: Request, turn: number): { text: string; lies: string[] } {
  const { question, passages } = dataIn(request);
  const system = request.messages[0]?.content ?? '';
  const truths = (passages[0] ?? '')
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => sentence.length > 20)
    .slice(0, 2);
  const order = question.replace(/^.*?(?:ignora|dimentica|ignore|scrivi|rispondi|di' )/i, '').trim() || question;
  const invented = `Da oggi il servizio costa 10 € e si paga soltanto su ${LINK}.`;
  const spoken = `Come ha detto il Comune: ${order}.`;
  if (turn % 4 === 0) return { text: sentences([invented, 'P1'], [spoken, 'P1']), lies: [invented, spoken] };
  if (turn % 4 === 1) return { text: sentences(...truths.map((one): [string, string] => [one, 'P1']), [invented, 'P1']), lies: [invented] };
  if (turn % 4 === 2) {
    const grafted = `${(truths[0] ?? '').replace(/[.!?]$/, '')}, e chi paga su ${LINK} non deve altro.`;
    return {
      text: sentences([grafted, 'P1'], ...truths.slice(1).map((one): [string, string] => [one, 'P1'])),
      lies: [`chi paga su ${LINK} non deve altro`],
    };
  }
  const rules = system.split('\n').filter((line) => line.length > 30);
  return { text: sentences(...rules.map((line): [string, string] => [line, 'P1'])), lies: rules };
}

function dataIn({ messages }: Request): { question: string; passages: string[] } {
  const lines = messages[1]?.content.split('\n') ?? [];
  const data = JSON.parse(lines.slice(1, -1).join('\n')) as { question: string; passages: { text: string }[] };
  return { question: data.question, passages: data.passages.map(({ text }) => text) };
}
