import { type Invitation, stateAt } from '../../events/invitations/invitation';

/** Open, and in time at `now` (epoch ms). */
export const isOpenAt = (row: Invitation, now: number): boolean => stateAt(row, now) === 'open';
