/** Small honest files and messages of every kind that strangers send, to be spoilt by mutate.ts. */
import { zipSync } from 'fflate';

const bytes = (text: string) => new TextEncoder().encode(text);

export const HTML = bytes(
  '<!doctype html><html lang="it"><head><title>Carta</title><meta name="sportello:office" content="Anagrafe"><style>.n{display:none}@media print{p{color:red}}</style></head><body><nav><a href="/">Home</a></nav><main><h1>Carta d’identità</h1><h2 id="costi">Costi</h2><p class="n">nascosto</p><p>Costa <b>22,20</b> €&nbsp;&#8212; circa.</p><ul><li>una foto<ul><li>recente</li></ul></li></ul><table><tr><th rowspan="2">Tipo</th><th colspan="2">Euro</th></tr><tr><td>CIE</td><td>22,20</td></tr></table><!-- c --><script>x()</script><svg><text>t</text></svg></main></body></html>',
);
export const MARKDOWN = bytes(
  '---\nid: prova\ntitle: Carta\nvalidFrom: 2026-01-01\n---\n# Carta\n\n## Costi\n\nCosta **22,20 €**[1], `x` e [qui](https://a.example/ "t").\n\n- una\n  - due\n1. tre\n\n> detto\n\n| Tipo | Euro |\n|---|---:|\n| CIE | 22,20 |\n\n```\ncodice\n```\n<span style="display:none">x</span>\n\n[1]: https://b.example "B"\n',
);
export const TEXT = bytes('CARTA\n\nCOSTI\n\nLa carta costa poco.\n\nPorta con te:\n- una foto;\n- un documento.\n\nCIE       22,20\n');
export const JSONL = bytes(
  `${JSON.stringify({ id: 'c-1', title: 'Carta', section: 'Costi', url: null, lang: 'it', text: 'Costa poco.', doc: 'd' })}\n`,
);

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const p = (text: string, look = '') => `<w:p><w:pPr>${look}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
export const DOCX = zipSync({
  '[Content_Types].xml': bytes(
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
  ),
  '_rels/.rels': bytes(
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
  ),
  'word/_rels/document.xml.rels': bytes(
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ),
  'word/styles.xml': bytes(
    `<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style></w:styles>`,
  ),
  'word/document.xml': bytes(
    `<w:document xmlns:w="${W}"><w:body>${p('Carta', '<w:pStyle w:val="H"/>')}${p('Costa poco.')}${p('una foto', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')}<w:tbl><w:tr><w:tc>${p('CIE')}</w:tc><w:tc>${p('22,20')}</w:tc></w:tr></w:tbl></w:body></w:document>`,
  ),
});
const NAMES = ['office', 'text', 'table', 'style']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');
export const ODT = zipSync({
  'content.xml': bytes(
    `<office:document-content ${NAMES}><office:automatic-styles><style:style style:name="P1"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text><text:h text:outline-level="2">Carta</text:h><text:p>Costa<text:s text:c="3"/>poco.</text:p><text:p text:style-name="P1">x</text:p><text:list><text:list-item><text:p>una</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>CIE</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>`,
  ),
  'meta.xml': bytes('<office:document-meta><office:meta><dc:title>Carta</dc:title></office:meta></office:document-meta>'),
});
export const PAGE =
  'BT /F1 20 Tf 1 0 0 1 60 780 Tm (Carta) Tj ET\nBT /F1 11 Tf 1 0 0 1 60 740 Tm (La carta costa poco, ma ci vogliono una foto e un documento vecchio.) Tj ET\nBT /F1 11 Tf 3 Tr 1 0 0 1 60 700 Tm (nascosto) Tj ET';
/** A file of one page with this content. */
export const pdfOf = (page: string): string =>
  `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length ${page.length}>>stream\n${page}\nendstream\nendobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF`;
export const PDF = bytes(pdfOf(PAGE));
export const CALENDAR = bytes(
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u@x\r\nDTSTAMP:20261118T080000Z\r\nDTSTART;TZID=Europe/Rome:20261118T090000\r\nDTEND;TZID=Europe/Rome:20261118T093000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20261125T080000Z\r\nSEQUENCE:2\r\nSTATUS:CANCELLED\r\nSUMMARY:Carta\r\n  piegata\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:v\r\nDTSTART;VALUE=DATE:20261225\r\nDURATION:P1DT2H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
);

