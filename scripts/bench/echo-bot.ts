/**
 * What the wire of a turn costs when nobody thinks and nothing is kept: a bare restify server that speaks as much Direct Line as citizen.ts needs and says
 * back what it hears. Argument: the port. No history: whoever was away has missed what was said.
 */
import restify from 'restify';
import { type WebSocket, WebSocketServer } from 'ws';

const port = Number(process.argv[2]);
const sockets = new Map<string, WebSocket>();
let begun = 0;
let said = 0;

const server = restify.createServer();
const readBody = restify.plugins.bodyParser({ mapParams: false });
const stream = (id: string) => ({ conversationId: id, streamUrl: `ws://127.0.0.1:${port}/stream/${id}` });

server.get('/health/ready', (_request, response, next) => {
  response.send(200, { status: 'ok' });
  next();
});
server.post('/v3/directline/tokens/generate', readBody, (_request, response, next) => {
  response.send(200, { token: 'echo' });
  next();
});
server.post('/v3/directline/conversations', readBody, (_request, response, next) => {
  response.send(201, stream(String(++begun)));
  next();
});
server.get('/v3/directline/conversations/:id', (request, response, next) => {
  response.send(200, stream(request.params.id));
  next();
});
server.post('/v3/directline/conversations/:id/activities', readBody, (request, response, next) => {
  const { text, channelData } = request.body as { text: string; channelData?: object };
  const id = String(++said);
  response.send(200, { id });
  const echo = { type: 'message', id: `${id}e`, replyToId: id, text, from: { id: 'echo', role: 'bot' }, channelData };
  sockets.get(request.params.id)?.send(JSON.stringify({ activities: [echo], watermark: id }));
  next();
});
new WebSocketServer({ server: server.server, perMessageDeflate: false }).on('connection', (socket, request) => {
  const id = request.url?.split('/').at(-1) ?? '';
  sockets.set(id, socket);
  socket.on('error', () => socket.terminate());
  socket.once('close', () => sockets.get(id) === socket && sockets.delete(id));
});
server.listen(port, '127.0.0.1');
