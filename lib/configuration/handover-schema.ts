import * as z from 'zod';
import { attributeName } from './attribute-name';
import { mappingTo } from './mapping-schema';

/** What is told of a user who nobody chose attributes for. */
const TOLD_BY_DEFAULT = ['email', 'email_verified', 'username'];

/** Settings of every kind of system that makes its accounts itself and is told what is wanted. */
export const handoverSettings = {
  attributes: z
    .array(attributeName, { error: 'a list of user attributes' })
    .default(TOLD_BY_DEFAULT)
    .describe('User attributes that the system is told, where the event has them.'),
  mapping: mappingTo(attributeName),
};