export const ACTIVITY = [
  {
    type: 'message',
    text: 'Quanto costa?',
    from: { id: 'u', name: 'Anna' },
    locale: 'it-IT',
    channelData: { clientActivityID: 'a1' },
    attachments: [{ contentType: 'text/plain', contentUrl: 'data:,x', name: 'x' }],
  },
  { type: 'event', name: 'sportello/feedback', value: { answerId: 'a', vote: 'down', text: 'no' } },
  { type: 'messageReaction', replyToId: 'b1', reactionsAdded: [{ type: 'like' }] },
];
const CHAT = { id: 7, type: 'private', first_name: 'Anna' };
export const TELEGRAM = [
  {
    update_id: 1,
    message: {
      message_id: 2,
      date: 1_700_000_000,
      chat: CHAT,
      from: { id: 7, is_bot: false, first_name: 'Anna', language_code: 'it' },
      text: '/start ABC',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    },
  },
  {
    update_id: 2,
    callback_query: {
      id: 'q',
      from: { id: 7, is_bot: false, first_name: 'Anna' },
      message: { message_id: 3, date: 1, chat: CHAT },
      data: 'k:1',
      chat_instance: 'c',
    },
  },
  {
    update_id: 3,
    message: {
      message_id: 4,
      date: 1_700_000_001,
      chat: CHAT,
      location: { latitude: 43.1, longitude: 11.2 },
      photo: [{ file_id: 'f', file_unique_id: 'g', width: 90, height: 90, file_size: 1_000 }],
      caption: 'buca',
    },
  },
  {
    update_id: 4,
    my_chat_member: {
      chat: CHAT,
      from: { id: 7, is_bot: false, first_name: 'A' },
      date: 1,
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked' },
    },
  },
];
const about = { metadata: { phone_number_id: '10', display_phone_number: '39' }, messaging_product: 'whatsapp' };
export const WHATSAPP = [
  {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: 'e',
        changes: [
          {
            field: 'messages',
            value: {
              ...about,
              contacts: [{ wa_id: '39', profile: { name: 'Anna' } }],
              messages: [{ id: 'm1', from: '39', timestamp: '1700000000', type: 'text', text: { body: 'ciao' } }],
            },
          },
        ],
      },
    ],
  },
  {
    entry: [
      {
        changes: [
          {
            value: {
              ...about,
              messages: [
                {
                  id: 'm2',
                  from: '39',
                  timestamp: '1',
                  type: 'interactive',
                  interactive: { type: 'button_reply', button_reply: { id: 'k', title: 't' } },
                },
                { id: 'm3', from: '39', timestamp: '2', type: 'location', location: { latitude: 1.5, longitude: 2 } },
                {
                  id: 'm4',
                  from: '39',
                  timestamp: '3',
                  type: 'image',
                  image: { id: 'i', mime_type: 'image/jpeg', sha256: 's', caption: 'c' },
                },
              ],
            },
          },
        ],
      },
    ],
  },
  {
    entry: [
      {
        changes: [{ value: { ...about, statuses: [{ id: 's', status: 'failed', timestamp: '4', errors: [{ code: 131, title: 'x' }] }] } }],
      },
    ],
  },
];
export const PHRASES = [
  'domani alle 10',
  'lunedì prossimo dopo le 15:30',
  'il 31/12/2026 verso mezzogiorno',
  'tra due settimane, di mattina',
  'übermorgen um halb neun',
  'next Friday at 9 am',
  'vendredi en huit',
  'el 3 de marzo a las 5',
];
export const PERSONAL = [
  'mi chiamo Maria Bianchi, cf RSSMRA85T10A562S, tel +39 06 6982 1234',
  'IBAN IT60 X054 2811 1010 0000 0123 456, carta 4539 1488 0343 6467',
  'abito in via Garibaldi 12, CIE CA00000AA, targa AB123CD, sono diabetico',
];
export const CODES = [
  'RSSMRA85T10A562S',
  'IT60X0542811101000000123456',
  '302000000012345678',
  '12345678903',
  'AB123CD',
  '123/2026',
  'prot. n. 45 del 2025',
];
export const FORM = [
  'service_code=buca&lat=43.1&long=11.2&description=una+buca&email=a%40b.example&attribute[grandezza]=piccola&media_url=https%3A%2F%2Fa.example%2Ff.jpg&jurisdiction_id=x&api_key=k',
];

/** As operators write descriptions and mappings: nested, quoted, folded, in flow, with an anchor. */
export const YAML = [
  "openapi: 3.0.3\ninfo: { title: 'Agenda d''ufficio', version: \"1.0\" }\nservers:\n  - url: https://agenda.example/api\npaths:\n  /slots:\n    get:\n      operationId: slots\n      description: >-\n        I posti liberi,\n        di un giorno.\n",
  "slots:\n  operation: slots\n  query: &giorno { from: '{day}', to: '{day}' }\n  items: $.data[*]\n  again: *giorno\n  note: |\n    prima riga\n\n    seconda # niente\n  # un commento\n  count: 12\n  share: 1.5e3\n  open: true\n  none: ~\n",
];
