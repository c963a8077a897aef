/** A route as data: what it is, who may call it, what it takes, what it gives. The permission stands in the route; server.ts refuses to mount one without. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';

export type Role = 'agent' | 'editor' | 'supervisor' | 'administrator';

/** `public`: anyone. `citizen`: the handler checks a channel token itself. `service`: a signature or secret checked by the handler. Else: staff with one of these roles. */
export type Permission = 'public' | 'citizen' | 'service' | Role[];

export interface Staff {
  id: string;
  name: string;
  role: Role;
  /** null = every office. */
  office: string | null;
}

export interface RouteRequest<Body = unknown> {
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Parsed and checked by the route's schema; undefined without one. */
  body: Body;
  /** The untouched request, for `raw` bodies and uploads. */
  raw: IncomingMessage;
  ip: string;
  /** `https://host` as the caller sees us (PUBLIC_URL, or the Host header; x-forwarded-* only with TRUST_PROXY). */
  origin: string;
  staff: Staff | null;
}

export interface RouteReply {
  status: number;
  headers?: Record<string, string>;
  /** Object → JSON; string or bytes → as they are (set content-type). */
  body?: unknown;
}

export interface Route {
  method: 'get' | 'post' | 'put' | 'delete' | 'options';
  /** restify path, `:name` parameters. */
  path: string;
  permission: Permission;
  /** One line for /api/openapi.json. */
  summary: string;
  /** JSON body's schema; `raw`: the handler reads `request.raw` itself (uploads, signatures); absent: no body. */
  body?: z.ZodType | 'raw';
  /** Bytes of the longest JSON body; absent = 256 kB. */
  longest?: number;
  /** With `raw`: what the handler checks the body with, for /api/openapi.json. */
  described?: { type: string; schema: z.ZodType }[];
  /** A body is accepted as an HTML form too (application/x-www-form-urlencoded). */
  form?: boolean;
  /** Open to staff who still have to set up the second factor that is asked of everybody (SECOND_FACTOR=required). */
  whileWeak?: boolean;
  /** Gives one file, opened by what its address says: chats that take files are sent it (documents.ts). */
  file?: boolean;
  /** Most requests are for it (server.ts takes a shorter way). With one parameter in its path. */
  often?: boolean;
  /** Hidden from openapi.json (pages and assets). */
  page?: boolean;
  handle(request: RouteRequest): Promise<RouteReply>;
}

/** Thrown by handlers for a clear refusal; server.ts turns it into `{error:{code,message}}`. */
export class Refusal extends Error {
  status: number;
  code: string;
  headers: Record<string, string>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
