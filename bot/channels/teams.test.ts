import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reply } from '../conversation/fixtures/small-speaker.ts';
import type { ChooseSpeaker } from '../conversation/speaker.ts';
import type { Reply } from '../message.ts';
import { type RunningChannel, startChannel } from './fixtures/start-channel.ts';
import { APP, type Forging, startTeams, type TeamsService } from './fixtures/teams-service.ts';
import openTeams from './teams.ts';

let teams: TeamsService;
let running: RunningChannel;
const begin = async (options: Parameters<typeof startChannel>[2] = {}) => {
  running = await startChannel(openTeams, { ...APP, MICROSOFT_STAND_IN: teams.root }, options);
  teams.register(`${running.origin}/api/messages`);
};
const saying =
  (make: (text: string) => Partial<Reply>): ChooseSpeaker =>
  (message) =>
  async (_message, { state }) => ({
    state,
    replies: [
      message.kind === 'text'
        ? { ...reply('', { outcome: 'dialog', answerId: randomUUID() }), ...make(message.text) }
        : reply('Ciao, sono un sistema automatico.'),
    ],
  });

beforeEach(async () => {
  teams = await startTeams();
  // The library tells the console of every token it refuses.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await running?.stop();
  await teams.stop();
});

test('a message with the service’s token is greeted and answered once, however often it comes', async () => {
  await begin();
  const anna = teams.citizen('anna');
  const message = anna.write({ text: '<at>Sportello</at> ciao' });
  for (let i = 0; i < 3; i++) expect(await teams.post(message)).toBe(200);
  await expect.poll(() => anna.texts()).toEqual(['Ciao, sono un sistema automatico.', 'Eco: ciao (1)']);
});

test('forged tokens are refused, every one of them, and nothing is answered', async () => {
  await begin();
  const anna = teams.citizen('anna');
  const forged: [string, Forging][] = [
    ['for another bot', { audience: 'altro' }],
    ['expired', { expires: -400 }],
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['for another service', { serviceUrl: 'https://evil.example' }],
    ['with a key that is not for this channel', { kid: 'senza' }],
    ['with a strange key', { key: teams.stranger }],
    ['with an unknown key', { kid: 'nessuna', key: teams.stranger }],
    ['unsigned', { alg: 'none' }],
    ['signed with the public key', { alg: 'HS256' }],
  ];
  for (const [name, forging] of forged)
    expect([name, await teams.post(anna.write({ text: 'x' }), `Bearer ${teams.token(forging)}`)]).toEqual([name, 401]);
  for (const header of [null, 'Bearer abc', 'Bearer ', 'Basic YTpi']) expect(await teams.post(anna.write({ text: 'x' }), header)).toBe(401);
  expect(running.turns).toEqual([]);
  // A good token for a service that is none of Microsoft's.
  const elsewhere = 'http://127.0.0.1:9';
  expect(await teams.post(anna.write({ text: 'x', serviceUrl: elsewhere }), `Bearer ${teams.token({ serviceUrl: elsewhere })}`)).toBe(403);
  expect(await teams.post(anna.write({ text: 'x' }))).toBe(200);
  await expect.poll(() => running.turns).toEqual(['x']);
});

test.each([3, 9])('%i choices are a card; the chosen one says its value', async (count) => {
  const choices = Array.from({ length: count }, (_, index) => ({ title: `Voce ${index}`, value: `valore ${index}` }));
  await begin({
    chooseSpeaker: saying((text) => ({ text: `Hai detto ${text}, [leggi](/privacy)`, choices: text === 'x' ? choices : [] })),
  });
  const anna = teams.citizen('anna');
  await anna.say('x');
  await expect.poll(() => anna.last()?.choices.length).toBe(count);
  expect(anna.last()!.text).toContain(`[leggi](${running.origin}/privacy)`);
  await anna.press(`Voce ${count - 1}`);
  await expect.poll(() => anna.texts().at(-1)).toContain(`Hai detto valore ${count - 1}`);
});

