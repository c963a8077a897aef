/** Below what the knowledge said: when a service was named, the offer of an appointment for it. */
import type { Service } from '../../../connectors/bookings/contract.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../../conversation/speaker.ts';
import type { Message } from '../../message.ts';
import { codesIn } from './codes.ts';
import type { Known } from './known.ts';
import { namedServices } from './named-services.ts';
import { BOOKING } from './reply.ts';
import { type Stage, stageIn } from './stages.ts';
import { askedHow } from './wished.ts';

export interface OfferParts {
  known: Known;
  speech(lang: string): Say;
  /** The knowledge. */
  ask: Speaker;
}

/** The same result with the offer; a promise only where the services must be listed, or the knowledge is asked again. */
export type OfferBelow = (message: Message, conversation: Conversation, result: TurnResult) => TurnResult | Promise<TurnResult>;

export function createOfferBelow({ known, speech, ask }: OfferParts): OfferBelow {
  function named(message: Message, conversation: Conversation, result: TurnResult, services: Service[]): TurnResult {
    const [answer, ...further] = result.replies;
    const [service, second] = namedIn(message.text, services);
    if (!answer || !service || second) {
      const stands = stageIn(conversation.state.dialog, BOOKING) !== null;
      return stands ? { ...result, state: { ...result.state, dialog: null } } : result;
    }
    const title = speech(answer.lang)('bookOffer');
    return {
      ...result,
      state: { ...result.state, dialog: { name: BOOKING, data: { stage: 'offered', service: service.id } satisfies Stage } },
      replies: [{ ...answer, choices: [{ title, value: title }, ...answer.choices] }, ...further],
    };
  }

  /** Where a wish for a service leaves the documents in doubt, how to come to it is asked. */
  async function again(message: Message, conversation: Conversation, result: TurnResult, how: string): Promise<TurnResult> {
    const services = (await known.services()) ?? [];
    const isWished = namedIn(message.text, services).length === 1;
    const asked = isWished ? await ask({ ...message, text: how }, conversation) : result;
    const told = asked.replies[0]?.answer?.outcome === 'answered' ? asked : result;
    return mayOffer(conversation, told) ? named(message, conversation, told, services) : told;
  }

  return (message, conversation, result) => {
    const how = result.replies[0]?.answer?.outcome === 'clarify' ? askedHow(message.text) : null;
    if (how !== null) return again(message, conversation, result, how);
    if (!mayOffer(conversation, result)) return result;
    const services = known.kept();
    if (services) return named(message, conversation, result, services);
    return known.services().then((listed) => named(message, conversation, result, listed ?? []));
  };
}

function mayOffer({ state }: Conversation, { replies }: TurnResult): boolean {
  const outcome = replies[0]?.answer?.outcome;
  // What was set aside, here or in another dialog, is not thrown away for an offer.
  const aside = (state.dialog?.data as { stage?: string } | undefined)?.stage === 'paused';
  return replies.length > 0 && outcome !== 'refused' && outcome !== 'failed' && !aside;
}

/** Without the codes of people, which look like words; where nothing named is in the whole, they are not looked for. */
function namedIn(text: string, services: Service[]): Service[] {
  const found = namedServices(text, services);
  if (found.length === 0) return found;
  const { rest } = codesIn(text);
  return rest === text ? found : namedServices(rest, services);
}
