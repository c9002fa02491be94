import express, { type Express, type Request, type Response } from 'express';
import { verifySignature } from '../../events/signature';
import { createFaultMiddleware, type FaultMiddlewareOptions } from './fault-middleware';
import type { HandoverStore, Told } from './handover-store';

export interface WebhookAppOptions
  extends Pick<FaultMiddlewareOptions, 'faults' | 'kill' | 'now' | 'onCall' | 'onFault'> {
  /** Path of the endpoint, such as `/accounts`. */
  readonly path: string;
  /** The secrets that a signature may be made with, as the system was given them. */
  readonly secrets: () => Promise<readonly string[]>;
  readonly store: HandoverStore;
  /** Called once a message was taken. */
  readonly onTold: (told: Told) => void;
}

/** A clock that is off by more is not believed. Source: Standard Webhooks, "Verifying". */
const TOLERANCE_SECONDS = 300;

/** A system that takes webhooks as Standard Webhooks asks receivers to: believes no signature that it did not check. */
export function createWebhookApp(options: WebhookAppOptions): Express {
  const app = express().disable('x-powered-by').disable('etag');
  const tokenOf = (request: Request) => request.header('webhook-id');
  app.use(createFaultMiddleware({ ...options, tokenOf, ageMs: () => 0 }));
  app.get(options.path, (_, response) => void response.json(options.store.shown()));
  app.post(options.path, express.text({ type: () => true, limit: '1mb' }), (request, response) => {
    take(options, request, response).catch(() => void response.sendStatus(500));
  });
  return app;
}

async function take(options: WebhookAppOptions, request: Request, response: Response): Promise<void> {
  if (!(await isBelieved(options, request))) return void response.sendStatus(401);
  const told = JSON.parse(request.body as string) as Told;
  if (told.id !== request.header('webhook-id')) return void response.sendStatus(400);
  options.store.take(told);
  response.sendStatus(204);
  options.onTold(told);
}

async function isBelieved({ secrets, now }: WebhookAppOptions, request: Request): Promise<boolean> {
  const header = (name: string) => request.header(name) ?? '';
  const timestampSeconds = Number(header('webhook-timestamp'));
  if (!(Math.abs(timestampSeconds - now() / 1000) <= TOLERANCE_SECONDS)) return false;
  const content = { id: header('webhook-id'), timestampSeconds, body: request.body as string };
  for (const secret of await secrets()) {
    if (await verifySignature(secret, content, header('webhook-signature'))) return true;
  }
  return false;
}
