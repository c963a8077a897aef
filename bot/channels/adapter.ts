/**
 * The Bot Framework at the edge: a Message becomes an Activity, ActivityHandler and TurnContext carry the turn, the replies come out as Activities
 * in a buffer. Nothing is sent from here: the turn's transaction writes the buffer to the transcript.
 */
import { randomUUID } from 'node:crypto';
import { type Activity, ActivityHandler, BotAdapter, type Middleware, type ResourceResponse, TurnContext } from 'botbuilder';
import type { CarriedTurn } from '../conversation/commit.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message, Reply } from '../message.ts';
import { BOT, incomingActivity, replyActivity, senderOf } from './adapter/activity.ts';

const TURN = Symbol('turn');

interface TurnInHand {
  message: Message;
  conversation: Conversation;
  takeTurn: Speaker;
  result?: TurnResult;
  sent: Partial<Activity>[];
}

class BufferingAdapter extends BotAdapter {
  carry(context: TurnContext, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(context, logic);
  }
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const turn = turnOf(context);
    return activities.map((activity) => {
      const id = randomUUID();
      turn.sent.push({ ...activity, id });
      return { id };
    });
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

const turnOf = (context: TurnContext): TurnInHand => context.turnState.get(TURN) as TurnInHand;

class Edge extends ActivityHandler {
  /** The SDK's own place for the logic of every kind of turn. A handler registered with `onTurn` would be called through three more generators. */
  protected override async onTurnActivity(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    turn.result = await turn.takeTurn(turn.message, turn.conversation);
    const activities = turn.result.replies.filter((reply) => reply.kind === 'text').map((reply) => replyActivity(reply, turn.message));
    if (activities.length > 0) await context.sendActivities(activities as Partial<Activity>[]);
  }
  /** What `run` comes to, without the generators it wraps this in for SDKs that came before promises. */
  turn(context: TurnContext): Promise<void> {
    return this.onTurnActivity(context);
  }
}

/** Creates the function that the line carries its turns with. `middleware` sees every Activity in and out. */
export function createEdge(middleware: Middleware[] = []) {
  const adapter = new BufferingAdapter().use(...middleware);
  const edge = new Edge();

  return async function carry(message: Message, conversation: Conversation, takeTurn: Speaker): Promise<CarriedTurn> {
    const turn: TurnInHand = { message, conversation, takeTurn, sent: [] };
    const context = new TurnContext(adapter, toActivity(message));
    context.turnState.set(TURN, turn);
    // Without middleware the SDK's revocable stand-in for the context would guard nothing: a good part of what the edge costs.
    await (middleware.length > 0 ? adapter.carry(context, (running) => edge.run(running)) : edge.turn(context));
    const { result } = turn;
    if (!result) throw new Error('A middleware ended the turn before it was taken');
    const timestamp = new Date().toISOString();
    const replies = result.replies.filter((reply) => reply.kind === 'text');
    return {
      result,
      activities: turn.sent.map((activity, index) => {
        const reply = replies[index]!;
        return { reply, id: activity.id!, json: JSON.stringify(forTranscript(activity, reply, timestamp)) };
      }),
    };
  };
}

/** TurnContext makes every reply a reply to the citizen's message from one bot; only the answer is one, and an agent keeps a name. */
function forTranscript(activity: Partial<Activity>, reply: Reply, timestamp: string): Record<string, unknown> {
  const { serviceUrl: _, recipient: __, replyToId, ...kept } = activity;
  return { ...kept, timestamp, from: senderOf(reply), ...(reply.answer && replyToId ? { replyToId } : {}) };
}

function toActivity(message: Message): Partial<Activity> {
  const base = { ...incomingActivity(message), recipient: BOT, serviceUrl: '' };
  if (message.kind === 'opened') return { ...base, type: 'conversationUpdate', membersAdded: [{ id: message.citizenId, name: '' }] };
  if (message.kind === 'event' || message.kind === 'desk' || message.kind === 'notice')
    return { ...base, type: 'event', name: 'sportello' };
  return base as Partial<Activity>;
}
