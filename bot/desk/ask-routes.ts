/** What an agent asks of the citizen: a contact, a permission, a yes to pass the conversation to another body. */
import { Refusal, type Route } from '../http/route.ts';
import { type Asking, asking } from './consent.ts';
import type { Desk } from './desk.ts';
import { AT_THE_DESK, type Door } from './door.ts';

export interface AskParts {
  door: Door;
  desk: Pick<Desk, 'ask'>;
  citizens: { signIns: { identities: { open: boolean } } };
}

export function askRoutes({ door, desk, citizens }: AskParts): Route[] {
  return [
    {
      method: 'post',
      path: '/api/handoffs/:id/ask',
      permission: AT_THE_DESK,
      summary:
        'Ask the citizen for a contact, a sign-in, a permission, or a yes to pass the conversation to another body; nothing is done before the yes, which is noted',
      body: asking,
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        const asked = request.body as Asking;
        if (asked.what === 'sign-in' && !citizens.signIns.identities.open)
          throw new Refusal(409, 'NoSignIn', 'Qui i cittadini non possono accedere: non è collegato nessun gestore di identità.');
        await desk.ask(handoff, staff, asked, request.origin);
        return door.now(staff, handoff, 202);
      },
    },
  ];
}
