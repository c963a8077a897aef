/** What a turn is measured against: a bare restify route that reads JSON and echoes it. Argument: the port. */
import restify from 'restify';

const server = restify.createServer();
server.get('/health/ready', (_request, response, next) => {
  response.send(200, { status: 'ok' });
  next();
});
server.post('/echo', restify.plugins.bodyParser({ mapParams: false }), (request, response, next) => {
  response.send(200, request.body);
  next();
});
server.listen(Number(process.argv[2]), '127.0.0.1');
