import { randomUUID } from 'node:crypto';
import express, { type RequestHandler } from 'express';
import type { AccountStore } from './account-store';

/**
 * `POST /tickets` of a system in which people have accounts: whoever asks for one has to have an account there, as with
 * any desk. `{"requester": "<account id>", "subject": "…"}`.
 */
export function createTicketRoute(store: Pick<AccountStore, 'get'>): RequestHandler[] {
  return [
    express.json({ limit: '10kb' }),
    (request, response) => {
      const { requester, subject } = (request.body ?? {}) as Record<string, unknown>;
      if (typeof requester !== 'string' || typeof subject !== 'string' || subject === '') {
        response.status(400).json({ code: 'bad-request', message: 'A ticket has a requester and a subject' });
      } else if (store.get(requester) === undefined) {
        response
          .status(409)
          .json({ code: 'unknown-requester', message: 'The requester has no account here' });
      } else {
        response.status(201).json({ id: randomUUID(), requester, subject });
      }
    },
  ];
}