test('the service’s trouble is tried again, a shut door is a dead letter; groups are left alone', async () => {
  await begin();
  const anna = teams.citizen('anna');
  teams.faults.push(502, 429);
  await anna.say('uno');
  await expect.poll(() => anna.texts()).toEqual(['Ciao, sono un sistema automatico.', 'Eco: uno (1)']);
  await teams.post(anna.write({ text: 'gruppo', conversation: { id: 'g', conversationType: 'groupChat' } }));
  teams.faults.push(403);
  await anna.say('tre');
  await expect.poll(() => running.line.listDeadLetters()).toMatchObject([{ channel: 'teams', error: 'the service answers 403' }]);
  expect(running.turns).toEqual(['uno', 'tre']);
});

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const picture = (url: string) => ({ contentType: 'image/*', contentUrl: url });
const mirror = { contentType: 'text/html', content: '<p>ciao</p>' };

test('a picture in the message is fetched with the bot’s token, a file without it; both are what their bytes say', async () => {
  await begin();
  const anna = teams.citizen('anna');
  teams.files.set('/v3/attachments/1/views/original', { content: JPEG });
  teams.files.set('/personal/anna/modulo', { content: Buffer.from('%PDF-1.7\n'), open: true });
  await teams.post(anna.write({ text: '', attachments: [picture(`${teams.root}/v3/attachments/1/views/original`), mirror] }));
  const info = { downloadUrl: `${teams.root}/personal/anna/modulo`, uniqueId: '1', fileType: 'pdf' };
  const file = {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: 'https://x.sharepoint.com/modulo.pdf',
    name: 'modulo.pdf',
    content: info,
  };
  await teams.post(anna.write({ text: 'ecco il modulo', attachments: [file] }));
  const uploads = () => running.database.read.selectFrom('upload').select(['name', 'content_type', 'bytes']).orderBy('name').execute();
  await expect.poll(uploads).toEqual([
    { name: 'foto.jpg', content_type: 'image/jpeg', bytes: JPEG.length },
    { name: 'modulo.pdf', content_type: 'application/pdf', bytes: 9 },
  ]);
  expect(teams.asked).toEqual([
    { path: '/v3/attachments/1/views/original', authorization: 'Bearer gettone' },
    { path: '/personal/anna/modulo', authorization: undefined },
  ]);
  expect(await running.database.read.selectFrom('channel_media').selectAll().execute()).toEqual([]);
});

test('the bot’s token goes nowhere but to the service the message came from, and no address leads inside', async () => {
  await begin();
  const anna = teams.citizen('anna');
  const inside = await startTeams();
  inside.files.set('/segreto', { content: JPEG, open: true });
  teams.files.set('/altrove', { content: JPEG, to: `${inside.root}/segreto` });
  const download = (downloadUrl: string) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name: 'foto.jpg',
    content: { downloadUrl, fileType: 'jpg' },
  });
  const sent = [
    picture(`${inside.root}/segreto`),
    picture(`${teams.root}/altrove`),
    picture('file:///etc/passwd'),
    download(`${inside.root}/segreto`),
    download('http://169.254.169.254/latest/meta-data'),
    download('http://127.0.0.1:22/'),
  ];
  for (const one of sent) expect(await teams.post(anna.write({ text: 'foto', attachments: [one] }))).toBe(200);
  await expect.poll(() => running.turns.length).toBe(sent.length);
  await expect.poll(() => teams.asked.map(({ path }) => path)).toContain('/altrove');
  // What is forbidden is left at once; what failed otherwise is tried again, and never arrives.
  await expect
    .poll(async () => (await running.database.read.selectFrom('channel_media').selectAll().execute()).length)
    .toBeLessThanOrEqual(1);
  expect(inside.asked).toEqual([]);
  expect(await running.database.read.selectFrom('upload').select('bytes').where('bytes', '>', 0).execute()).toEqual([]);
  await inside.stop();
});

test('a file that is too large or of no kind that we take is not kept; a service that ails is asked again', async () => {
  await begin();
  const anna = teams.citizen('anna');
  teams.files.set('/grande', { content: Buffer.concat([Buffer.from(JPEG), Buffer.alloc(11 * 2 ** 20)]) });
  teams.files.set('/programma', { content: Buffer.from('MZ\0\0') });
  teams.files.set('/dopo', { content: JPEG, status: 503 });
  for (const path of ['grande', 'programma', 'dopo'])
    await teams.post(anna.write({ text: '', attachments: [picture(`${teams.root}/${path}`)] }));
  const waiting = () => running.database.read.selectFrom('channel_media').select('attempts').execute();
  await expect.poll(async () => (await waiting()).map(({ attempts }) => attempts > 0)).toEqual([true]);
  teams.files.set('/dopo', { content: JPEG });
  await expect.poll(waiting).toEqual([]);
  expect(await running.database.read.selectFrom('upload').select('bytes').execute()).toEqual([{ bytes: JPEG.length }]);
});

