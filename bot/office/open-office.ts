/** Opens what the body's own systems are reached by: one plug for each of the office's sockets. */
import type { Bookings, OpenBookings } from '../../connectors/bookings/contract.ts';
import type { Cases, OpenCases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Handoffs, OpenHandoffs } from '../../connectors/handoffs/contract.ts';
import type { Lines, OpenLines } from '../../connectors/lines/contract.ts';
import type { Mails, OpenMails } from '../../connectors/mails/contract.ts';
import type { OpenPayments, Payments } from '../../connectors/payments/contract.ts';
import type { OpenReports, Reports } from '../../connectors/reports/contract.ts';
import type { Plug, Socket } from '../plugs.ts';

export interface Office {
  bookings: Bookings;
  lines: Lines;
  cases: Cases;
  reports: Reports;
  payments: Payments;
  mails: Mails;
  handoffs: Handoffs;
}

export async function openOffice(
  plugs: Record<Socket, Plug[]>,
  { database, dataDir }: { database: Database; dataDir: string },
): Promise<Office & { close(): Promise<void> }> {
  const open = <T>(socket: Socket): Promise<T> => {
    const plug = plugs[socket][0];
    if (!plug) throw new Error('a socket has no plug');
    return (
      plug.module.default as unknown as (
        ...parts: Parameters<OpenBookings | OpenLines | OpenCases | OpenReports | OpenPayments>
      ) => Promise<T>
    )({ database }, plug.settings);
  };
  const bookings = await open<Bookings>('BOOKINGS');
  const lines = await open<Lines>('LINES');
  const cases = await open<Cases>('CASES');
  const reports = await open<Reports>('REPORTS');
  const payments = await open<Payments>('PAYMENTS');
  const mails = await openMails(plugs.MAILS[0], dataDir);
  const handoffs = await openHandoffs(plugs.HANDOFFS[0]);
  return {
    bookings,
    lines,
    cases,
    reports,
    payments,
    mails,
    handoffs,
    async close() {
      await handoffs.close();
      await mails.close();
      await payments.close();
      await reports.close();
      await cases.close();
      await lines.close();
      await bookings.close();
    },
  };
}

async function openHandoffs(plug: Plug | undefined): Promise<Handoffs> {
  if (!plug) throw new Error('a socket has no plug');
  return (plug.module.default as unknown as OpenHandoffs)({}, plug.settings);
}

async function openMails(plug: Plug | undefined, dataDir: string): Promise<Mails> {
  if (!plug) throw new Error('a socket has no plug');
  return (plug.module.default as unknown as OpenMails)({ dataDir }, plug.settings);
}
