import { expect, test } from 'vitest';
import { isNamed, nameInTool } from './file-name.ts';

const id = 'f-0a1b2c3d4e5f60718293';
const pdf = 'application/pdf';

test.each([
  ['planimetria.pdf', pdf, 'planimetria.pdf'],
  ['Pianta del 1° piano.PDF', pdf, 'Pianta del 1° piano.pdf'],
  ['foto.jpeg', 'image/jpeg', 'foto.jpg'],
  ['fattura.pdf.exe', pdf, 'fattura.pdf.exe.pdf'],
  ['C:\\Users\\x\\atto.pdf', pdf, 'atto.pdf'],
  ['../../etc/passwd', pdf, 'passwd.pdf'],
  ['a\u0000b\r\nBcc: x\u202Efdp.pdf', pdf, 'abBcc_ xfdp.pdf'],
  ['"; rm -rf $HOME`.pdf', pdf, '__ rm -rf _HOME_.pdf'],
  ['...htaccess', pdf, 'htaccess.pdf'],
  ['', pdf, 'allegato.pdf'],
  ['\uD800\u200B.pdf', pdf, 'allegato.pdf'],
  ['عقد الإيجار.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document; charset=x', 'عقد الإيجار.docx'],
  ['x.svg', 'image/svg+xml', 'x.svg.bin'],
])('%j (%s) is %j', (name, contentType, told) => {
  const named = nameInTool({ id, name, contentType });
  expect(named).toBe(`0a1b2c3d4e ${told}`);
  expect(isNamed(named, id)).toBe(true);
  expect(isNamed(named, 'f-1111111111')).toBe(false);
});

test('a long name is cut, and keeps its ending', () => {
  const named = nameInTool({ id, name: `${'è'.repeat(5000)}.pdf`, contentType: pdf });
  expect([...named].length).toBe(11 + 100);
  expect(named.endsWith('è.pdf')).toBe(true);
});