test('a place comes as coordinates; voice, video and cards of others are told to be unreadable', async () => {
  const heard: { text: string; value: unknown }[] = [];
  await begin({
    chooseSpeaker:
      (message) =>
      async (_, { state }) => {
        if (message.kind === 'text') heard.push({ text: message.text, value: message.value });
        return { state, replies: [reply('Sì.', { outcome: 'dialog', answerId: randomUUID() })] };
      },
  });
  const anna = teams.citizen('anna');
  const geo = { type: 'GeoCoordinates', latitude: 45.0703, longitude: 7.6869 };
  const said: object[] = [
    {
      entities: [
        { type: 'clientInfo', country: 'IT' },
        { type: 'Place', geo, name: 'Piazza' },
      ],
    },
    { entities: [geo] },
    { text: 'via Roma 12' },
    { text: 'il lampione è spento', entities: [geo] },
    { attachments: [{ contentType: 'audio/mp4', contentUrl: `${teams.root}/voce` }] },
    { attachments: [{ contentType: 'video/mp4', contentUrl: `${teams.root}/film` }] },
    { attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: {} }, mirror] },
  ];
  for (const one of said) await teams.post(anna.write(one));
  await expect
    .poll(() => heard)
    .toEqual([
      { text: '45.070300, 7.686900', value: { native: 'place' } },
      { text: '45.070300, 7.686900', value: { native: 'place' } },
      { text: 'via Roma 12', value: undefined },
      { text: 'il lampione è spento', value: undefined },
      { text: '[messaggio vocale]', value: { unreadable: 'voice' } },
      { text: '[video]', value: { unreadable: 'video' } },
      { text: '[file]', value: { unreadable: 'other' } },
    ]);
});

test('an attachment that is not as expected costs itself, not the words beside it', async () => {
  await begin();
  const anna = teams.citizen('anna');
  const odd = { contentType: 'image/png', contentUrl: `data:image/png;base64,${'A'.repeat(3_000)}`, name: 7 };
  expect(await teams.post(anna.write({ text: 'ecco la foto', attachments: [odd] }))).toBe(200);
  await expect.poll(() => running.turns).toEqual(['ecco la foto']);
});

test('files go out as pictures, else as a card that opens them; a picture that is refused is a link', async () => {
  const files = {
    'piazza.png': { contentType: 'image/png', content: JPEG },
    'ricevuta.pdf': { contentType: 'application/pdf', content: Buffer.from('%PDF-') },
  };
  await begin({ isPublic: true, files, chooseSpeaker: saying((text) => ({ text: `Ecco.\n\n[${text}](/attachments/${text}?key=x)` })) });
  const anna = teams.citizen('anna');
  const link = (name: string) => `${running.origin}/attachments/${name}?key=x`;
  await anna.say('piazza.png');
  await expect.poll(() => anna.last()).toMatchObject({ text: 'Ecco.', pictures: [link('piazza.png')] });
  await anna.say('ricevuta.pdf');
  await expect.poll(() => anna.last()).toMatchObject({ text: 'Ecco.', links: [link('ricevuta.pdf')], choices: [] });
  teams.faults.push(400);
  await anna.say('piazza.png');
  await expect.poll(() => anna.last()).toMatchObject({ text: `Ecco.\n\n[piazza.png](${link('piazza.png')})`, pictures: [] });
  expect(await running.line.listDeadLetters()).toEqual([]);
});

test('under long words the link of a file that is not there still arrives', async () => {
  const files = { 'piazza.png': { contentType: 'image/png', content: JPEG } };
  const words = 'Una frase che riempie la pagina. '.repeat(181).trim();
  await begin({ isPublic: true, files, chooseSpeaker: saying((text) => ({ text: `${words}\n\n[${text}](/attachments/${text}?key=x)` })) });
  const anna = teams.citizen('anna');
  await anna.say('manca.png');
  await expect.poll(() => anna.texts().join('\n')).toContain(`[manca.png](${running.origin}/attachments/manca.png?key=x)`);
  expect(words.length).toBeLessThan(6_000);
});
