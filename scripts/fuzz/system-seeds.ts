/** Honest posts and answers of other systems, to be spoilt by mutate.ts. Invented; field names are theirs. */
export const TEAMS = [
  {
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl: 'https://service.example/',
    from: { id: 'u', name: 'Anna' },
    conversation: { id: 'c', conversationType: 'personal' },
    text: '<at>Sportello</at> quanto costa?',
    locale: 'it-IT',
    value: { sportello: 'k', pick: '2' },
  },
  {
    type: 'conversationUpdate',
    channelId: 'msteams',
    serviceUrl: 'https://service.example/',
    from: { id: 'u' },
    recipient: { id: 'b' },
    conversation: { id: 'c' },
    membersAdded: [{ id: 'u' }, { id: 'b' }],
    attachments: [{ contentType: 'image/png' }],
  },
];
export const CHATWOOT = [
  {
    event: 'message_created',
    id: 9,
    content: 'Buongiorno',
    message_type: 'outgoing',
    private: false,
    sender: { name: 'Carla' },
    attachments: [{ data_url: 'https://desk.example/files/a%20b.pdf?x=1', file_type: 'file' }],
    conversation: { id: 3, contact_inbox: { source_id: 's' } },
  },
  { event: 'conversation_updated', id: 3, status: 'open', contact_inbox: { source_id: 's' }, meta: { assignee: { name: 'Carla' } } },
];
export const ROCKETCHAT = [
  {
    type: 'Message',
    _id: 'r',
    visitor: { token: 't' },
    agent: { name: 'Carla', username: 'carla' },
    messages: [
      {
        _id: 'm',
        msg: 'Buongiorno',
        ts: '2026-11-18T08:00:00.000Z',
        agentId: 'a',
        u: { name: 'Carla' },
        fileUpload: { publicFilePath: 'https://desk.example/f' },
        file: { name: 'f.pdf' },
      },
    ],
  },
  { type: 'LivechatSession', _id: 'r', visitor: { token: 't' }, closedAt: '2026-11-18T08:00:00.000Z', servedBy: { username: 'carla' } },
];
export const SITEMAP =
  '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://www.comune.example/carta</loc><lastmod>2026-01-01</lastmod></url><url><loc>https://www.comune.example/tari?a=1&amp;b=2</loc></url></urlset>';
export const ADDRESSES = [
  '<loc>',
  '</loc>',
  '<a href="//[::1">',
  '<a href="http://a:b@c:99999/">',
  '<a href="\u0000">',
  '<a href="javascript:x">',
  '<a href="data:,x">',
  '<base href="http://evil.example">',
  '%',
  '#',
];
export const REPORTS =
  '<?xml version="1.0"?><service_requests><request><service_request_id>7</service_request_id><status>open</status><lat>43.1</lat><long>11.2</long><requested_datetime>2026-11-18T08:00:00Z</requested_datetime></request></service_requests>';
export const REPORTS_JSON = JSON.stringify([{ service_request_id: 7, status: 'open', lat: '43.1', long: null, media_url: '' }]);
export const BODIES = [JSON.stringify({ text: 'Quanto costa?', value: { a: [1, { b: 'c' }] } }), 'text=Quanto+costa%3F&value=x'];
export const PARTS = [
  '\r\n',
  '\r\n\r\n',
  '--sportello-border',
  '--',
  'filename="../../x"',
  'name="__proto__"',
  "filename*=UTF-8''%ff",
  'Content-Type: ',
  '"',
  ';',
];
export const upload = (border: string): string =>
  [
    `--${border}`,
    'Content-Disposition: form-data; name="phrasings"',
    '',
    'quanto costa\nil prezzo',
    `--${border}`,
    'Content-Disposition: form-data; name="office"',
    '',
    'anagrafe',
    `--${border}`,
    'Content-Disposition: form-data; name="file"; filename="carta d’identità.md"',
    'Content-Type: text/markdown',
    '',
    '# Carta\n\nCosta 22,20 €.',
    `--${border}--`,
    '',
  ].join('\r\n');
