/** npm run -s bench -- turns [--conversations 200] [--seconds 30] [--pages 10000] · crash [--messages 2000] [--kills 20] · index [--passages 100000] [--questions 1000] [--baseline lancedb|minisearch] [--quick] · page [--rounds 9] · slots [--attempts 10000] [--quick] · publish [--passages 10000] [--quick] · chaos [--only] [--quick] · peak [--conversations 1000] [--seconds 60] [--quick] · scale [--processes 1,2,4] [--conversations 100] [--seconds 20] [--quick] · soak [--seconds 1200] [--rate 50] [--quick] · webhooks [--messages 10000] [--kills 20] [--seconds 30] [--quick] · desk [--agents 50] [--conversations 500] [--seconds 20] [--quick] · handoff [--runs 1000] [--together 20] [--quick] · growth [--out docs/performance] [--quick] */
import { finish, progress, readArguments } from '../bot/command-line.ts';
import { BadCommand } from '../bot/control.ts';
import { benchChaos, CASES } from './bench-chaos.ts';
import { benchCrash } from './bench-crash.ts';
import { benchDesk } from './bench-desk.ts';
import { benchGrowth } from './bench-growth.ts';
import { benchHandoff } from './bench-handoff.ts';
import { benchIndex } from './bench-index.ts';
import { benchPeak } from './bench-peak.ts';
import { benchPage } from './bench-page.ts';
import { benchPages } from './bench-pages.ts';
import { benchPublish } from './bench-publish.ts';
import { benchScale } from './bench-scale.ts';
import { benchSlots } from './bench-slots.ts';
import { benchSoak } from './bench-soak.ts';
import { benchTurns } from './bench-turns.ts';
import { benchWebhooks } from './bench-webhooks.ts';

const USAGE =
  'bench -- turns [--conversations 200] [--seconds 30] [--pages 10000], bench -- crash [--messages 2000] [--kills 20], bench -- index [--passages 100000] [--questions 1000] [--baseline lancedb] [--quick], bench -- page [--rounds 9], bench -- slots [--attempts 10000] [--quick], bench -- publish [--passages 10000] [--quick], bench -- chaos [--only R-01,R-08] [--quick], bench -- peak [--conversations 1000] [--seconds 60] [--quick], bench -- scale [--processes 1,2,4] [--seconds 20] [--quick], bench -- soak [--seconds 1200] [--rate 50] [--quick], bench -- webhooks [--messages 10000] [--kills 20] [--seconds 30] [--quick], bench -- desk [--agents 50] [--conversations 500] [--seconds 20] [--quick], bench -- handoff [--runs 1000] [--together 20] [--quick], or bench -- growth [--out docs/performance] [--quick]';

await finish(async () => {
  const [name, ...argv] = process.argv.slice(2);
  const { values, flags } = readArguments(argv, {
    values: [
      'conversations',
      'seconds',
      'messages',
      'kills',
      'rounds',
      'attempts',
      'passages',
      'pages',
      'questions',
      'baseline',
      'only',
      'processes',
      'rate',
      'agents',
      'runs',
      'together',
      'out',
    ],
    flags: ['json', 'quick'],
  });
  const number = (option: string, fallback: number): number => {
    const value = Number(values[option] ?? fallback);
    if (!Number.isInteger(value) || value < 1)
      throw new BadCommand(`--${option} is "${values[option]}"; it must be a whole number from 1 on`);
    return value;
  };
  if (name === 'turns' && values['pages'] !== undefined) {
    const sizes = { pages: number('pages', 10_000), conversations: number('conversations', 200), seconds: number('seconds', 600) };
    const figures = await benchPages({ ...sizes, progress });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  }
  if (name === 'turns')
    console.log(
      JSON.stringify(await benchTurns({ conversations: number('conversations', 200), seconds: number('seconds', 30), progress })),
    );
  else if (name === 'crash')
    console.log(JSON.stringify(await benchCrash({ messages: number('messages', 2000), kills: number('kills', 20), progress })));
  else if (name === 'index') {
    const quick = flags.has('quick');
    const { baseline } = values;
    const sizes = { passages: number('passages', quick ? 2000 : 100_000), questions: number('questions', quick ? 200 : 1000) };
    console.log(JSON.stringify(await benchIndex({ ...sizes, ...(baseline ? { baseline } : {}), progress })));
  } else if (name === 'page') console.log(JSON.stringify(await benchPage({ rounds: number('rounds', 9), progress })));
  else if (name === 'slots') {
    const quick = flags.has('quick');
    const attempts = number('attempts', quick ? 1000 : 10_000);
    const figures = await benchSlots({ attempts, reads: quick ? 20 : 200, progress });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'publish') {
    const quick = flags.has('quick');
    const figures = await benchPublish({ passages: number('passages', quick ? 1000 : 10_000), questions: quick ? 200 : 1000, progress });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'desk') {
    const quick = flags.has('quick');
    const sizes = {
      agents: number('agents', quick ? 5 : 50),
      conversations: number('conversations', quick ? 50 : 500),
      seconds: number('seconds', quick ? 5 : 20),
    };
    const figures = await benchDesk({ ...sizes, progress });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'handoff') {
    const figures = await benchHandoff({
      runs: number('runs', flags.has('quick') ? 40 : 1000),
      together: number('together', 20),
      progress,
    });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'growth') {
    const { out } = values;
    console.log(JSON.stringify(await benchGrowth({ quick: flags.has('quick'), ...(out ? { out } : {}), progress })));
  } else if (name === 'chaos') {
    const only = values['only']?.split(',');
    const strange = only?.find((id) => !CASES.some((one) => one.id === id));
    if (strange !== undefined) throw new BadCommand(`--only: "${strange}" is none of ${CASES.map(({ id }) => id).join(', ')}`);
    const figures = await benchChaos({ quick: flags.has('quick'), ...(only ? { only } : {}), progress });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'peak') {
    const quick = flags.has('quick');
    const figures = await benchPeak({
      conversations: number('conversations', quick ? 100 : 1000),
      seconds: number('seconds', quick ? 6 : 60),
      progress,
    });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'scale') {
    const quick = flags.has('quick');
    const processes = (values['processes'] ?? (quick ? '1,2' : '1,2,4')).split(',').map(Number);
    if (processes.some((count) => !Number.isInteger(count) || count < 1))
      throw new BadCommand('--processes is a list of whole numbers, e.g. 1,2,4');
    const figures = await benchScale({
      processes,
      conversations: number('conversations', 100),
      seconds: number('seconds', quick ? 8 : 20),
      progress,
    });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'soak') {
    const figures = await benchSoak({
      seconds: number('seconds', flags.has('quick') ? 30 : 1200),
      perSecond: number('rate', 50),
      progress,
    });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else if (name === 'webhooks') {
    const quick = flags.has('quick');
    const updates = number('messages', quick ? 500 : 10_000);
    const figures = await benchWebhooks({
      updates,
      kills: number('kills', quick ? 3 : 20),
      seconds: number('seconds', quick ? 5 : 30),
      rate: 100,
      progress,
    });
    console.log(JSON.stringify(figures));
    return figures.failed.length > 0 ? 1 : 0;
  } else throw new BadCommand(`"${name ?? ''}" is not a benchmark here. ${USAGE}`);
  return 0;
});
// Connections that were broken on purpose may leave something open for ever; everything has been said and stopped.
process.exit();
