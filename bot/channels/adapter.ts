/**
 * The Bot Framework at the edge: a Message becomes an Activity, ActivityHandler and TurnContext carry the turn, the replies come out as Activities
 * in a buffer. Nothing is sent from here: the turn's transaction writes the buffer to the transcript.
 */
import { randomUUID } from 'node:crypto';
import {
  type Activity,
  ActivityHandler,
  BotAdapter,
  type ConversationAccount,
  type ConversationReference,
  type Middleware,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { CarriedTurn } from '../conversation/commit.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import { isoTime } from '../iso-time.ts';
import type { Message, Reply } from '../message.ts';
import { BOT, incomingActivity, replyActivity, senderOf } from './adapter/activity.ts';
import { activityJson } from './adapter/activity-json.ts';

const TURN = Symbol('turn');

class TurnInHand {
  message: Message;
  conversation: Conversation;
  takeTurn: Speaker;
  result: TurnResult | undefined;
  sent: Partial<Activity>[] = [];

  constructor(message: Message, conversation: Conversation, takeTurn: Speaker) {
    this.message = message;
    this.conversation = conversation;
    this.takeTurn = takeTurn;
  }

  /** What is said, as Activities. */
  async speak(): Promise<Partial<Activity>[]> {
    this.result = await this.takeTurn(this.message, this.conversation);
    return this.texts().map((reply) => replyActivity(reply, this.message) as Partial<Activity>);
  }

  texts(): Reply[] {
    return this.result ? textsOf(this.result) : [];
  }

  keep(activities: Partial<Activity>[]): ResourceResponse[] {
    return activities.map((activity) => {
      activity.id = randomUUID();
      this.sent.push(activity);
      return { id: activity.id };
    });
  }
}

class BufferingAdapter extends BotAdapter {
  carry(context: TurnContext, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(context, logic);
  }
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return turnOf(context).keep(activities);
  }
  // What a citizen has read stays: corrections are new messages.
  async updateActivity(): Promise<void> {
    throw new Error('Activities are not changed once they are in the transcript');
  }
  async deleteActivity(): Promise<void> {
    throw new Error('Activities are not deleted from the transcript');
  }
  // Needed by the SDK for proactive messages; ours go through the line.
  async continueConversation(): Promise<void> {
    throw new Error('Use the line to write to a conversation');
  }
}

const textsOf = ({ replies }: TurnResult): Reply[] => replies.filter((reply) => reply.kind === 'text');

function written(
  reply: Reply,
  message: Message,
  reference: Partial<ConversationReference>,
  timestamp: string,
): CarriedTurn['activities'][number] {
  const id = randomUUID();
  return { reply, id, json: activityJson(reply, message, reference, id, timestamp) };
}

const turnOf = (context: TurnContext): TurnInHand => context.turnState.get(TURN) as TurnInHand;

class Edge extends ActivityHandler {
  /** The SDK's own place for the logic of every kind of turn. A handler registered with `onTurn` would be called through three more generators. */
  protected override async onTurnActivity(context: TurnContext): Promise<void> {
    const activities = await turnOf(context).speak();
    if (activities.length > 0) await context.sendActivities(activities);
  }
}

/** Creates the function that the line carries its turns with. `middleware` sees every Activity in and out. */
export function createEdge(middleware: Middleware[] = []) {
  const adapter = new BufferingAdapter().use(...middleware);
  const edge = new Edge();

  return async function carry(message: Message, conversation: Conversation, takeTurn: Speaker): Promise<CarriedTurn> {
    if (middleware.length === 0) {
      // What the context comes to where nobody looks in between: its stand-ins and generators are a good part of what the edge costs.
      const reference = TurnContext.getConversationReference(addressOf(message));
      const result = await takeTurn(message, conversation);
      const timestamp = isoTime(Date.now());
      return { result, activities: textsOf(result).map((reply) => written(reply, message, reference, timestamp)) };
    }
    const turn = new TurnInHand(message, conversation, takeTurn);
    const context = new TurnContext(adapter, toActivity(message));
    context.turnState.set(TURN, turn);
    await adapter.carry(context, (running) => edge.run(running));
    if (!turn.result) throw new Error('A middleware ended the turn before it was taken');
    const timestamp = isoTime(Date.now());
    const replies = turn.texts();
    return {
      result: turn.result,
      activities: turn.sent.map((activity, index) => {
        const reply = replies[index]!;
        return { reply, id: activity.id!, json: JSON.stringify(forTranscript(activity, reply, timestamp)) };
      }),
    };
  };
}

/** TurnContext makes every reply a reply to the citizen's message from one bot; only the answer is one, and an agent keeps a name. */
function forTranscript(activity: Partial<Activity>, reply: Reply, timestamp: string): Record<string, unknown> {
  const replyToId = reply.answer ? activity.replyToId : undefined;
  return { ...activity, serviceUrl: undefined, recipient: undefined, timestamp, from: senderOf(reply), replyToId };
}

/** As much of a message's Activity as says where its replies go. */
const addressOf = ({ id, channel, citizenId, conversationId }: Message): Partial<Activity> => ({
  id,
  channelId: channel,
  from: { id: citizenId, name: '', role: 'user' },
  conversation: { id: conversationId } as ConversationAccount,
  recipient: BOT,
  serviceUrl: '',
});

function toActivity(message: Message): Partial<Activity> {
  const base = { ...incomingActivity(message), recipient: BOT, serviceUrl: '' };
  if (message.kind === 'opened') return { ...base, type: 'conversationUpdate', membersAdded: [{ id: message.citizenId, name: '' }] };
  if (message.kind === 'event' || message.kind === 'desk' || message.kind === 'notice')
    return { ...base, type: 'event', name: 'sportello' };
  return base as Partial<Activity>;
}
